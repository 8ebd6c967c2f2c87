//! Keys from PEM and JWK, key rings, key files: RFC 7517, RFC 7518, RFC 5208, RFC 8017, RFC 5915.

use std::fs;

use oauth_core::jose::{Algorithm, InvalidKey, JwtType, KeyRing, SigningKey, SigningKeys as _, VerifyingKey};
use oauth_tests::{ReadJwt as _, SignNow as _};
use serde_json::{Value, json};

use crate::rfc7515_jws::{EC, ED25519, RSA};

macro_rules! pem {
    ($name:literal) => {
        include_str!(concat!("keys/", $name, ".pem"))
    };
}

fn refusal(key: Result<SigningKey, InvalidKey>) -> String {
    let message = key.expect_err("the key must be refused").to_string();
    assert!(!message.contains('\n'), "more than one line: {message}");
    message
}

#[track_caller]
fn assert_says(message: &str, part: &str) {
    assert!(message.contains(part), "`{message}` does not say `{part}`");
}

/// A public JWK of each private one.
fn with(jwk: &str, member: &str, value: Value) -> String {
    let mut jwk: Value = serde_json::from_str(jwk).unwrap();
    match value {
        Value::Null => drop(jwk.as_object_mut().unwrap().remove(member)),
        value => jwk[member] = value,
    }
    jwk.to_string()
}

#[test]
fn every_form_of_pem_that_openssl_writes() {
    for (pem, algorithm) in [
        (pem!("rsa2048.pkcs8"), Algorithm::RS256),
        (pem!("rsa2048.pkcs1"), Algorithm::RS256),
        // With its EC PARAMETERS.
        (pem!("p256.sec1"), Algorithm::ES256),
        (pem!("p256.pkcs8"), Algorithm::ES256),
        (pem!("p384.sec1"), Algorithm::ES384),
        (pem!("ed25519"), Algorithm::EdDSA),
    ] {
        let key = SigningKey::from_pem(pem).unwrap();
        assert_eq!(key.algorithm(), algorithm);
        let token = key.jwt(JwtType::Jwt, &json!({}));
        assert!(KeyRing::new(key).verify(&token).is_ok());
    }
    let kid = |pem: &str| SigningKey::from_pem(pem).unwrap().kid().unwrap().to_owned();
    assert_eq!(kid(pem!("rsa2048.pkcs8")), kid(pem!("rsa2048.pkcs1")));
    assert_eq!(kid(pem!("p256.pkcs8")), kid(pem!("p256.sec1")));
    // A certificate in the same file is no second key.
    assert_eq!(kid(concat!(pem!("p256.certificate"), pem!("p256.pkcs8"))), kid(pem!("p256.pkcs8")));
}

#[test]
fn rfc_7518_section_3_3_a_weak_rsa_key_is_refused() {
    assert_says(
        &refusal(SigningKey::from_pem(pem!("rsa1024.pkcs8"))),
        "fewer than 2048 bits (RFC 7518 §3.3)",
    );
    assert_says(
        &refusal(SigningKey::from_pem(pem!("rsa1024.pkcs1"))),
        "fewer than 2048 bits (RFC 7518 §3.3)",
    );
    let weak = with(RSA, "n", json!("AQ".repeat(80)));
    assert_says(&refusal(SigningKey::from_jwk(&weak)), "fewer than 2048 bits");
}

