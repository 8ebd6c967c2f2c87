//! Compact JWS, RFC 7515 §7.1: one JWS has one spelling, and nobody forges one.

#![no_main]

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use libfuzzer_sys::fuzz_target;
use oauth_core::jose::{Jws, KeyRing, KeySet, SigningKey};
use serde_json::{Value, json};

/// The tokens that the keys below signed, in `seeds/jws.txt`.
const SIGNED: &str = include_str!("../seeds/jws.txt");

static KEYS: LazyLock<KeySet> = LazyLock::new(|| {
    let rsa = SigningKey::from_pem(include_str!("../../rfc/keys/rsa2048.pkcs8.pem")).unwrap();
    let ec = SigningKey::from_pem(include_str!("../../rfc/keys/p256.pkcs8.pem")).unwrap();
    KeyRing::new(rsa).rotate(ec).unwrap().verifying_keys()
});

fuzz_target!(|token: &str| {
    let signed = KEYS.verify_jws(token);
    let Ok(jws) = Jws::parse(token) else {
        assert!(signed.is_err());
        return;
    };
    let [header, payload] = jws.signing_input.split('.').collect::<Vec<_>>().try_into().unwrap();
    assert_eq!(URL_SAFE_NO_PAD.encode(&jws.payload), payload);
    assert_eq!(format!("{}.{}", jws.signing_input, URL_SAFE_NO_PAD.encode(&jws.signature)), token);
    let header = URL_SAFE_NO_PAD.decode(header).unwrap();
    // A member that is not understood may hold half of a surrogate pair.
    let Ok(header) = serde_json::from_slice::<Value>(&header) else { return };
    assert_eq!(header.get("crit"), None);
    assert!(header["alg"] != "none" && header["alg"] == json!(jws.algorithm));
    assert_eq!(header["kid"].as_str(), jws.kid.as_deref());
    if signed.is_ok() {
        let begins = |line: &str| line.starts_with(&format!("{}.", jws.signing_input));
        assert!(SIGNED.lines().any(begins), "a forgery: {token}");
    }
});
