//! The claims of a signed access token, as JSON. Each token is written anew: what each has is written without detours.

use serde::Serialize;
use serde_json::Value;

use oauth_rules::claim::OF_ITS_SERVER;

use crate::claims::StaticClaim;
use crate::error::{Error, Result};
use crate::request::Request;
use crate::scope::ScopeSet;
use crate::time::UnixTime;

/// Room for the usual token, so that it grows rarely.
const USUAL: usize = 512;

/// `aud` of a token.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Audience<'a> {
    One(&'a str),
    Many(&'a [String]),
    Claim(&'a Value),
}

/// The claims, in the order in which they are written.
pub(super) struct AccessTokenClaims<'a> {
    pub(super) iss: &'a str,
    pub(super) exp: UnixTime,
    pub(super) aud: Audience<'a>,
    pub(super) sub: &'a str,
    pub(super) client_id: &'a str,
    pub(super) iat: UnixTime,
    pub(super) jti: &'a str,
    pub(super) scope: Option<&'a ScopeSet>,
    pub(super) auth_time: Option<UnixTime>,
    pub(super) acr: Option<&'a str>,
    pub(super) fixed: &'static [(&'static str, StaticClaim)],
    pub(super) request: &'a Request,
    pub(super) own: Option<&'a Value>,
}

impl AccessTokenClaims<'_> {
    /// # Errors
    ///
    /// `server_error` if a claim does not serialise.
    pub(super) fn to_json(&self) -> Result<Vec<u8>> {
        let mut json = Json(Vec::with_capacity(USUAL));
        json.text(r#"{"iss":"#, self.iss)?;
        json.value(r#","exp":"#, &self.exp)?;
        match &self.aud {
            Audience::One(one) => json.text(r#","aud":"#, one)?,
            several => json.value(r#","aud":"#, several)?,
        }
        json.text(r#","sub":"#, self.sub)?;
        json.text(r#","client_id":"#, self.client_id)?;
        json.value(r#","iat":"#, &self.iat)?;
        json.text(r#","jti":"#, self.jti)?;
        if let Some(scope) = self.scope {
            json.scope(r#","scope":"#, scope);
        }
        if let Some(auth_time) = self.auth_time {
            json.value(r#","auth_time":"#, &auth_time)?;
        }
        // RFC 9470 §6.1: what a resource judges a login by.
        if let Some(acr) = self.acr {
            json.text(r#","acr":"#, acr)?;
        }
        let claims = &self.request.claims;
        for (name, value) in self.fixed.iter().filter(|(name, _)| claims.get(name).is_none()) {
            json.member(name, value)?;
        }
        // `Claims` holds no registered name but `aud`, which is written already. What an earlier version kept may have the other.
        for (name, value) in claims.iter().filter(|(name, _)| !matches!(*name, "aud" | OF_ITS_SERVER)) {
            json.member(name, value)?;
        }
        if let Some(own) = self.own {
            json.member(OF_ITS_SERVER, own)?;
        }
        Ok(json.end())
    }
}

/// A JSON object that is being written. What comes `before` a value is its name, and what is between it and the last.
struct Json(Vec<u8>);

impl Json {
    fn text(&mut self, before: &str, text: &str) -> Result<()> {
        if !is_plain(text) {
            return self.value(before, text);
        }
        self.plain(before, [text]);
        Ok(())
    }

    /// RFC 6749 §3.3: of a scope token, no character needs an escape.
    fn scope(&mut self, before: &str, scope: &ScopeSet) {
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

    fn member(&mut self, name: &str, value: &impl Serialize) -> Result<()> {
        self.text(",", name)?;
        self.value(":", value)
    }

    fn value<T: Serialize + ?Sized>(&mut self, before: &str, value: &T) -> Result<()> {
        self.0.extend_from_slice(before.as_bytes());
        serde_json::to_writer(&mut self.0, value)
            .map_err(|cause| Error::server(format!("the claims of a token do not serialise: {cause}")))
    }

    fn end(mut self) -> Vec<u8> {
        self.0.push(b'}');
        self.0
    }
}

/// RFC 8259 §7: "characters that MUST be escaped: quotation mark, reverse solidus, and the control characters (U+0000 through
/// U+001F)". Of many characters at once: it does not stop at the first.
fn is_plain(text: &str) -> bool {
    let is_odd = |byte: u8| byte < 0x20 || byte == b'"' || byte == b'\\';
    !text.bytes().fold(false, |any, byte| any | is_odd(byte))
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
            let mut json = Json(Vec::new());
            json.text(r#"{"iss":"#, text).unwrap();
            json.member(text, &text).unwrap();
            let read: Map<String, Value> = serde_json::from_slice(&json.end()).unwrap();
            assert_eq!((&read["iss"], &read[text]), (&Value::from(text), &Value::from(text)));
        }
    }

    #[test]
    fn scopes_have_blanks_between_them() {
        for scopes in ["a", "a b", "profile calendar.read !~"] {
            let mut json = Json(Vec::new());
            json.scope(r#"{"scope":"#, &ScopeSet::parse(scopes).unwrap());
            let read: Map<String, Value> = serde_json::from_slice(&json.end()).unwrap();
            assert_eq!(read["scope"], scopes);
        }
    }
}
