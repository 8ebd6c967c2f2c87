//! The description of a token, RFC 7662 §2.2.

use serde_json::{Map, Value, json};

use crate::binding;
use crate::error::Result;
use crate::request::Request;
use crate::scope::ScopeSet;
use crate::secret::TokenHash;
use crate::store::{AccessToken, RefreshToken, StoreRoles, TokenStore as _};
use crate::time::UnixTime;

/// RFC 8693 §2.2.1: "If the issued token is not an access token or usable as an access token, then the "token_type" value
/// "N_A" is used to indicate that an OAuth 2.0 token_type identifier is not applicable in that context."
const NOT_APPLICABLE: &str = "N_A";

/// The facts that are told of an active token, RFC 7662 §2.2: all of it to whom the token is for, and to its
/// own client only that it works, until when, and for which scopes. See
/// [`Client::introspects`](crate::client::Client::introspects).
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Introspection {
    /// `client_id`.
    pub client_id: String,
    /// `sub`; absent if the client speaks for itself.
    pub subject: Option<String>,
    /// `scope`.
    pub scopes: ScopeSet,
    /// `token_type`: that of RFC 6749 §5.1 for an access token, and `N_A` for a refresh token: RFC 8693 §2.2.1 has this name
    /// for what is not an access token. A resource takes a token without a type for an access token.
    pub token_type: Option<&'static str>,
    /// `iat`.
    pub issued_at: UnixTime,
    /// `exp`.
    pub expires_at: UnixTime,
    /// `auth_time`: when the person logged in (RFC 9470 §6.2).
    pub auth_time: Option<UnixTime>,
    /// `acr`: how that login is classified (RFC 9470 §6.2).
    pub acr: Option<String>,
    /// Private claims. None of them replaces one of the above.
    pub claims: Map<String, Value>,
}

impl Introspection {
    /// The JSON object of §2.2. Private claims come first, so that ours win.
    pub fn to_json(&self, issuer: &str) -> Map<String, Value> {
        let mut json = self.claims.clone();
        let mut set = |name: &str, value: Value| json.insert(name.to_owned(), value);
        set("active", json!(true));
        set("iss", json!(issuer));
        set("client_id", json!(self.client_id));
        set("sub", json!(self.subject.as_ref().unwrap_or(&self.client_id)));
        set("iat", json!(self.issued_at));
        set("exp", json!(self.expires_at));
        // Absent is absent: a private claim cannot pose as one of these.
        for (name, value) in [
            ("token_type", self.token_type.map(Value::from)),
            ("scope", (!self.scopes.is_empty()).then(|| self.scopes.to_string().into())),
            ("auth_time", self.auth_time.map(|time| json!(time))),
            ("acr", self.acr.as_deref().map(Value::from)),
        ] {
            match value {
                Some(value) => json.insert(name.to_owned(), value),
                None => json.remove(name),
            };
        }
        json
    }

    /// The answer to a client about its own token: that it works, until when and for what, which it knows
    /// from the token response (RFC 6749 §5.1). What it says to resource servers beyond that is not for the
    /// client that carries it.
    pub(crate) fn to_json_for_its_client(&self, issuer: &str) -> Map<String, Value> {
        let mut json = Map::new();
        let mut set = |name: &str, value: Value| json.insert(name.to_owned(), value);
        set("active", json!(true));
        set("iss", json!(issuer));
        set("client_id", json!(self.client_id));
        set("exp", json!(self.expires_at));
        if !self.scopes.is_empty() {
            set("scope", json!(self.scopes.to_string()));
        }
        // Without a type, a resource takes a refresh token for an access token.
        if let Some(token_type) = self.token_type {
            set("token_type", json!(token_type));
        }
        json
    }

    /// Tells whether this is about an access token: a refresh token is nobody's business but its client's
    /// (RFC 7662 §4).
    pub(crate) fn is_of_access_token(&self) -> bool {
        self.token_type.is_some_and(|name| name != NOT_APPLICABLE)
    }
}

impl From<AccessToken> for Introspection {
    fn from(token: AccessToken) -> Self {
        Self {
            client_id: token.client_id().to_owned(),
            subject: token.subject().map(str::to_owned),
            scopes: token.scopes,
            token_type: Some(binding::token_type(&[], None)),
            issued_at: token.issued_at,
            expires_at: token.expires_at,
            auth_time: token.authorization.auth_time,
            acr: token.authorization.acr.clone(),
            claims: token.claims.into(),
        }
    }
}

impl From<RefreshToken> for Introspection {
    fn from(token: RefreshToken) -> Self {
        Self {
            client_id: token.client_id().to_owned(),
            subject: token.subject().map(str::to_owned),
            scopes: token.authorization.scopes.clone(),
            token_type: Some(NOT_APPLICABLE),
            issued_at: token.issued_at,
            expires_at: token.expires_at,
            auth_time: None,
            acr: None,
            claims: Map::new(),
        }
    }
}

/// The default of [`introspect_token`](super::RequestValidator::introspect_token): what the store has, of refresh tokens those of the client that asks.
pub(super) async fn introspect<V: StoreRoles>(
    validator: &V,
    token: &str,
    _token_type_hint: Option<&str>,
    request: &mut Request,
) -> Result<Option<Introspection>> {
    if let Some(token) = AccessToken::find(validator, token, request).await? {
        return Ok(Some(token.into()));
    }
    let (hash, now) = (TokenHash::of(token), request.now());
    let token = validator.tokens().refresh_token(&hash, now).await?;
    let token = token.filter(|token| !token.is_rotated && request.client_id() == Some(token.client_id()));
    Ok(token.map(Introspection::from))
}
