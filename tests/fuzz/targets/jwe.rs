//! Compact JWE, RFC 7516 §7.1: what was encrypted comes back, and what was tampered with does not.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use oauth_core::jose::{DecryptionKey, EncryptionKey};

static KEYS: LazyLock<[(DecryptionKey, EncryptionKey); 2]> = LazyLock::new(|| {
    let pair = |pem: &str| {
        let key = DecryptionKey::from_pem(pem).unwrap();
        let public = key.encryption_key().clone();
        (key, public)
    };
    [
        pair(include_str!("../../rfc/keys/rsa2048.pkcs8.pem")),
        pair(include_str!("../../rfc/keys/p256.pkcs8.pem")),
    ]
});

fuzz_target!(|input: &[u8]| {
    let Some((at, text)) = input.split_first() else { return };
    if let Ok(jwe) = std::str::from_utf8(input) {
        for (key, _) in &*KEYS {
            // Nobody wrote it: encryption is below.
            assert!(key.decrypt(jwe).is_err(), "{jwe}");
        }
    }
    let (key, public) = &KEYS[usize::from(at % 2)];
    let jwe = public.encrypt(text).unwrap();
    assert_eq!(key.decrypt(&jwe).unwrap().plaintext(), text);
    // One character of it is another.
    let mut tampered = jwe.clone().into_bytes();
    let position = (usize::from(*at) * 257 + text.len()) % tampered.len();
    tampered[position] = if tampered[position] == b'A' { b'B' } else { b'A' };
    let tampered = String::from_utf8(tampered).unwrap();
    assert!(key.decrypt(&tampered).is_err(), "{jwe} is also {tampered}");
});
