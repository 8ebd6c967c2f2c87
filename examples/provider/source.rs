//! A JSON file of objects, whose mistakes are told by line and column.

use std::fmt::{self, Display};
use std::path::Path;

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// The text of a file.
#[derive(Debug)]
pub(crate) struct Source {
    name: String,
    text: String,
}

impl Source {
    pub(crate) fn read(path: &Path) -> Result<Self, String> {
        let name = path.display().to_string();
        let bytes = std::fs::read(path).map_err(|cause| match cause.kind() {
            std::io::ErrorKind::NotFound => format!("{name}: there is no such file"),
            std::io::ErrorKind::IsADirectory => format!("{name}: this is a directory, not a file"),
            _ => format!("{name}: cannot be read: {cause}"),
        })?;
        let mut text = String::from_utf8(bytes).map_err(|cause| {
            let valid = &cause.as_bytes()[..cause.utf8_error().valid_up_to()];
            let line = valid.split(|byte| *byte == b'\n').count();
            format!("{name}:{line}: this line is not UTF-8 text")
        })?;
        // Some editors begin a file with a byte order mark, which JSON does not know (RFC 8259 §8.1).
        if text.starts_with('\u{feff}') {
            text.remove(0);
        }
        Ok(Self { name, text })
    }

    /// A text that is no file.
    pub(crate) fn of(name: &str, text: &str) -> Self {
        Self { name: name.to_owned(), text: text.to_owned() }
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The objects of the file, which is an array of `what`.
    pub(crate) fn objects(&self, what: &str, mistakes: &mut Vec<String>) -> Vec<Object<'_>> {
        if self.text.trim().is_empty() {
            mistakes.push(format!(
                "{}: the file is empty: it is an array of {what}, `[{{…}}, {{…}}]`",
                self.name
            ));
            return Vec::new();
        }
        let values: Vec<&RawValue> = match serde_json::from_str(&self.text) {
            Ok(values) => values,
            Err(cause) => {
                let message = match explain(&cause).split_once(", expected an array") {
                    Some((found, _)) => format!("{found}: the file is an array of {what}, `[{{…}}, {{…}}]`"),
                    None => explain(&cause),
                };
                mistakes.push(self.mistake(offset_of(&self.text, &cause), message));
                return Vec::new();
            }
        };
        let objects = values.into_iter().filter_map(|value| {
            let Ok(Members(members)) = serde_json::from_str(value.get()) else {
                let message = format!("each of the {what} is an object, `{{…}}`");
                mistakes.push(self.mistake(self.offset(value.get()), message));
                return None;
            };
            Some(Object { source: self, raw: value.get(), members, called: None })
        });
        objects.collect()
    }

    /// The offset where a part of the text begins in it.
    fn offset(&self, part: &str) -> usize {
        part.as_ptr() as usize - self.text.as_ptr() as usize
    }

    fn mistake(&self, offset: usize, message: impl Display) -> String {
        let before = &self.text[..offset];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        format!("{}:{line}:{column}: {message}", self.name)
    }
}

/// The message of serde_json, in the words of JSON and without the place.
fn explain(cause: &serde_json::Error) -> String {
    let text = cause.to_string();
    let place = format!(" at line {} column {}", cause.line(), cause.column());
    let text = text.strip_suffix(&place).unwrap_or(&text);
    let text = text
        .replace("expected a sequence", "expected an array")
        .replace("expected a map", "expected an object");
    text.replace("invalid type: sequence", "invalid type: array")
        .replace("invalid type: map", "invalid type: object")
}

