//! JSON objects of which each request writes one: a text without characters that need an escape, as tokens are, is copied as a whole,
//! which takes a tenth of looking at each.

use serde::Serialize;

use crate::error::{Error, Result};
use crate::scope::ScopeSet;

/// A JSON object that is being written. What comes `before` a value is its name, and what is between it and the last.
pub(crate) struct Json(Vec<u8>);

impl Json {
    /// An object with room for so many bytes, so that it grows rarely.
    pub(crate) fn with_room(room: usize) -> Self {
        Self(Vec::with_capacity(room))
    }

    pub(crate) fn text(&mut self, before: &str, text: &str) -> Result<()> {
        if !is_plain(text) {
            return self.value(before, text);
        }
        self.plain(before, [text]);
        Ok(())
    }

    /// RFC 6749 §3.3: of a scope token, no character needs an escape.
    pub(crate) fn scope(&mut self, before: &str, scope: &ScopeSet) {
        self.plain(before, scope.iter());
    }

    /// Texts without characters that need an escape, with blanks between them.
    fn plain<'t>(&mut self, before: &str, texts: impl IntoIterator<Item = &'t str>) {
        let Self(json) = self;
        json.extend_from_slice(before.as_bytes());
        let mut separator = b'"';
        for text in texts {
            json.push(separator);
            json.extend_from_slice(text.as_bytes());
            separator = b' ';
        }
        json.push(b'"');
    }

    /// A further member: never the first.
    pub(crate) fn member(&mut self, name: &str, value: &impl Serialize) -> Result<()> {
        self.text(",", name)?;
        self.value(":", value)
    }

    pub(crate) fn value<T: Serialize + ?Sized>(&mut self, before: &str, value: &T) -> Result<()> {
        self.0.extend_from_slice(before.as_bytes());
        serde_json::to_writer(&mut self.0, value).map_err(|cause| {
            Error::server(format!("a token response or the claims of a token do not serialise: {cause}"))
        })
    }

    pub(crate) fn end(mut self) -> Vec<u8> {
        self.0.push(b'}');
        self.0
    }
}

/// RFC 8259 §7: "characters that MUST be escaped: quotation mark, reverse solidus, and the control characters (U+0000 through
/// U+001F)". Of many characters at once: it does not stop at the first.
fn is_plain(text: &str) -> bool {
    let is_odd = |byte: u8| byte < 0x20 || byte == b'"' || byte == b'\\';
    text.bytes().fold(0, |any, byte| any | u8::from(is_odd(byte))) == 0
}

#[cfg(test)]
mod tests {
    use serde_json::{Map, Value};

    use super::Json;
    use crate::scope::ScopeSet;

    #[test]
    fn whatever_a_text_is_it_is_read_back() {
        for text in [
            "",
            "ada",
            "\"",
            "\\",
            "a\"b",
            "a\\",
            "\n",
            "\u{0}",
            "\u{1f}",
            "\u{7f}",
            "é\u{2028}😀",
            "</script>",
        ] {
            let mut json = Json::with_room(0);
            json.text(r#"{"iss":"#, text).unwrap();
            json.member(text, &text).unwrap();
            let read: Map<String, Value> = serde_json::from_slice(&json.end()).unwrap();
            assert_eq!((&read["iss"], &read[text]), (&Value::from(text), &Value::from(text)));
        }
    }

    #[test]
    fn scopes_have_blanks_between_them() {
        for scopes in ["a", "a b", "profile calendar.read !~"] {
            let mut json = Json::with_room(0);
            json.scope(r#"{"scope":"#, &ScopeSet::parse(scopes).unwrap());
            let read: Map<String, Value> = serde_json::from_slice(&json.end()).unwrap();
            assert_eq!(read["scope"], scopes);
        }
    }
}
