//! Keys in PEM, RFC 7468: a key that is read can be written, and is the same again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use oauth_core::jose::{DecryptionKey, EncryptionKey, SigningKey};
use serde_json::json;

fuzz_target!(|input: &[u8]| {
    if let Ok(key) = SigningKey::from_pem(input) {
        let again = SigningKey::from_pem(key.to_pkcs8_pem().unwrap().expose()).unwrap();
        assert!(again.algorithm() == key.algorithm() && again.kid() == key.kid());
        assert_eq!(json!(again.public_jwk()), json!(key.public_jwk()));
    }
    if let Ok(key) = DecryptionKey::from_pem(input) {
        let again = DecryptionKey::from_pem(key.to_pkcs8_pem().unwrap().expose()).unwrap();
        let public = |key: &DecryptionKey| json!(key.encryption_key().public_jwk());
        assert_eq!(public(&again), public(&key));
    }
    if let Ok(key) = EncryptionKey::from_pem(input) {
        let jwk = json!(key.public_jwk().unwrap());
        let again = EncryptionKey::from_jwk(&jwk.to_string()).unwrap();
        assert_eq!(json!(again.public_jwk()), jwk);
    }
});
