//! The claims of a JWT, looked up by name: a map of them is made where somebody wants it, and not to verify a token.

mod read;

use std::fmt;
use std::ops::Range;

use serde_json::{Map, Value};

use self::read::In;
use crate::jose::InvalidJws;

/// Claims of a JWT in the order in which they stand. What is refused is what a map of them would refuse; but names and texts stay where they
/// are in the JSON, which spares an allocation each.
#[derive(Clone)]
pub(crate) struct JwtClaims {
    json: String,
    members: Vec<(Text, Member)>,
}

#[derive(Clone)]
enum Text {
    /// It is in the JSON as it is written there.
    At(Range<usize>),
    /// It has escapes.
    Own(String),
}

#[derive(Clone)]
enum Member {
    Text(Text),
    Value(Value),
}

/// A claim.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Claim<'c> {
    Text(&'c str),
    /// It is no text.
    Value(&'c Value),
}

/// Claims (RFC 7519 §2, "JWT Claims Set"), however they are kept.
pub(crate) trait ClaimsSet {
    /// The claim of this name.
    fn claim(&self, name: &str) -> Option<Claim<'_>>;
}

impl JwtClaims {
    /// RFC 7519 §7.2: the payload is a JSON object.
    pub(super) fn read(payload: Vec<u8>) -> Result<Self, InvalidJws> {
        // UTF-8 as a whole takes less than text by text.
        let json = String::from_utf8(payload).map_err(|_| InvalidJws::NotClaims)?;
        let mut read = serde_json::Deserializer::from_str(&json);
        let members = In(&json).deserialize_members(&mut read).and_then(|members| {
            read.end()?;
            Ok(members)
        });
        let members = members.map_err(|_| InvalidJws::NotClaims)?;
        Ok(Self { json, members })
    }

    /// Those of them that are not among these names.
    pub(crate) fn without(&self, names: &[&str]) -> Map<String, Value> {
        let them = self.members.iter().map(|(name, member)| (self.text(name), member));
        let others = them.filter(|(name, _)| !names.contains(name));
        others.map(|(name, member)| (name.to_owned(), self.value(member))).collect()
    }

    /// All of them.
    pub(crate) fn to_map(&self) -> Map<String, Value> {
        self.without(&[])
    }

    fn text<'t>(&'t self, text: &'t Text) -> &'t str {
        match text {
            Text::At(place) => self.json.get(place.clone()).unwrap_or_default(),
            Text::Own(text) => text,
        }
    }

    /// Most names differ in length or in their first byte, and few in neither.
    fn is_named(&self, text: &Text, name: &str) -> bool {
        let (json, name) = (self.json.as_bytes(), name.as_bytes());
        match text {
            Text::At(place) => {
                place.len() == name.len()
                    && name.first().is_none_or(|first| json.get(place.start) == Some(first))
                    && json.get(place.clone()) == Some(name)
            }
            Text::Own(text) => text.as_bytes() == name,
        }
    }

    fn value(&self, member: &Member) -> Value {
        match member {
            Member::Text(text) => self.text(text).into(),
            Member::Value(value) => value.clone(),
        }
    }
}

impl ClaimsSet for JwtClaims {
    /// RFC 7519 §4: of two claims of one name, "only the lexically last duplicate member name" counts, as in a map.
    fn claim(&self, name: &str) -> Option<Claim<'_>> {
        let (_, member) = self.members.iter().rfind(|(it, _)| self.is_named(it, name))?;
        Some(match member {
            Member::Text(text) => Claim::Text(self.text(text)),
            Member::Value(value) => Claim::Value(value),
        })
    }
}

impl ClaimsSet for Map<String, Value> {
    fn claim(&self, name: &str) -> Option<Claim<'_>> {
        self.get(name).map(Claim::from)
    }
}

impl<'c> From<&'c Value> for Claim<'c> {
    fn from(value: &'c Value) -> Self {
        value.as_str().map_or(Self::Value(value), Self::Text)
    }
}

impl fmt::Debug for JwtClaims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.to_map().fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value};

    use super::{Claim, ClaimsSet as _, JwtClaims};

    fn of_map(json: &str) -> Option<Map<String, Value>> {
        serde_json::from_str(json).ok()
    }

    #[test]
    fn they_are_those_of_a_map_and_what_no_map_has_is_refused() {
        let deep = |depth| format!(r#"{{"a":{}1{}}}"#, "[".repeat(depth), "]".repeat(depth));
        let members = [
            r#""iss":"https://auth.example.com""#,
            r#""exp":1700000000,"iat":1.5,"nbf":-1,"big":18446744073709551616,"e":1e3"#,
            r#""aud":["a","b"],"cnf":{"jkt":"x","x":{"y":[null,true,false]}}"#,
            r#""a":"\"\\\/\b\f\n\r\té😀","\u0061":"twice","":"","é":"ü""#,
            r#""a":1,"a":"2","a":null"#,
            r#""a":"1","a":{"b":1,"b":2}"#,
            // RFC 8259: what these are is no JSON, or beyond what is read.
            r#""a":"\ud800""#,
            r#""\ud800":1"#,
            r#""a":{"b":"\udc00\ud800"}"#,
            r#""a":1e999"#,
            r#""a":-01"#,
            r#""a":01"#,
            r#""a":"\x""#,
            "\"a\":\"\n\"",
            r#""a":tru"#,
            r#""a":[1,]"#,
            r#""a""#,
            r#""a":1,"#,
            "a:1",
            "1:1",
        ];
        let mut all: Vec<_> = members.iter().map(|members| format!("{{{members}}}")).collect();
        all.extend(members.iter().map(|members| format!(" {{ {} }}\n", members.replace(',', " , "))));
        all.extend([126, 127, 128, 200].map(deep));
        all.extend(
            ["{}", "{}{}", "{} x", "null", "[]", "1", "\"\"", "", "{", "\u{feff}{}"].map(str::to_owned),
        );
        let mut counts = [0, 0];
        for json in all {
            let (read, map) = (JwtClaims::read(json.clone().into_bytes()).ok(), of_map(&json));
            assert_eq!(read.as_ref().map(JwtClaims::to_map), map, "{json}");
            counts[usize::from(map.is_some())] += 1;
            let (Some(read), Some(map)) = (read, map) else { continue };
            for (name, value) in &map {
                assert_eq!(read.claim(name), map.claim(name), "{json}: {name}");
                assert_eq!(read.claim(name), Some(Claim::from(value)));
            }
            assert_eq!(read.claim("none of them"), None);
            let mut rest = map.clone();
            rest.retain(|name, _| name != "a");
            assert_eq!(read.without(&["a"]), rest, "{json}");
        }
        assert!(counts[0] > 20 && counts[1] > 10, "{counts:?}");
        assert!(JwtClaims::read(b"{\"a\":\"\xff\"}".to_vec()).is_err());
    }
}
