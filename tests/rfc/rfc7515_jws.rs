//! RFC 7515 (JWS) and RFC 8037 (EdDSA): the published examples, every algorithm against an independent reader, and
//! what a verifier must refuse.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{DecodingKey, Validation};
use oauth_core::jose::{Algorithm, InvalidJws, JwtType, KeyRing, SigningKey, VerifyingKey};
use oauth_tests::{ReadJwt as _, SignNow as _, forge};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::LazyLock;

/// Appendix A.1, A.2 and A.3 sign the same claims.
const PAYLOAD: &str =
    "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

/// Appendix A.1.1.
const HMAC: &str = r#"{"kty":"oct",
    "k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"}"#;

/// Appendix A.2.1.
pub(crate) const RSA: &str = r#"{"kty":"RSA",
    "n":"ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ",
    "e":"AQAB",
    "d":"Eq5xpGnNCivDflJsRQBXHx1hdR1k6Ulwe2JZD50LpXyWPEAeP88vLNO97IjlA7_GQ5sLKMgvfTeXZx9SE-7YwVol2NXOoAJe46sui395IW_GO-pWJ1O0BkTGoVEn2bKVRUCgu-GjBVaYLU6f3l9kJfFNS3E0QbVdxzubSu3Mkqzjkn439X0M_V51gfpRLI9JYanrC4D4qAdGcopV_0ZHHzQlBjudU2QvXt4ehNYTCBr6XCLQUShb1juUO1ZdiYoFaFQT5Tw8bGUl_x_jTj3ccPDVZFD9pIuhLhBOneufuBiB4cS98l2SR_RQyGWSeWjnczT0QU91p1DhOVRuOopznQ",
    "p":"4BzEEOtIpmVdVEZNCqS7baC4crd0pqnRH_5IB3jw3bcxGn6QLvnEtfdUdiYrqBdss1l58BQ3KhooKeQTa9AB0Hw_Py5PJdTJNPY8cQn7ouZ2KKDcmnPGBY5t7yLc1QlQ5xHdwW1VhvKn-nXqhJTBgIPgtldC-KDV5z-y2XDwGUc",
    "q":"uQPEfgmVtjL0Uyyx88GZFF1fOunH3-7cepKmtH4pxhtCoHqpWmT8YAmZxaewHgHAjLYsp1ZSe7zFYHj7C6ul7TjeLQeZD_YwD66t62wDmpe_HlB-TnBA-njbglfIsRLtXlnDzQkv5dTltRJ11BKBBypeeF6689rjcJIDEz9RWdc",
    "dp":"BwKfV3Akq5_MFZDFZCnW-wzl-CCo83WoZvnLQwCTeDv8uzluRSnm71I3QCLdhrqE2e9YkxvuxdBfpT_PI7Yz-FOKnu1R6HsJeDCjn12Sk3vmAktV2zb34MCdy7cpdTh_YVr7tss2u6vneTwrA86rZtu5Mbr1C1XsmvkxHQAdYo0",
    "dq":"h_96-mK1R_7glhsum81dZxjTnYynPbZpHziZjeeHcXYsXaaMwkOlODsWa7I9xXDoRwbKgB719rrmI2oKr6N3Do9U0ajaHF-NKJnwgjMd2w9cjz3_-kyNlxAr2v4IKhGNpmM5iIgOS1VZnOZ68m6_pbLBSp3nssTdlqvd0tIiTHU",
    "qi":"IYd7DHOhrWvxkwPQsRM2tOgrjbcrfvtQJipd-DlcxyVuuM9sQLdgjVk2oy26F0EmpScGLq2MowX7fhd_QJQ3ydy5cY7YIBi87w93IKLEdfnbJtoOPLUW0ITrJReOgo1cq9SbsxYawBgfp_gh6A5603k2-ZQwVK0JKSHuLFkuQ3U"}"#;

/// Appendix A.3.1.
pub(crate) const EC: &str = r#"{"kty":"EC", "crv":"P-256",
    "x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
    "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0",
    "d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"}"#;

/// RFC 8037 Appendix A.1.
pub(crate) const ED25519: &str = r#"{"kty":"OKP", "crv":"Ed25519",
    "d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A",
    "x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;

const ES256_SIGNATURE: &str =
    "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

const RS256_SIGNATURE: &str = "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw";

