//! The successful token response, RFC 6749 §5.1.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use serde::ser::{Serialize, SerializeMap as _, Serializer};
use serde_json::{Map, Value};

use crate::error::Result;
use crate::json::Json;
use crate::scope::ScopeSet;
use crate::secret::SecretString;

/// The response that [`BearerToken::create_token`](crate::token::BearerToken::create_token) made and the token endpoint sends.
///
/// `Debug` shows neither tokens nor the values of the further members.
#[derive(Clone)]
#[non_exhaustive]
pub struct TokenResponse {
    /// `access_token`.
    pub access_token: SecretString,
    /// `token_type`: that of its [binding](crate::binding).
    pub token_type: &'static str,
    /// `expires_in`, sent in seconds.
    pub expires_in: Duration,
    /// `refresh_token`, if one was issued.
    pub refresh_token: Option<SecretString>,
    /// `scope`; `None` if the request never got as far as scopes.
    pub scopes: Option<ScopeSet>,
    /// `id_token`, of the token endpoint (OIDC Core §3.1.3.3).
    pub id_token: Option<SecretString>,
    /// Further members. None of them replaces one above.
    pub extra_credentials: Map<String, Value>,
}

/// The JSON object of RFC 6749 §5.1. An extra member cannot replace one of ours, nor pose as one that is absent.
impl Serialize for TokenResponse {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("access_token", self.access_token.expose())?;
        map.serialize_entry("token_type", self.token_type)?;
        map.serialize_entry("expires_in", &self.expires_in.as_secs())?;
        if let Some(refresh_token) = &self.refresh_token {
            map.serialize_entry("refresh_token", refresh_token.expose())?;
        }
        if let Some(id_token) = &self.id_token {
            map.serialize_entry("id_token", id_token.expose())?;
        }
        if let Some(scopes) = self.scopes.as_ref().filter(|scopes| !scopes.is_empty()) {
            map.serialize_entry("scope", scopes)?;
        }
        for (name, value) in self.further() {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

impl TokenResponse {
    /// The same as text, as the token endpoint sends it: a token is copied as a whole.
    ///
    /// # Errors
    ///
    /// `server_error` if a further member does not serialise.
    pub(crate) fn to_json(&self) -> Result<Vec<u8>> {
        let tokens = [Some(&self.access_token), self.refresh_token.as_ref(), self.id_token.as_ref()];
        let length: usize = tokens.into_iter().flatten().map(|token| token.expose().len()).sum();
        let mut json = Json::with_room(length + BESIDE_TOKENS);
        json.text(r#"{"access_token":"#, self.access_token.expose())?;
        json.text(r#","token_type":"#, self.token_type)?;
        json.value(r#","expires_in":"#, &self.expires_in.as_secs())?;
        if let Some(refresh_token) = &self.refresh_token {
            json.text(r#","refresh_token":"#, refresh_token.expose())?;
        }
        if let Some(id_token) = &self.id_token {
            json.text(r#","id_token":"#, id_token.expose())?;
        }
        // RFC 6749 §3.3: a scope has at least one token.
        if let Some(scopes) = self.scopes.as_ref().filter(|scopes| !scopes.is_empty()) {
            json.scope(r#","scope":"#, scopes);
        }
        for (name, value) in self.further() {
            json.member(name, value)?;
        }
        Ok(json.end())
    }

    /// The members that are none of ours.
    fn further(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.extra_credentials.iter().filter(|(name, _)| !MEMBERS.contains(&name.as_str()))
    }

    /// A response with a token and nothing beside it.
    pub(crate) fn of(access_token: SecretString, token_type: &'static str, expires_in: Duration) -> Self {
        Self {
            access_token,
            token_type,
            expires_in,
            refresh_token: None,
            scopes: None,
            id_token: None,
            extra_credentials: Map::new(),
        }
    }

    /// The parameters of an authorization response, RFC 6749 §4.2.2. Further members come as text; none of them replaces
    /// one of ours.
    pub(crate) fn parameters(&self) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
        let scope = self.scopes.as_ref().filter(|scopes| !scopes.is_empty());
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        [
            ("access_token", Cow::Owned(self.access_token.expose().to_owned())),
            ("token_type", self.token_type.into()),
            ("expires_in", self.expires_in.as_secs().to_string().into()),
        ]
        .into_iter()
        .chain(scope.map(|scope| ("scope", scope.to_string().into())))
        .chain(self.further().map(move |(name, value)| (name.as_str(), text(value).into())))
    }
}

/// Room for all else that a response usually has.
const BESIDE_TOKENS: usize = 256;

const MEMBERS: [&str; 6] = ["access_token", "token_type", "expires_in", "refresh_token", "id_token", "scope"];

impl fmt::Debug for TokenResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TokenResponse")
            .field("expires_in", &self.expires_in)
            .field("has_refresh_token", &self.refresh_token.is_some())
            .field("has_id_token", &self.id_token.is_some())
            .field("scopes", &self.scopes)
            .field("extra_credentials", &self.extra_credentials.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_sent_is_what_serialises_and_no_further_member_is_one_of_ours() {
        let mut token = TokenResponse::of(SecretString::new("at"), "Bearer", Duration::from_hours(1));
        token.refresh_token = Some(SecretString::new("r\"t\\"));
        token.scopes = Some(ScopeSet::parse("jobs mail").unwrap());
        for (name, value) in [("id_token", json!("forged")), ("a\"b", json!({ "c": ["\n"] }))] {
            token.extra_credentials.insert(name.to_owned(), value);
        }
        let sent: Value = serde_json::from_slice(&token.to_json().unwrap()).unwrap();
        let expected = json!({
            "access_token": "at", "token_type": "Bearer", "expires_in": 3600, "refresh_token": "r\"t\\",
            "scope": "jobs mail", "a\"b": { "c": ["\n"] },
        });
        assert_eq!((&sent, &serde_json::to_value(&token).unwrap()), (&expected, &expected));
    }
}
