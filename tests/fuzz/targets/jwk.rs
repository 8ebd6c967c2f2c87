//! JSON Web Keys, RFC 7517: a key that is read works, and what is refused is not told.

#![no_main]

use libfuzzer_sys::fuzz_target;
use oauth_core::client::ClientJwks;
use oauth_core::jose::{DecryptionKey, EncryptionKey, KeySet, SigningKey};
use serde_json::{Value, json};

fuzz_target!(|input: &str| {
    match SigningKey::from_jwk(input) {
        Ok(key) => works(&key),
        Err(cause) => keeps_secrets(input, &cause.to_string()),
    }
    if let Err(cause) = DecryptionKey::from_jwk(input) {
        keeps_secrets(input, &cause.to_string());
    }
    if let Err(cause) = EncryptionKey::from_jwk(input) {
        keeps_secrets(input, &cause.to_string());
    }
    let _ = KeySet::from_json(input.as_bytes());
    if ClientJwks::from_json(input).is_ok() {
        let set: Value = serde_json::from_str(input).unwrap();
        for key in set["keys"].as_array().unwrap() {
            assert!(key.get("d").is_none() && key.get("k").is_none(), "a client's private key is accepted");
        }
    }
});

fn works(key: &SigningKey) {
    let signature = oauth_fuzz::at_once(key.sign(b"message")).unwrap();
    assert!(key.verify(b"message", &signature) && !key.verify(b"another", &signature));
    let Some(public) = key.public_jwk() else { return };
    let public = json!(public);
    for private in ["d", "p", "q", "dp", "dq", "qi", "k"] {
        assert_eq!(public.get(private), None, "the public key has {private}");
    }
    let set = KeySet::from_json(json!({ "keys": [public] }).to_string().as_bytes()).unwrap();
    assert!(!set.is_empty());
}

/// No message has the private part, unless the same stands where nothing is secret.
fn keeps_secrets(input: &str, message: &str) {
    let Ok(Value::Object(jwk)) = serde_json::from_str(input) else { return };
    let is_private = |name: &str| ["d", "p", "q", "dp", "dq", "qi", "k"].contains(&name);
    let others: Vec<_> =
        jwk.iter().filter(|(name, _)| !is_private(name)).map(|(_, value)| value.to_string()).collect();
    for (_, secret) in jwk.iter().filter(|(name, _)| is_private(name)) {
        let Some(secret) = secret.as_str().filter(|secret| secret.len() >= 16) else { continue };
        if !others.iter().any(|other| other.contains(secret)) {
            assert!(!message.contains(secret), "{message}");
        }
    }
}