#[test]
fn every_other_pem_is_one_clear_message() {
    for (pem, says) in [
        (pem!("p256.encrypted"), "the private key is encrypted: decrypt it with `openssl pkey"),
        (pem!("rsa2048.pkcs1.encrypted"), "the private key is encrypted"),
        (pem!("p256.certificate"), "holds a certificate, which cannot sign"),
        (pem!("p256.public"), "holds a public key, which cannot sign"),
        (concat!(pem!("p256.pkcs8"), pem!("ed25519")), "more than one private key"),
        (pem!("p521.sec1"), "use P-256 or P-384"),
        (pem!("p521.pkcs8"), "use RSA, P-256, P-384 or Ed25519"),
        (pem!("x25519"), "use RSA, P-256, P-384 or Ed25519"),
        ("", "no PEM"),
        ("not a key at all", "no PEM"),
        ("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "damaged"),
        ("-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n", "damaged"),
        ("-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n", "damaged"),
        ("-----BEGIN PRIVATE KEY-----\n!!!!\n-----END PRIVATE KEY-----\n", "the PEM is malformed"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n", "ssh-keygen"),
        ("-----BEGIN X-----\nAAAA\n-----END X-----\n", "holds `X` and no private key"),
    ] {
        assert_says(&refusal(SigningKey::from_pem(pem)), says);
    }
    assert!(SigningKey::from_pem([0xFF, 0xFE, 0x00]).is_err());
}

#[test]
fn a_bad_key_file_is_one_line_that_names_it() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("signing.pem");
    let named = format!("cannot use the key file `{}`: ", path.display());
    assert!(refusal(SigningKey::from_pem_file(&path)).starts_with(&named));
    fs::write(&path, pem!("rsa1024.pkcs8")).unwrap();
    assert!(refusal(SigningKey::from_pem_file(&path)).starts_with(&format!("{named}the RSA key has fewer")));
    fs::write(&path, vec![b'a'; 1 << 20]).unwrap();
    assert_says(&refusal(SigningKey::from_pem_file(&path)), "too large");
    fs::write(&path, pem!("ed25519")).unwrap();
    assert_eq!(SigningKey::from_pem_file(&path).unwrap().algorithm(), Algorithm::EdDSA);
}

#[test]
fn rfc_7518_section_3_1_a_key_signs_with_algorithms_of_its_kind_only() {
    let key = |pem: &str| SigningKey::from_pem(pem).unwrap();
    assert_eq!(
        key(pem!("rsa2048.pkcs8")).with_algorithm(Algorithm::PS384).unwrap().public_jwk().unwrap().alg(),
        Some("PS384")
    );
    assert_says(
        &refusal(key(pem!("p256.pkcs8")).with_algorithm(Algorithm::RS256)),
        "a P-256 key cannot sign with RS256, only with ES256 (RFC 7518 §3.1)",
    );
    assert_says(&refusal(key(pem!("p384.sec1")).with_algorithm(Algorithm::ES256)), "only with ES384");
    assert_says(&refusal(key(pem!("ed25519")).with_algorithm(Algorithm::HS256)), "only with EdDSA");
    assert_says(&refusal(key(pem!("rsa2048.pkcs8")).with_algorithm(Algorithm::ES256)), "an RSA key");
    assert_says(
        &refusal(SigningKey::hmac([0; 32], Algorithm::RS256)),
        "an HMAC secret cannot sign with RS256",
    );
}

#[test]
fn rfc_7518_section_3_2_a_secret_is_as_long_as_the_hash() {
    for (algorithm, length) in [(Algorithm::HS256, 32), (Algorithm::HS384, 48), (Algorithm::HS512, 64)] {
        assert!(SigningKey::hmac(vec![1; length], algorithm).is_ok());
        let message = refusal(SigningKey::hmac(vec![1; length - 1], algorithm));
        assert_says(&message, &format!("{} bytes and {algorithm:?} needs at least {length}", length - 1));
    }
    let key = SigningKey::hmac([1; 48], Algorithm::HS256).unwrap();
    assert!(key.clone().with_algorithm(Algorithm::HS384).is_ok());
    assert!(key.with_algorithm(Algorithm::HS512).is_err());
}

#[test]
fn private_jwks_and_their_members() {
    let named = with(&with(RSA, "alg", json!("PS256")), "kid", json!("k1"));
    let key = SigningKey::from_jwk(&with(&named, "use", json!("sig"))).unwrap();
    assert_eq!((key.algorithm(), key.kid()), (Algorithm::PS256, Some("k1")));
    let secret = r#"{"kty":"oct","alg":"HS512","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"}"#;
    assert_eq!(SigningKey::from_jwk(secret).unwrap().algorithm(), Algorithm::HS512);
    for (jwk, says) in [
        (with(RSA, "d", Value::Null), "is a public key, which cannot sign"),
        (with(EC, "d", Value::Null), "is a public key, which cannot sign"),
        (with(ED25519, "d", Value::Null), "is a public key, which cannot sign"),
        (with(RSA, "p", Value::Null), "lacks its member `p`"),
        (with(RSA, "e", json!("AQAC")), "damaged"),
        (with(RSA, "oth", json!([])), "more than two primes"),
        (with(RSA, "use", json!("enc")), "`use` is not `sig`"),
        (with(RSA, "key_ops", json!(["verify"])), "`key_ops` lacks `sign`"),
        (with(RSA, "alg", json!("ES256")), "an RSA key cannot sign with ES256"),
        (with(RSA, "alg", json!("RSA-OAEP")), "`alg` `RSA-OAEP` is not supported"),
        (with(RSA, "kid", json!("")), "the `kid` is empty"),
        (with(RSA, "n", json!("A+A=")), "`n` is not base64url"),
        (with(EC, "crv", json!("P-521")), "use P-256 or P-384"),
        (with(EC, "x", json!("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEQ")), "are not one P-256 key"),
        (with(ED25519, "x", json!("21qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo")), "are not one Ed25519 key"),
        (with(ED25519, "crv", json!("X25519")), "use Ed25519"),
        (with(RSA, "kty", json!("AKP")), "`kty` `AKP` is not supported"),
        ("[]".into(), "the JWK is malformed"),
        ("{".into(), "the JWK is malformed at line 1"),
        (r#"{"kty":"oct","k":"c2hvcnQ"}"#.into(), "needs at least 32"),
    ] {
        assert_says(&refusal(SigningKey::from_jwk(&jwk)), says);
    }
}

#[test]
fn messages_and_debug_never_show_the_key() {
    let d = "jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI";
    let broken = format!(r#"{{"kty":"EC","crv":"P-256","d":"{d}","x":{d}}}"#);
    assert!(!refusal(SigningKey::from_jwk(&broken)).contains("jpsQ"));
    let key = SigningKey::from_jwk(EC).unwrap();
    assert_eq!(format!("{key:?}"), format!("SigningKey {{ algorithm: ES256, kid: {:?}, .. }}", key.kid()));
    let hmac = SigningKey::hmac(b"a secret of thirty-two characters", Algorithm::HS256).unwrap();
    let ring = KeyRing::new(hmac);
    assert!(!format!("{ring:?}").contains("secret"));
}

#[test]
fn a_public_jwk_says_what_it_is_for_and_holds_nothing_private() {
    for (jwk, algorithm, members) in [
        (RSA, "RS256", "alg e kid kty n use"),
        (EC, "ES256", "alg crv kid kty use x y"),
        (ED25519, "EdDSA", "alg crv kid kty use x"),
    ] {
        let key = SigningKey::from_jwk(jwk).unwrap();
        let public = serde_json::to_value(key.public_jwk().unwrap()).unwrap();
        let mut names: Vec<&str> = public.as_object().unwrap().keys().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(names.join(" "), members);
        assert_eq!((&public["alg"], &public["use"]), (&json!(algorithm), &json!("sig")));
        let private: Value = serde_json::from_str(jwk).unwrap();
        for member in ["n", "e", "crv", "x", "y"] {
            assert_eq!(public.get(member), private.get(member), "{member}");
        }
    }
}

#[test]
fn public_jwks_verify() {
    for jwk in [RSA, EC, ED25519] {
        let key = SigningKey::from_jwk(jwk).unwrap();
        let token = key.jwt(JwtType::Jwt, &json!({}));
        let (message, signature) = token.rsplit_once('.').unwrap();
        let signature =
            base64::Engine::decode(&base64::engine::general_purpose::URL_SAFE_NO_PAD, signature).unwrap();
        let mut members: serde_json::Map<String, Value> = serde_json::from_str(jwk).unwrap();
        members.retain(|name, _| ["kty", "kid", "alg", "use", "n", "e", "crv", "x", "y"].contains(&&**name));
        let bare: oauth_core::jose::Jwk = serde_json::from_value(members.into()).unwrap();
        let public = VerifyingKey::from_jwk(&bare).unwrap();
        assert_eq!(public.kid(), key.kid());
        assert!(public.verify(message.as_bytes(), &signature));
        assert!(!public.verify(b"something else", &signature));
    }
    let weak: oauth_core::jose::Jwk =
        serde_json::from_value(json!({"kty": "RSA", "e": "AQAB", "n": "AQ".repeat(80)})).unwrap();
    assert_says(&VerifyingKey::from_jwk(&weak).unwrap_err().to_string(), "fewer than 2048 bits");
    let secret = serde_json::from_value::<oauth_core::jose::Jwk>(json!({"kty": "oct", "k": "AAAA"}));
    assert_says(&secret.unwrap_err().to_string(), "symmetric key");
}

#[test]
fn generated_keys_survive_a_file() {
    for algorithm in [Algorithm::ES256, Algorithm::ES384, Algorithm::EdDSA, Algorithm::RS256] {
        let key = SigningKey::generate(algorithm).unwrap();
        let again = SigningKey::from_pem(key.to_pkcs8_pem().unwrap().expose()).unwrap();
        assert_eq!((again.kid(), again.algorithm()), (key.kid(), algorithm));
    }
    let secret = SigningKey::generate(Algorithm::HS256).unwrap();
    assert_says(&secret.to_pkcs8_pem().unwrap_err().to_string(), "no PKCS#8 form");
}

#[test]
fn load_or_generate_writes_once_and_privately() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("key.pem");
    let first = KeyRing::load_or_generate(&path, Algorithm::ES256).unwrap();
    let second = KeyRing::load_or_generate(&path, Algorithm::ES256).unwrap();
    assert_eq!(first.active().kid(), second.active().kid());
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1, "a temporary file was left behind");

    let wrong = KeyRing::load_or_generate(&path, Algorithm::RS256).unwrap_err().to_string();
    assert_says(&wrong, &format!("`{}`: a P-256 key cannot sign with RS256", path.display()));
    let nowhere =
        KeyRing::load_or_generate(directory.path().join("none/key.pem"), Algorithm::ES256).unwrap_err();
    assert_says(&nowhere.to_string(), "cannot use the key file");
    let secret = KeyRing::load_or_generate(directory.path().join("s"), Algorithm::HS256).unwrap_err();
    assert_says(&secret.to_string(), "no PKCS#8 form");
}

#[test]
fn processes_that_start_together_share_one_key() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("key.pem");
    let kids: Vec<String> = std::thread::scope(|scope| {
        let starts: Vec<_> = (0..16)
            .map(|_| scope.spawn(|| KeyRing::load_or_generate(&path, Algorithm::EdDSA).unwrap()))
            .collect();
        starts.into_iter().map(|start| start.join().unwrap().active().kid().unwrap().to_owned()).collect()
    });
    assert!(kids.iter().all(|kid| *kid == kids[0]), "{kids:?}");
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1);
}

