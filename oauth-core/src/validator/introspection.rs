//! The description of a token, RFC 7662 §2.2.

use std::borrow::Cow;

use serde::{Serialize, Serializer};
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
    /// The JSON object of §2.2.
    pub fn to_json(&self, issuer: &str) -> Map<String, Value> {
        self.members(issuer).map(|(name, member)| (name.to_owned(), member.into())).collect()
    }

    /// The same for one that is told, without a map.
    pub(crate) const fn told(self, issuer: &str, listener: Listener) -> Told<'_> {
        Told { token: self, issuer, listener }
    }

    /// What there is of our members, and the private claims that none of ours is called like: absent is absent, and no private claim poses
    /// as one of these.
    fn members<'m>(&'m self, issuer: &'m str) -> impl Iterator<Item = (&'m str, Member<'m>)> {
        let text = |text: &'m str| Some(Member::Text(Cow::Borrowed(text)));
        let scope = (!self.scopes.is_empty()).then(|| Member::Text(self.scopes.to_string().into()));
        let ours = [
            ("active", Some(Member::Is(true))),
            ("iss", text(issuer)),
            ("client_id", text(&self.client_id)),
            ("sub", text(self.subject.as_ref().unwrap_or(&self.client_id))),
            ("iat", Some(Member::Time(self.issued_at))),
            ("exp", Some(Member::Time(self.expires_at))),
            ("token_type", self.token_type.and_then(text)),
            ("scope", scope),
            ("auth_time", self.auth_time.map(Member::Time)),
            ("acr", self.acr.as_deref().and_then(text)),
        ];
        let names = ours.each_ref().map(|(name, _)| *name);
        let claims = self.claims.iter().filter(move |(name, _)| !names.contains(&name.as_str()));
        let claims = claims.map(|(name, value)| (name.as_str(), Member::Claim(value)));
        ours.into_iter().filter_map(|(name, member)| Some((name, member?))).chain(claims)
    }

    /// Tells whether this is about an access token: a refresh token is nobody's business but its client's
    /// (RFC 7662 §4).
    pub(crate) fn is_of_access_token(&self) -> bool {
        self.token_type.is_some_and(|name| name != NOT_APPLICABLE)
    }
}

/// A value of what is told.
#[derive(Serialize)]
#[serde(untagged)]
enum Member<'m> {
    Is(bool),
    Text(Cow<'m, str>),
    Time(UnixTime),
    Claim(&'m Value),
}

impl From<Member<'_>> for Value {
    fn from(member: Member<'_>) -> Self {
        match member {
            Member::Is(is) => is.into(),
            Member::Text(text) => text.into_owned().into(),
            Member::Time(time) => json!(time),
            Member::Claim(value) => value.clone(),
        }
    }
}

/// A party that is told of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Listener {
    /// A resource server that the token is for, which is told all of it.
    Audience,
    /// The client of the token, which is told that it works, until when and for what, as in the token response (RFC 6749 §5.1). The rest,
    /// for resource servers, is not for the client that carries it.
    ItsClient,
}

impl Listener {
    /// Without a type, a resource takes a refresh token for an access token.
    fn is_told(self, name: &str) -> bool {
        self == Self::Audience
            || matches!(name, "active" | "iss" | "client_id" | "exp" | "scope" | "token_type")
    }
}

/// A token as it is told of in the response.
pub(crate) struct Told<'i> {
    token: Introspection,
    issuer: &'i str,
    listener: Listener,
}

impl Serialize for Told<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        let Self { token, issuer, listener } = self;
        let told = token.members(issuer).filter(|(name, _)| listener.is_told(name));
        serializer.collect_map(told)
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
