//! Private claims of a token: what validators add to what the format itself carries.

mod declared;
mod id_token;
mod private;
mod standard;
mod static_claim;
mod token;

use serde::Serialize;
use serde_json::{Map, Value};

pub(crate) use self::declared::{
    declared_names, is_made_for_access_tokens, of_id_tokens, repeated, reserved,
};
pub use self::id_token::IdTokenClaims;
pub(crate) use self::id_token::RESERVED_IN_ID_TOKENS;
pub use self::private::PrivateClaims;
pub(crate) use self::standard::{ID_TOKEN_CLAIMS, is_told, scopes_and_names};
pub use self::static_claim::StaticClaim;
pub use self::token::TokenClaims;
use crate::error::{Error, Result};

/// Claims that only the framework may set: RFC 7519 §4.1, RFC 9068 §2.2, and the introspection members of RFC 7662
/// §2.2 that a claim must not contradict. `aud` is absent on purpose: choosing the audience is the application's
/// business.
pub const RESERVED: &[&str] = oauth_rules::claim::RESERVED;

/// The claims of one request. Each request has its own: nothing leaks into another's token.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Claims(Map<String, Value>);

impl Claims {
    /// No claims.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a claim; a later value replaces an earlier one. A `None` or null value sets nothing.
    ///
    /// # Errors
    ///
    /// `server_error` if the name is [`RESERVED`] or empty, or the value does not serialise: a mistake in the application, so
    /// it is logged and the request fails, rather than a token going out without the claim.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Serialize) -> Result<()> {
        let name = name.into();
        if name.is_empty() || RESERVED.contains(&name.as_str()) {
            return Err(Error::server(format!(
                "the claim `{name}` is reserved and cannot be set (RFC 7519 §4.1)"
            )));
        }
        set(&mut self.0, name, value)
    }

    /// Sets every claim of a struct with `#[derive(Claims)]`, as [`insert`](Self::insert) does.
    ///
    /// # Errors
    ///
    /// `server_error` if one of them does not serialise.
    pub fn insert_all(&mut self, claims: &impl PrivateClaims) -> Result<()> {
        self.extend(claims.to_claims()?);
        Ok(())
    }

    /// A claim's value.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// All of them, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Tells whether there is no claim.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The claims as a JSON object.
    pub const fn as_map(&self) -> &Map<String, Value> {
        &self.0
    }

    /// Sets all of these, as [`insert`](Self::insert) does.
    pub(crate) fn extend(&mut self, claims: Self) {
        self.0.extend(claims.0);
    }

    /// Forgets a claim.
    pub(crate) fn remove(&mut self, name: &str) {
        self.0.remove(name);
    }

    /// Sets what the token is bound to (RFC 7800 §3.1), or that it is not.
    pub(crate) fn confirm(&mut self, confirmation: Option<Value>) {
        match confirmation {
            Some(confirmation) => self.0.insert("cnf".to_owned(), confirmation),
            None => self.0.remove("cnf"),
        };
    }

    /// Sets `aud`: the place that the token was asked for, whatever a hook said before.
    pub(crate) fn address(&mut self, audience: String) {
        self.0.insert("aud".to_owned(), audience.into());
    }

    /// Claims kept with a grant, back from a store.
    pub(crate) fn restore(&mut self, kept: Map<String, Value>) {
        for (name, value) in kept {
            self.0.entry(name).or_insert(value);
        }
    }
}

/// The texts of a claim that is a text or a list of them, as `aud` is (RFC 7519 §4.1.3); `None` of any other.
pub(crate) fn one_or_many(claim: Option<&Value>) -> Option<Vec<&str>> {
    match claim? {
        Value::String(one) => Some(vec![one]),
        Value::Array(many) => Some(many.iter().filter_map(Value::as_str).collect()),
        _ => None,
    }
}

/// Tells whether `aud` of these claims names an audience. RFC 7519 §4.1.3: it is a string, or a list of them.
pub(crate) fn names_audience(claims: &Map<String, Value>, audience: &str) -> bool {
    match claims.get("aud") {
        Some(Value::String(one)) => one == audience,
        Some(Value::Array(many)) => many.iter().any(|one| one == audience),
        _ => false,
    }
}

/// Sets a claim, unless its value is null.
pub(crate) fn set(claims: &mut Map<String, Value>, name: String, value: impl Serialize) -> Result<()> {
    let value = serde_json::to_value(value)
        .map_err(|cause| Error::server(format!("the claim `{name}` does not serialise: {cause}")))?;
    if !value.is_null() {
        claims.insert(name, value);
    }
    Ok(())
}

/// The declaration of `#[claim("name", scope = "…", to(…))]`, or of `#[claims(scope = "…", to(…))]` for a
/// whole struct: known at compile time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClaimDeclaration {
    /// The names of the claims.
    pub names: &'static [&'static str],
    /// The scope that must be granted for them to be set; `None`: always.
    pub scope: Option<&'static str>,
    /// The destinations of the claims.
    pub to: &'static [ClaimDestination],
}

impl ClaimDeclaration {
    /// The destinations of claims whose declaration does not say: into access tokens alone. What the resource
    /// servers of a client are told is not told to the client itself unless it is asked for.
    pub const DEFAULT_DESTINATIONS: &'static [ClaimDestination] = &[ClaimDestination::AccessToken];
}

impl From<Claims> for Map<String, Value> {
    fn from(claims: Claims) -> Self {
        claims.0
    }
}

/// The destination of a declared claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ClaimDestination {
    /// Access tokens that carry claims, and introspection: resource servers read it.
    AccessToken,
    /// ID tokens: the client reads it.
    IdToken,
    /// The userinfo response: the client reads it.
    Userinfo,
}