#[test]
fn section_4_5_kids_of_a_ring_are_unique() {
    let [one, two] =
        [Algorithm::ES256, Algorithm::EdDSA].map(|algorithm| SigningKey::generate(algorithm).unwrap());
    assert!(KeyRing::new(one.clone()).and_publish(one.clone()).is_err());
    let clash =
        KeyRing::new(one.clone()).and_publish(two.clone().with_kid(one.kid().unwrap()).unwrap()).unwrap_err();
    assert_says(&clash.to_string(), &format!("have the kid `{}`", one.kid().unwrap()));
    let ring = KeyRing::new(one).and_publish(two.clone()).unwrap();
    assert!(ring.and_publish(two).is_err());
}

#[test]
fn rotation_keeps_the_previous_key_published() {
    let [one, two, three] = [Algorithm::ES256, Algorithm::EdDSA, Algorithm::ES256]
        .map(|algorithm| SigningKey::generate(algorithm).unwrap());
    let kids = |ring: &KeyRing| -> Vec<String> {
        ring.jwks().into_iter().map(|jwk| jwk.kid().unwrap().to_owned()).collect()
    };
    let kid = |key: &SigningKey| key.kid().unwrap().to_owned();
    // Announced first, then active.
    let ring = KeyRing::from(one.clone()).and_publish(two.clone()).unwrap().rotate(two.clone()).unwrap();
    assert_eq!(ring.active().kid(), two.kid());
    assert_eq!(kids(&ring), [kid(&two), kid(&one)]);
    let ring = ring.rotate(three.clone()).unwrap();
    assert_eq!(kids(&ring), [kid(&three), kid(&two), kid(&one)]);
    // To itself: nothing changes.
    assert_eq!(kids(&ring.clone().rotate(three.clone()).unwrap()), kids(&ring));
    // Another key under a kid that is taken.
    assert!(ring.rotate(one.with_kid(kid(&two)).unwrap()).is_err());
}

#[test]
fn rings_from_files() {
    let directory = tempfile::tempdir().unwrap();
    let [one, two] = ["one.pem", "two.pem"].map(|name| directory.path().join(name));
    fs::write(&one, pem!("p256.pkcs8")).unwrap();
    fs::write(&two, pem!("ed25519")).unwrap();
    let ring = KeyRing::from_pem_files([&one, &two]).unwrap();
    assert_eq!(ring.active().algorithm(), Algorithm::ES256);
    assert_eq!(ring.jwks().len(), 2);
    assert_says(&KeyRing::from_pem_files([&one, &one]).unwrap_err().to_string(), "have the kid");
    assert!(KeyRing::from_pem_files::<&str>([]).is_err());
}
