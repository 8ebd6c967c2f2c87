//! The JWK Set, RFC 7517 §5: the public keys that verify our tokens.

use serde_json::{Value, json};

use crate::openid::IdTokenSigner as _;
use crate::server::AuthorizationServer;
use crate::token::TokenGenerator as _;

/// The document; `None` if no token is signed with a public key.
pub(crate) fn document<S: AuthorizationServer>(server: &S) -> Option<Value> {
    let mut keys = server.access_tokens().jwks();
    // ID tokens are often signed with the keys of the access tokens.
    for key in server.id_tokens().jwks() {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    (!keys.is_empty()).then(|| json!({ "keys": keys }))
}
