//! Conversions from and to the types of the crate `jsonwebtoken`.

use super::{Algorithm, InvalidKey, Jwk, JwkSet};

/// # Errors
///
/// If `jsonwebtoken` does not know the algorithm.
impl TryFrom<Algorithm> for jsonwebtoken::Algorithm {
    type Error = InvalidKey;

    fn try_from(algorithm: Algorithm) -> Result<Self, InvalidKey> {
        let unknown = |_| InvalidKey::new(format!("jsonwebtoken has no algorithm `{algorithm}`"));
        algorithm.as_str().parse().map_err(unknown)
    }
}

impl TryFrom<jsonwebtoken::Algorithm> for Algorithm {
    type Error = InvalidKey;

    fn try_from(algorithm: jsonwebtoken::Algorithm) -> Result<Self, InvalidKey> {
        // Its variants are named as they are registered.
        format!("{algorithm:?}").parse()
    }
}

impl TryFrom<&Jwk> for jsonwebtoken::jwk::Jwk {
    type Error = InvalidKey;

    fn try_from(jwk: &Jwk) -> Result<Self, InvalidKey> {
        convert(jwk)
    }
}

impl TryFrom<&jsonwebtoken::jwk::Jwk> for Jwk {
    type Error = InvalidKey;

    fn try_from(jwk: &jsonwebtoken::jwk::Jwk) -> Result<Self, InvalidKey> {
        convert(jwk)
    }
}

impl TryFrom<&JwkSet> for jsonwebtoken::jwk::JwkSet {
    type Error = InvalidKey;

    fn try_from(set: &JwkSet) -> Result<Self, InvalidKey> {
        convert(set)
    }
}

impl TryFrom<&jsonwebtoken::jwk::JwkSet> for JwkSet {
    type Error = InvalidKey;

    fn try_from(set: &jsonwebtoken::jwk::JwkSet) -> Result<Self, InvalidKey> {
        convert(set)
    }
}

/// Converts by their common form.
fn convert<T: serde::de::DeserializeOwned>(from: &impl serde::Serialize) -> Result<T, InvalidKey> {
    let failed = |cause: serde_json::Error| InvalidKey::new(cause.to_string());
    serde_json::from_value(serde_json::to_value(from).map_err(failed)?).map_err(failed)
}
