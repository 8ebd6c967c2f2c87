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

/// RFC 7517 §9.2: "Private and symmetric keys MUST be protected from disclosure to unintended parties." Our own keys publish
/// public halves only; a [`TokenGenerator`](crate::token::TokenGenerator) by hand may publish anything.
pub(crate) fn check_public(document: Option<&Value>, mistakes: &mut Vec<String>) {
    let keys = document.and_then(|document| document.get("keys")).and_then(Value::as_array);
    if keys.into_iter().flatten().any(|key| key.get("kty").is_some_and(|kty| kty == "oct")) {
        mistakes.push(
            "the key set has a secret, with which everybody could write tokens (RFC 7517 §9.2): leave HMAC keys out of \
             `TokenGenerator::jwks`"
                .to_owned(),
        );
    }
}
