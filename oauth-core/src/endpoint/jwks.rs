//! The JWK Set, RFC 7517 §5: the public keys that verify our tokens.

use crate::jose::{Jwk, JwkSet};
use crate::openid::IdTokenSigner as _;
use crate::server::AuthorizationServer;
use crate::token::TokenGenerator as _;

/// The document.
pub(crate) fn document(keys: &[Jwk]) -> serde_json::Value {
    serde_json::json!(JwkSet::from_iter(keys.iter().cloned()))
}

/// The keys, each once: ID tokens are often signed with those of the access tokens.
pub(crate) fn keys<S: AuthorizationServer>(server: &S) -> Vec<Jwk> {
    let mut keys = server.access_tokens().jwks();
    for key in server.id_tokens().jwks() {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}
