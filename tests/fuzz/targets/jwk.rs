//! JSON Web Keys, RFC 7517: a key that is read works, and what is refused is not told.

#![no_main]

use libfuzzer_sys::fuzz_target;
use oauth_core::client::ClientJwks;
use oauth_core::jose::{DecryptionKey, EncryptionKey, KeySet, SigningKey};
use serde_json::{Value, json};

fuzz_target!(|input: &str| {
    if let Ok(key) = SigningKey::from_jwk(input) {
        works(&key);
    }
    keeps_secrets(input, |jwk| SigningKey::from_jwk(jwk).err().map(|cause| cause.to_string()));
    keeps_secrets(input, |jwk| DecryptionKey::from_jwk(jwk).err().map(|cause| cause.to_string()));
    keeps_secrets(input, |jwk| EncryptionKey::from_jwk(jwk).err().map(|cause| cause.to_string()));
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

/// No message has the private part, unless the same stands where nothing is secret, or in every such message.
fn keeps_secrets(input: &str, refusal: impl Fn(&str) -> Option<String>) {
    let Some(message) = refusal(input) else { return };
    let Ok(Value::Object(jwk)) = serde_json::from_str(input) else { return };
    let is_private = |name: &str| ["d", "p", "q", "dp", "dq", "qi", "k"].contains(&name);
    let others: Vec<_> =
        jwk.iter().filter(|(name, _)| !is_private(name)).map(|(_, value)| value.to_string()).collect();
    for (name, secret) in jwk.iter().filter(|(name, _)| is_private(name)) {
        let Some(secret) = secret.as_str().filter(|secret| secret.len() >= 16) else { continue };
        if message.contains(secret) && !others.iter().any(|other| other.contains(secret)) {
            // The fuzzer learns our own words from comparisons. Those stay when the first letter of the secret is another.
            let mut letters = secret.chars();
            let first = match letters.next() {
                Some('A') => 'B',
                Some(letter) if letter.is_ascii_alphanumeric() || "-_".contains(letter) => 'A',
                Some('!') => '?',
                _ => '!',
            };
            let mut another = jwk.clone();
            another.insert(name.clone(), format!("{first}{}", letters.as_str()).into());
            assert_eq!(refusal(&json!(another).to_string()).as_ref(), Some(&message), "a secret is told");
        }
    }
}
