//! Claims in expansions: values, structs of them, and methods that return those.

use std::fmt::Display;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::claims::{ClaimDeclaration, ClaimDestination, Claims, PrivateClaims};
use crate::error::{Error, Result};
use crate::request::Request;

/// The value that a `#[claim]` method returns.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the value of a claim",
    label = "not serialisable",
    note = "a `#[claim]` method returns what implements `serde::Serialize`, an `Option` of it, or a `Result` of either"
)]
pub trait ClaimValue {
    /// The value as JSON.
    ///
    /// # Errors
    ///
    /// As serde says.
    fn to_json(&self) -> serde_json::Result<Value>;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize + ?Sized> ClaimValue for T {
    fn to_json(&self) -> serde_json::Result<Value> {
        serde_json::to_value(self)
    }
}

/// Tells whether a `#[claim]` is set there for this request.
pub fn is_due(
    claims: &[ClaimDeclaration],
    name: &str,
    destination: ClaimDestination,
    request: &Request,
) -> bool {
    claims.iter().any(|claim| claim.is_due(name, destination, request))
}

/// The value of a `#[claim]`.
///
/// # Errors
///
/// `server_error` if it does not serialise.
pub fn claim_value<T: ClaimValue + ?Sized>(name: &str, value: &T) -> Result<Value> {
    value.to_json().map_err(|cause| unserialisable(name, &cause))
}

fn unserialisable(name: &str, cause: &dyn Display) -> Error {
    Error::server(format!("the claim `{name}` does not serialise: {cause}"))
}

/// The type of a field of a `#[derive(Claims)]` struct.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the value of a claim",
    label = "no JSON on both sides: the issuer writes the claim, and a resource reads it",
    note = "derive both on that type: `#[derive(serde::Serialize, serde::Deserialize)]`; it owns what it holds, and borrows nothing"
)]
pub trait ClaimType: Sized {
    /// The value as JSON.
    ///
    /// # Errors
    ///
    /// As serde says.
    fn to_json(&self) -> serde_json::Result<Value>;

    /// The value from JSON.
    ///
    /// # Errors
    ///
    /// As serde says.
    fn from_json(json: &Value) -> serde_json::Result<Self>;

    /// The field whose claim has this name.
    fn field(name: &'static str) -> ClaimField<Self> {
        ClaimField { name, to_json: Self::to_json, from_json: Self::from_json }
    }
}

#[diagnostic::do_not_recommend]
impl<T: Serialize + DeserializeOwned> ClaimType for T {
    fn to_json(&self) -> serde_json::Result<Value> {
        serde_json::to_value(self)
    }

    fn from_json(json: &Value) -> serde_json::Result<Self> {
        Self::deserialize(json)
    }
}

/// A field of a `#[derive(Claims)]` struct, whose type is forgotten: one that is no [`ClaimType`] is an error once, though it
/// is written and read.
#[derive(Debug)]
pub struct ClaimField<T> {
    name: &'static str,
    to_json: fn(&T) -> serde_json::Result<Value>,
    from_json: fn(&Value) -> serde_json::Result<T>,
}

impl<T> ClaimField<T> {
    /// Adds the claim of a value; null: none.
    ///
    /// # Errors
    ///
    /// `server_error` if it does not serialise.
    pub fn write(&self, value: &T, claims: &mut Claims) -> Result<()> {
        let value = (self.to_json)(value).map_err(|cause| unserialisable(self.name, &cause))?;
        claims.insert(self.name, value)
    }

    /// The value of the claim. One that is absent counts as null, which an `Option` takes.
    ///
    /// # Errors
    ///
    /// `invalid_token`. RFC 6750 §3.1: the token is "invalid for other reasons"; which, its sender is not told.
    pub fn read(&self, claims: &Map<String, Value>) -> Result<T> {
        let value = claims.get(self.name).filter(|value| !value.is_null());
        (self.from_json)(value.unwrap_or(&Value::Null)).map_err(|cause| {
            let name = self.name;
            Error::invalid_token("the access token does not say what this resource needs to know").caused_by(
                match value {
                    None => format!("the access token has no claim `{name}`"),
                    Some(_) => format!("the claim `{name}` of the access token is of another type: {cause}"),
                },
            )
        })
    }
}

/// The value that a `#[claims]` method returns.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no private claims",
    label = "no struct with `#[derive(Claims)]`",
    note = "a `#[claims]` method returns a struct with `#[derive(Claims)]`, an `Option` of it, or a `Result` of either"
)]
pub trait ClaimsValue {
    /// The names of the claims.
    const NAMES: &'static [&'static str];

    /// The claims.
    ///
    /// # Errors
    ///
    /// Those of the method, and `server_error` if one does not serialise.
    fn into_claims(self) -> Result<Claims>;
}

#[diagnostic::do_not_recommend]
impl<T: PrivateClaims> ClaimsValue for T {
    const NAMES: &'static [&'static str] = T::NAMES;

    fn into_claims(self) -> Result<Claims> {
        self.to_claims()
    }
}

#[diagnostic::do_not_recommend]
impl<T: PrivateClaims, E: Into<Error>> ClaimsValue for Result<T, E> {
    const NAMES: &'static [&'static str] = T::NAMES;

    fn into_claims(self) -> Result<Claims> {
        self.map_err(Into::into)?.to_claims()
    }
}

/// A `#[claims]` method, by the type that it returns, which is forgotten likewise.
#[derive(Debug)]
pub struct ClaimsMethod<T> {
    /// The names of its claims.
    pub names: &'static [&'static str],
    into_claims: fn(T) -> Result<Claims>,
}

/// The method that returns a `T`.
pub const fn claims_method<T: ClaimsValue>() -> ClaimsMethod<T> {
    ClaimsMethod { names: T::NAMES, into_claims: T::into_claims }
}

impl<T> ClaimsMethod<T> {
    /// The claims of the method that are due. Where none is, the method is not asked.
    pub fn due(
        &self,
        declared: &[ClaimDeclaration],
        destination: ClaimDestination,
        request: &Request,
    ) -> Vec<&'static str> {
        let names = self.names.iter().copied();
        names.filter(|name| is_due(declared, name, destination, request)).collect()
    }

    /// Adds those that are due.
    ///
    /// # Errors
    ///
    /// Those of the method, and `server_error` if one does not serialise.
    pub fn add(&self, value: T, due: &[&str], claims: &mut Claims) -> Result<()> {
        for (name, value) in Map::from((self.into_claims)(value)?) {
            if due.contains(&name.as_str()) {
                claims.insert(name, value)?;
            }
        }
        Ok(())
    }
}
