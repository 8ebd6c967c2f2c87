//! The assertions that clients sign with a key of their own.

use serde_json::{Value, json};

use super::Suite;
use crate::conformance::{Failure, Stop};
use crate::jose::{Algorithm, JwtType, SigningKey};
use crate::secret::SecretString;

/// The only `client_assertion_type` there is, RFC 7523 §2.2.
pub(in crate::conformance) const ASSERTION_TYPE: &str =
    "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

pub(in crate::conformance) fn new_key() -> Result<SigningKey, Stop> {
    SigningKey::generate(Algorithm::ES256).map_err(|cause| Failure::setup(cause.to_string()).into())
}

pub(in crate::conformance) async fn sign(key: &SigningKey, claims: &Value) -> Result<String, Stop> {
    key.sign_jwt(JwtType::Jwt, claims).await.map_err(|cause| Failure::setup(cause.to_string()).into())
}

/// The claims that a good client asserts (RFC 7523 §3).
pub(in crate::conformance) fn assertion_claims(suite: &Suite, client_id: &str) -> Value {
    let (now, issuer) = (suite.now().as_secs(), &suite.report.issuer);
    let jti = SecretString::random();
    json!({
        "iss": client_id, "sub": client_id, "aud": issuer, "jti": jti.expose(), "iat": now, "exp": now + 60,
    })
}