/// Every algorithm, with a key that was made once a run.
static KEYS: LazyLock<Vec<SigningKey>> = LazyLock::new(|| {
    let rsa = SigningKey::from_jwk(RSA).unwrap();
    let mut keys: Vec<SigningKey> = [
        Algorithm::HS256,
        Algorithm::HS384,
        Algorithm::HS512,
        Algorithm::ES256,
        Algorithm::ES384,
        Algorithm::EdDSA,
    ]
    .map(|algorithm| SigningKey::generate(algorithm).unwrap())
    .into();
    for algorithm in [
        Algorithm::RS256,
        Algorithm::RS384,
        Algorithm::RS512,
        Algorithm::PS256,
        Algorithm::PS384,
        Algorithm::PS512,
    ] {
        keys.push(rsa.clone().with_algorithm(algorithm).unwrap());
    }
    keys
});

fn encode(text: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(text)
}

#[test]
fn appendix_a_1_hs256() {
    let token = format!(
        "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.{PAYLOAD}.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    );
    let ring = KeyRing::new(SigningKey::from_jwk(HMAC).unwrap());
    let verified = ring.verify(&token).unwrap();
    assert_eq!(verified.typ.as_deref(), Some("JWT"));
    assert_eq!(
        Value::Object(verified.claims),
        json!({"iss": "joe", "exp": 1_300_819_380, "http://example.com/is_root": true})
    );
}

#[test]
fn appendix_a_2_rs256_verifies_and_signs_the_same() {
    let key = SigningKey::from_jwk(RSA).unwrap();
    let message = format!("eyJhbGciOiJSUzI1NiJ9.{PAYLOAD}");
    let signature = key.sign_now(message.as_bytes());
    assert_eq!(encode(signature), RS256_SIGNATURE);
    assert_eq!(
        KeyRing::new(key).verify(&format!("{message}.{RS256_SIGNATURE}")).unwrap().claims["iss"],
        "joe"
    );
}

#[test]
fn appendix_a_3_es256() {
    let key = SigningKey::from_jwk(EC).unwrap();
    let token = format!("eyJhbGciOiJFUzI1NiJ9.{PAYLOAD}.{ES256_SIGNATURE}");
    assert_eq!(KeyRing::new(key).verify(&token).unwrap().claims["iss"], "joe");
}

#[test]
fn rfc_8037_appendix_a_4_eddsa_verifies_and_signs_the_same() {
    let key = SigningKey::from_jwk(ED25519).unwrap();
    let message = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
    let signature = key.sign_now(message.as_bytes());
    let signature = encode(signature);
    assert_eq!(
        signature,
        "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg"
    );
    let (ring, token) = (KeyRing::new(key), format!("{message}.{signature}"));
    assert_eq!(ring.verifying_keys().verify_jws(&token).unwrap().payload, b"Example of Ed25519 signing");
    // A JWS, but not a JWT.
    assert_eq!(ring.verify(&token).unwrap_err(), InvalidJws::NotClaims);
}

#[test]
fn an_independent_reader_verifies_every_algorithm() {
    for key in KEYS.iter() {
        let algorithm = key.algorithm();
        // A generated secret is never told: an independent reader needs one that is known.
        let known = [7; 64];
        let (independent, signer) = if let Some(jwk) = key.public_jwk() {
            (DecodingKey::from_jwk(&(&jwk).try_into().unwrap()).unwrap(), key.clone())
        } else {
            (DecodingKey::from_secret(&known), SigningKey::hmac(known, algorithm).unwrap())
        };
        let token = signer.jwt(JwtType::Jwt, &json!({"sub": "ada"}));
        let mut validation = Validation::new(algorithm.try_into().unwrap());
        validation.required_spec_claims.clear();
        validation.validate_exp = false;
        let read = jsonwebtoken::decode::<Value>(&token, &independent, &validation).unwrap();
        assert_eq!(read.claims["sub"], "ada", "{algorithm:?}");
        assert_eq!(read.header.typ.as_deref(), Some("JWT"));
        assert_eq!(read.header.kid.as_deref(), signer.kid());
    }
}

#[test]
fn we_verify_every_algorithm_of_an_independent_writer() {
    let der = |key: &SigningKey| pem::parse(key.to_pkcs8_pem().unwrap().expose()).unwrap().into_contents();
    // RFC 5958 puts 26 bytes before the RSAPrivateKey of RFC 8017.
    let rsa = jsonwebtoken::EncodingKey::from_rsa_der(&der(&SigningKey::from_jwk(RSA).unwrap())[26..]);
    let claims = json!({"sub": "ada"});
    for key in KEYS.iter().filter(|key| key.public_jwk().is_some()) {
        let algorithm = key.algorithm();
        let encoding = match algorithm {
            Algorithm::ES256 | Algorithm::ES384 => jsonwebtoken::EncodingKey::from_ec_der(&der(key)),
            Algorithm::EdDSA => jsonwebtoken::EncodingKey::from_ed_der(&der(key)),
            _ => rsa.clone(),
        };
        let header = jsonwebtoken::Header::new(algorithm.try_into().unwrap());
        let token = jsonwebtoken::encode(&header, &claims, &encoding).unwrap();
        assert_eq!(KeyRing::new(key.clone()).verify(&token).unwrap().claims["sub"], "ada", "{algorithm:?}");
    }
}

#[test]
fn section_3_1_what_is_not_a_compact_jws_is_malformed() {
    let ring = KeyRing::new(SigningKey::from_jwk(RSA).unwrap());
    let good = format!("eyJhbGciOiJSUzI1NiJ9.{PAYLOAD}.{RS256_SIGNATURE}");
    assert!(ring.verify(&good).is_ok());
    for bad in [
        String::new(),
        ".".into(),
        "..".into(),
        "...".into(),
        "a.b.c".into(),
        "é.é.é".into(),
        format!("eyJhbGciOiJSUzI1NiJ9.{PAYLOAD}"),
        format!("{good}."),
        format!(".{good}"),
        format!("{good}.{RS256_SIGNATURE}"),
        format!("{good}="),
        format!("{good} "),
        format!(" {good}"),
        good.replace('_', "/"),
        format!("{}.{PAYLOAD}.{RS256_SIGNATURE}", encode("[]")),
        format!("{}.{PAYLOAD}.{RS256_SIGNATURE}", encode("{}")),
        format!("{}.{PAYLOAD}.{RS256_SIGNATURE}", encode(r#"{"alg":7}"#)),
        // Section 4: names must be unique.
        format!("{}.{PAYLOAD}.{RS256_SIGNATURE}", encode(r#"{"alg":"none","alg":"RS256"}"#)),
    ] {
        assert_eq!(ring.verify(&bad).unwrap_err(), InvalidJws::Malformed, "{bad}");
    }
}

#[test]
fn rfc_8725_section_3_2_none_is_refused() {
    let ring = KeyRing::new(SigningKey::generate(Algorithm::ES256).unwrap());
    for signature in ["", "AAAA"] {
        let token = format!("{}.{PAYLOAD}.{signature}", encode(r#"{"alg":"none"}"#));
        assert_eq!(ring.verify(&token).unwrap_err(), InvalidJws::Unsecured);
    }
    for alg in ["None", "NONE", "nOnE", "", "HS1", "ES256K", "Ed448", "ML-DSA-65"] {
        let token = format!("{}.{PAYLOAD}.AAAA", encode(json!({"alg": alg}).to_string()));
        assert_eq!(ring.verify(&token).unwrap_err(), InvalidJws::UnsupportedAlgorithm, "{alg}");
    }
}

#[test]
fn rfc_8725_section_3_1_the_algorithm_is_the_keys_and_not_the_headers() {
    // The classic confusion: the public key, which everyone has, as an HMAC secret.
    let rsa = SigningKey::from_jwk(RSA).unwrap();
    let kid = rsa.kid().unwrap().to_owned();
    let jwk = serde_json::to_vec(&rsa.public_jwk().unwrap()).unwrap();
    let ring = KeyRing::new(rsa.clone());
    let attacker = SigningKey::hmac(&jwk, Algorithm::HS256).unwrap();
    let header = json!({"alg": "HS256", "kid": kid});
    assert_eq!(ring.verify(&forge(&attacker, &header, "{}")).unwrap_err(), InvalidJws::WrongAlgorithm);
    let header = json!({"alg": "HS256"});
    assert_eq!(ring.verify(&forge(&attacker, &header, "{}")).unwrap_err(), InvalidJws::UnknownKey);
    // The right key with an algorithm that is not its own.
    let pss = rsa.with_algorithm(Algorithm::PS256).unwrap();
    let header = json!({"alg": "PS256", "kid": kid});
    assert_eq!(ring.verify(&forge(&pss, &header, "{}")).unwrap_err(), InvalidJws::WrongAlgorithm);
    // And the header lying about it.
    let header = json!({"alg": "RS256", "kid": kid});
    assert_eq!(ring.verify(&forge(&pss, &header, "{}")).unwrap_err(), InvalidJws::BadSignature);
}

#[test]
fn section_4_1_11_a_critical_header_is_refused() {
    let key = SigningKey::generate(Algorithm::EdDSA).unwrap();
    for header in [
        json!({"alg": "EdDSA", "crit": ["exp"], "exp": 1}),
        json!({"alg": "EdDSA", "crit": ["b64"], "b64": false}),
        json!({"alg": "EdDSA", "crit": []}),
        json!({"alg": "EdDSA", "crit": null}),
    ] {
        let ring = KeyRing::new(key.clone());
        assert_eq!(ring.verify(&forge(&key, &header, "{}")).unwrap_err(), InvalidJws::Critical, "{header}");
    }
}

#[test]
fn sections_4_1_2_to_4_1_6_keys_in_the_header_are_ignored() {
    let (key, attacker) =
        (SigningKey::generate(Algorithm::ES256).unwrap(), SigningKey::generate(Algorithm::ES256).unwrap());
    let ring = KeyRing::new(key.clone());
    for member in ["jwk", "jku", "x5u", "x5c"] {
        let mut header = json!({"alg": "ES256"});
        header[member] = match member {
            "jwk" => serde_json::to_value(attacker.public_jwk().unwrap()).unwrap(),
            "x5c" => json!(["AAAA"]),
            _ => json!("https://attacker.example/keys"),
        };
        assert_eq!(
            ring.verify(&forge(&attacker, &header, "{}")).unwrap_err(),
            InvalidJws::BadSignature,
            "{member}"
        );
        assert!(ring.verify(&forge(&key, &header, "{}")).is_ok(), "{member}");
        header["kid"] = attacker.kid().unwrap().into();
        assert_eq!(
            ring.verify(&forge(&attacker, &header, "{}")).unwrap_err(),
            InvalidJws::UnknownKey,
            "{member}"
        );
    }
}

#[test]
fn the_kid_picks_the_key_of_a_ring() {
    let [old, new, next, stranger] = [Algorithm::ES256, Algorithm::ES256, Algorithm::EdDSA, Algorithm::ES256]
        .map(|a| SigningKey::generate(a).unwrap());
    let sign = |key: &SigningKey| key.jwt(JwtType::AccessToken, &json!({"by": key.kid()}));
    let ring = KeyRing::new(new.clone()).and_publish(old.clone()).unwrap().and_publish(next.clone()).unwrap();
    for key in [&old, &new, &next] {
        assert_eq!(ring.verify(&sign(key)).unwrap().kid.as_deref(), key.kid());
    }
    assert_eq!(ring.verify(&sign(&stranger)).unwrap_err(), InvalidJws::UnknownKey);
    // A published key needs no private half.
    let public = VerifyingKey::from_jwk(&old.public_jwk().unwrap()).unwrap();
    let ring = KeyRing::new(new.clone()).and_publish(public).unwrap();
    assert!(ring.verify(&sign(&old)).is_ok());
    // Without a kid, every key of the algorithm is tried.
    assert!(ring.verify(&forge(&old, &json!({"alg": "ES256"}), "{}")).is_ok());
    // A kid that is another key's does not help.
    let header = json!({"alg": "ES256", "kid": new.kid()});
    assert_eq!(ring.verify(&forge(&old, &header, "{}")).unwrap_err(), InvalidJws::BadSignature);
}

proptest! {
    #[test]
    fn the_parser_never_panics(token in any::<String>()) {
        let _ = KEYS_RING.verify(&token);
    }

    #[test]
    fn the_parser_never_panics_on_what_looks_like_a_jws(token in "[A-Za-z0-9_=+/-]{0,40}(\\.[A-Za-z0-9_-]{0,40}){0,4}") {
        prop_assert!(KEYS_RING.verify(&token).is_err());
    }

    #[test]
    fn no_changed_token_is_accepted(index in any::<prop::sample::Index>(), to in any::<char>(), key in 0usize..12) {
        let key = &KEYS[key];
        let token = key.jwt(JwtType::AccessToken, &json!({"sub": "ada", "exp": 1}));
        let ring = KeyRing::new(key.clone());
        prop_assert!(ring.verify(&token).is_ok());
        let mut changed: Vec<char> = token.chars().collect();
        *index.get_mut(&mut changed) = to;
        let changed: String = changed.into_iter().collect();
        prop_assume!(changed != token);
        prop_assert!(ring.verify(&changed).is_err());
    }

    #[test]
    fn no_cut_or_extended_token_is_accepted(cut in 1usize..40, tail in "[A-Za-z0-9_.-]{1,8}", key in 0usize..12) {
        let key = &KEYS[key];
        let token = key.jwt(JwtType::AccessToken, &json!({"sub": "ada"}));
        let ring = KeyRing::new(key.clone());
        prop_assert!(ring.verify(&token[..token.len() - cut]).is_err());
        prop_assert!(ring.verify(&token[cut..]).is_err());
        let (longer, shifted) = (format!("{token}{tail}"), format!("{tail}{token}"));
        prop_assert!(ring.verify(&longer).is_err());
        prop_assert!(ring.verify(&shifted).is_err());
    }
}

static KEYS_RING: LazyLock<KeyRing> = LazyLock::new(|| {
    KEYS.iter()
        .take(6)
        .skip(1)
        .fold(KeyRing::new(KEYS[0].clone()), |ring, key| ring.and_publish(key.clone()).unwrap())
});
