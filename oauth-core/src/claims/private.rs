//! [`PrivateClaims`]: the claims of an application as a struct.

use serde_json::{Map, Value};

use super::Claims;
use crate::error::Result;

/// A struct that is the private claims (RFC 7519 §4.3) of an access token: what an issuer says beside the standard claims,
/// and what a resource reads. `#[derive(Claims)]` implements it.
///
/// An issuer declares it as a whole in its block of hooks (`#[claims]`), or sets it on a request
/// ([`Claims::insert_all`]). A handler asks for it beside the scopes, as `Bearer<CalendarRead, Tenancy>`, or of a token that it
/// has ([`ValidatedToken::claims_as`](crate::resource::ValidatedToken::claims_as)).
///
/// By hand:
///
/// ```
/// use oauth_core::claims::PrivateClaims;
/// use oauth_core::prelude::*;
/// use serde_json::{Map, Value};
///
/// struct Seats(u64);
///
/// impl PrivateClaims for Seats {
///     const NAMES: &'static [&'static str] = &["seats"];
///
///     fn to_claims(&self) -> Result<Claims> {
///         let mut claims = Claims::new();
///         claims.insert("seats", self.0)?;
///         Ok(claims)
///     }
///
///     fn from_claims(claims: &Map<String, Value>) -> Result<Self> {
///         let seats = claims.get("seats").and_then(Value::as_u64);
///         seats.map(Self).ok_or_else(|| Error::invalid_token("the access token is for nobody's seats"))
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a struct of private claims",
    label = "not private claims",
    note = "write `#[derive(Claims)]` on the struct; an `Option` of it is for tokens that have them or not, and `()` for none",
    note = "of a `Bearer`, the scopes stand first: several are a tuple, `Bearer<(CalendarRead, CalendarWrite)>`"
)]
pub trait PrivateClaims: Sized + Send {
    /// The names of all the claims that it can have.
    const NAMES: &'static [&'static str];

    /// The names of those without which a token is refused, as far as that is certain: a handler beside a server that issues one of them
    /// to nobody does not compile. `#[derive(Claims)]` names the fields that are no `Option`. Default: it does not say.
    const REQUIRED: &'static [&'static str] = &[];

    /// The statement that there are no claims, as of `()`: no map is made to read them.
    #[doc(hidden)]
    const ARE_NONE: bool = false;

    /// The claims to be issued. Only those that are among [`NAMES`](Self::NAMES) are, where it is declared by `#[claims]`.
    ///
    /// # Errors
    ///
    /// `server_error` if one of them does not serialise.
    fn to_claims(&self) -> Result<Claims>;

    /// Reads them from the claims of a token that is valid.
    ///
    /// # Errors
    ///
    /// `invalid_token` if one is missing or of another type. Which one, only the log is told.
    fn from_claims(claims: &Map<String, Value>) -> Result<Self>;
}

/// No private claims.
impl PrivateClaims for () {
    const NAMES: &'static [&'static str] = &[];
    const ARE_NONE: bool = true;

    fn to_claims(&self) -> Result<Claims> {
        Ok(Claims::new())
    }

    fn from_claims(_: &Map<String, Value>) -> Result<Self> {
        Ok(())
    }
}

/// All of them or none: `None` is for a token that has not one of the names.
#[diagnostic::do_not_recommend]
impl<T: PrivateClaims> PrivateClaims for Option<T> {
    const NAMES: &'static [&'static str] = T::NAMES;

    fn to_claims(&self) -> Result<Claims> {
        self.as_ref().map_or_else(|| Ok(Claims::new()), T::to_claims)
    }

    fn from_claims(claims: &Map<String, Value>) -> Result<Self> {
        let is_there = |name: &&str| claims.get(*name).is_some_and(|value| !value.is_null());
        T::NAMES.iter().any(is_there).then(|| T::from_claims(claims)).transpose()
    }
}