/// The byte that serde_json complains about: its columns count bytes from 1, and 0 is the line break before.
fn offset_of(text: &str, cause: &serde_json::Error) -> usize {
    let line = text.split_inclusive('\n').take(cause.line().saturating_sub(1)).map(str::len).sum::<usize>();
    let mut offset = (line + cause.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// An object of the file.
#[derive(Debug)]
pub(crate) struct Object<'a> {
    source: &'a Source,
    raw: &'a str,
    members: Vec<(String, &'a RawValue)>,
    /// The name that mistakes say, such as "client `web`".
    called: Option<String>,
}

impl Object<'_> {
    /// The same, whose mistakes name it by the value of a member, if that is a string: "client `web`".
    pub(crate) fn called(mut self, what: &str, member: &str) -> Self {
        let value = self.members.iter().find(|(known, _)| known == member);
        let name = value.and_then(|(_, value)| serde_json::from_str::<String>(value.get()).ok());
        self.called = name.map(|name| format!("{what} `{}`", name.escape_debug()));
        self
    }

    /// The members of a `T`; what else there is does not matter to it.
    pub(crate) fn parse<T: DeserializeOwned>(&self) -> Result<T, String> {
        serde_json::from_str(self.raw).map_err(|cause| {
            // The member that begins last before the place is the one that serde_json means; of an array or an object it has read
            // nothing yet.
            let place = self.source.offset(self.raw) + offset_of(self.raw, &cause) + 1;
            let member = self.members.iter().rfind(|(_, value)| self.source.offset(value.get()) <= place);
            self.mistake(member.map(|(name, _)| name.as_str()), None, explain(&cause))
        })
    }

    /// A member, which is `expected`. The message does not show its value: it may be a secret.
    pub(crate) fn get<T: DeserializeOwned>(&self, name: &str, expected: &str) -> Result<Option<T>, String> {
        let Some((_, value)) = self.members.iter().find(|(known, _)| known == name) else { return Ok(None) };
        let parsed = serde_json::from_str(value.get());
        parsed.map(Some).map_err(|_| self.mistake(Some(name), None, format_args!("this must be {expected}")))
    }

    /// A member that must be there.
    pub(crate) fn require<T: DeserializeOwned>(&self, name: &str, expected: &str) -> Result<T, String> {
        self.get(name, expected)?.ok_or_else(|| {
            self.mistake(None, None, format_args!("the member `{name}`, {expected}, is missing"))
        })
    }

    /// The names of its members.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.members.iter().map(|(name, _)| name.as_str())
    }

    /// The line where it begins.
    pub(crate) fn line(&self) -> usize {
        self.source.text[..self.source.offset(self.raw)].matches('\n').count() + 1
    }

    /// One mistake per member that is there twice, of which JSON readers take one or the other (RFC 8259 §4).
    pub(crate) fn duplicates(&self) -> impl Iterator<Item = String> {
        self.members.iter().enumerate().filter_map(|(index, (name, value))| {
            let is_known = self.members[..index].iter().any(|(known, _)| known == name);
            is_known.then(|| self.at(value.get(), format_args!("`{name}`: this member is there twice")))
        })
    }

    /// A mistake in a member, or in one value of an array.
    pub(crate) fn mistake(
        &self,
        member: Option<&str>,
        index: Option<usize>,
        message: impl Display,
    ) -> String {
        let value = member.and_then(|name| self.members.iter().find(|(known, _)| known == name));
        let Some((name, value)) = value else { return self.at(self.raw, message) };
        let values: Vec<&RawValue> = serde_json::from_str(value.get()).unwrap_or_default();
        match index.and_then(|index| Some((index, values.get(index)?))) {
            Some((index, value)) => self.at(value.get(), format_args!("`{name}[{index}]`: {message}")),
            None => self.at(value.get(), format_args!("`{name}`: {message}")),
        }
    }

    /// A mistake where this part of the text begins.
    fn at(&self, part: &str, message: impl Display) -> String {
        let offset = self.source.offset(part);
        match &self.called {
            Some(name) => self.source.mistake(offset, format_args!("{name}: {message}")),
            None => self.source.mistake(offset, message),
        }
    }
}

/// The members of an object, as they are in the file.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(Object)
    }
}
