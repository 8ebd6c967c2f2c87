//! Signed access tokens, RFC 9068.
use crate::error::{Error, Result};
use crate::jose::{Algorithm, SigningKeys};
use crate::request::Request;
use std::time::Duration;
/// A static claim's value, as `claims(tier = 3)` gives it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum StaticClaim {
    /// A string.
    Str(&'static str),
    /// An integer.
    Int(i64),
    /// A number.
    Float(f64),
    /// A boolean.
    Bool(bool),
    /// A list.
    List(&'static [StaticClaim]),
}
/// What `#[token_generator(jwt, …)]` says, as a constant.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct JwtProfile {
    /// doc
    pub expires_in: Duration,
    /// `None`: the issuer
    pub audience: Option<&'static str>,
    /// doc
    pub algorithm: Option<Algorithm>,
    /// doc
    pub claims: &'static [(&'static str, StaticClaim)],
}
impl JwtProfile {
    /// An hour, the key's algorithm, no static claims.
    pub const fn new() -> Self {
        Self { expires_in: Duration::from_secs(3600), audience: None, algorithm: None, claims: &[] }
    }
    /// doc
    #[must_use]
    pub const fn expires_in(mut self, d: Duration) -> Self {
        self.expires_in = d;
        self
    }
    /// doc
    #[must_use]
    pub const fn audience(mut self, a: &'static str) -> Self {
        self.audience = Some(a);
        self
    }
    /// doc
    #[must_use]
    pub const fn algorithm(mut self, a: Algorithm) -> Self {
        self.algorithm = Some(a);
        self
    }
    /// doc
    #[must_use]
    pub const fn claims(mut self, c: &'static [(&'static str, StaticClaim)]) -> Self {
        self.claims = c;
        self
    }
    /// doc
    pub fn generate<K: SigningKeys>(&self, _keys: &K, _issuer: &str, _request: &Request) -> Result<String> {
        Err(Error::server("stub"))
    }
}
