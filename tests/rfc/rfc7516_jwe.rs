//! RFC 7516 (JWE) with the algorithms of RFC 7518 §4 and §5: the published examples, every pair of algorithms, keys in
//! every form, and what a recipient must refuse.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth_core::jose::{
    Algorithm, ContentEncryption, DecryptionKey, EncryptionKey, InvalidJwe, InvalidKey, JwtType,
    KeyManagement, KeyRing, SigningKey,
};
use oauth_tests::{ReadJwt as _, SignNow as _};
use proptest::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::LazyLock;

macro_rules! pem {
    ($name:literal) => {
        include_str!(concat!("keys/", $name, ".pem"))
    };
}

#[derive(Deserialize)]
struct Vector {
    name: String,
    key: Value,
    enc: String,
    plaintext: String,
    jwe: String,
}

static VECTORS: LazyLock<Vec<Vector>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../oauth-core/src/jose/jwe/vectors.json")).unwrap()
});

/// A key of each kind, made once a run. RSA is slow to generate.
static KEYS: LazyLock<Vec<DecryptionKey>> = LazyLock::new(|| {
    KeyManagement::ALL.map(|alg| DecryptionKey::generate(alg, ContentEncryption::default()).unwrap()).into()
});

fn key(alg: KeyManagement) -> DecryptionKey {
    KEYS.iter().find(|key| key.encryption_key().alg() == alg).unwrap().clone()
}

fn encode(text: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(text)
}

fn header(jwe: &str) -> Value {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(jwe.split('.').next().unwrap()).unwrap()).unwrap()
}

/// The JWE with one part replaced by what `change` makes of it.
fn with_part(jwe: &str, index: usize, change: impl FnOnce(&str) -> String) -> String {
    let mut parts: Vec<String> = jwe.split('.').map(str::to_owned).collect();
    parts[index] = change(&parts[index]);
    parts.join(".")
}

/// The JWE with members of its header replaced.
fn with_header(jwe: &str, change: impl FnOnce(&mut Value)) -> String {
    let mut header = header(jwe);
    change(&mut header);
    with_part(jwe, 0, |_| encode(header.to_string()))
}

fn assert_refused(key: &DecryptionKey, jwe: &str, why: &str) {
    assert_eq!(key.decrypt(jwe).unwrap_err(), InvalidJwe, "{why}");
}

#[test]
fn appendix_a_and_rfc_7520_section_5() {
    for vector in VECTORS.iter() {
        let enc = ContentEncryption::from_name(&vector.enc).unwrap();
        let key = DecryptionKey::from_jwk(&vector.key.to_string()).unwrap().with_enc(enc).unwrap();
        let decrypted = key.decrypt(&vector.jwe).unwrap_or_else(|_| panic!("{}", vector.name));
        assert_eq!(decrypted.plaintext(), vector.plaintext.as_bytes(), "{}", vector.name);
        assert_eq!((decrypted.typ, decrypted.cty), (None, None), "{}", vector.name);
    }
    assert_eq!(VECTORS.len(), 5);
}

/// Wycheproof's `json_web_encryption_test`, the group `jwe_aes`: what others encrypted, and what became of it on the way.
#[test]
fn wycheproof_json_web_encryption() {
    let jwk = r#"{"alg":"A256KW","use":"enc","k":"W1vBUI1-5HARc-qyT8hcYBt6q9sFNsztBrhlbl9W2CA","kid":"kid-aes-encrypt","kty":"oct"}"#;
    let key = |enc| DecryptionKey::from_jwk(jwk).unwrap().with_enc(enc).unwrap();
    for (enc, jwe) in [
        (
            ContentEncryption::A256CbcHs512,
            "eyJhbGciOiJBMjU2S1ciLCJraWQiOiJraWQtYWVzLWVuY3J5cHQiLCJlbmMiOiJBMjU2Q0JDLUhTNTEyIn0.LuAAkW6Y609GBgbxDM5V-es3SUNL-rdFVhFNIrLpe1o0f2ldS6sI1SGftpRSmy1PFW58DJaRPwVE7mGsChY6x68-GZB4T1-r.La_y01ijrXjd1d4sY761og.8QQpwqfEv-4h80BWn40xaw.f6dsHvd-MIqQAyu5D6-ZdptbF0ettEHFGcAvmNgu7jo",
        ),
        (
            ContentEncryption::A128GCM,
            "eyJhbGciOiJBMjU2S1ciLCJlbmMiOiJBMTI4R0NNIn0.vFtNypyvyX3ZUuXZuWdq-oz0LrxFWccH.aleRxWxKrolqgOBo.TzV5.EdgzybAq-mZDpIYHwadHQQ",
        ),
        (
            ContentEncryption::A256GCM,
            "eyJhbGciOiJBMjU2S1ciLCJlbmMiOiJBMjU2R0NNIn0.0uzdircIKEX1LKM-NK5jyBQ0c5WW4tBZCwI3B6X07fSB67IX7h9SIw._dL_tfX7vZyBAnYz._NcT.MY4RukMeEmU1VlcJ1i7Q4w",
        ),
        (
            ContentEncryption::A128CbcHs256,
            "eyJhbGciOiJBMjU2S1ciLCJlbmMiOiJBMTI4Q0JDLUhTMjU2In0.E8XL6pJH51lP5zb1SYY2e6Ts0HYrFbhsnmO2U0VwDSLzv7126DKWWg.07ksphdvWx7tdtZlQeUtGA.qQ2dpKFp0tXEOT9HsnE_iA.VGNY8taHff7iCOpoBNa41g",
        ),
        (
            ContentEncryption::A256CbcHs512,
            "eyJhbGciOiJBMjU2S1ciLCJlbmMiOiJBMjU2Q0JDLUhTNTEyIn0.Zb7Z8u44_Nnd9SQKxi6BPsP7yPCzWFLGTDuyUM46AETtmtTarKAHBLKO1ZThz70T9yymfn7JosxoQg5oOc53spAhsEqbPSNG.ZAmMwpq3EcAAgdgQUJHRjQ.AnAwPVfCW_tnBg1BUyjW7Q.FHOq5MaCidCukksGL3VPWdS2yp98pXVxfMY_MTw2Djw",
        ),
    ] {
        let key = key(enc);
        assert_eq!(key.decrypt(jwe).unwrap().plaintext(), b"foo", "{enc}");
        for part in 0..5 {
            let text = jwe.split('.').nth(part).unwrap();
            let first = |text: &str| if text.starts_with('X') { "Y" } else { "X" };
            assert_refused(
                &key,
                &with_part(jwe, part, |text| format!("{}{}", first(text), &text[1..])),
                "modified",
            );
            assert_refused(&key, &with_part(jwe, part, |text| format!("{text}AAAA")), "too long");
            assert_refused(&key, &with_part(jwe, part, |_| String::new()), "missing");
            let without: Vec<_> = jwe.split('.').enumerate().filter(|(at, _)| *at != part).collect();
            let without: Vec<_> = without.into_iter().map(|(_, part)| part).collect();
            assert_refused(&key, &without.join("."), "missing with its separator");
            let bytes = URL_SAFE_NO_PAD.decode(text).unwrap();
            for cut in [1, 4, 8].into_iter().filter(|cut| *cut < bytes.len()) {
                let cut = encode(&bytes[..bytes.len() - cut]);
                assert_refused(&key, &with_part(jwe, part, |_| cut), "truncated");
            }
        }
    }
}

#[test]
fn every_pair_of_algorithms_encrypts_and_decrypts() {
    for alg in KeyManagement::ALL {
        for enc in ContentEncryption::ALL {
            let key = match alg {
                KeyManagement::Dir => DecryptionKey::generate(alg, enc).unwrap(),
                alg => key(alg).with_enc(enc).unwrap(),
            };
            for text in [&b""[..], b"x", &[7; 15], &[7; 16], &[7; 1000]] {
                let (one, two) = (
                    key.encryption_key().encrypt(text).unwrap(),
                    key.encryption_key().encrypt(text).unwrap(),
                );
                assert_eq!(key.decrypt(&one).unwrap().plaintext(), text, "{alg} {enc}");
                // A fresh key or vector each time, so that equal texts do not look equal; of a byte or none, there are few.
                for part in 2..5 {
                    let part = |jwe: &str| jwe.split('.').nth(part).unwrap().to_owned();
                    assert!(text.len() < 7 || part(&one) != part(&two), "{alg} {enc}");
                }
                let header = header(&one);
                assert_eq!((&header["alg"], &header["enc"]), (&json!(alg.as_str()), &json!(enc.as_str())));
                assert_eq!(header["kid"].as_str(), key.encryption_key().kid());
            }
        }
    }
}

#[test]
fn rfc_7518_section_4_6_agreement_on_each_curve() {
    let p384 = SigningKey::generate(Algorithm::ES384).unwrap().to_pkcs8_pem().unwrap();
    for (pem, curve) in [
        (pem!("p256.pkcs8"), "P-256"),
        (pem!("p256.sec1"), "P-256"),
        (p384.expose(), "P-384"),
        (pem!("p521.pkcs8"), "P-521"),
        (pem!("p521.sec1"), "P-521"),
    ] {
        let key = DecryptionKey::from_pem(pem).unwrap();
        assert_eq!(key.encryption_key().alg(), KeyManagement::EcdhEsA256KW);
        let jwe = key.encryption_key().encrypt(b"text").unwrap();
        assert_eq!(header(&jwe)["epk"]["crv"], curve);
        assert!(header(&jwe)["epk"].get("d").is_none());
        assert_eq!(key.decrypt(&jwe).unwrap().plaintext(), b"text");
        // Each message has its own ephemeral key.
        let other = key.encryption_key().encrypt(b"text").unwrap();
        assert_ne!(header(&jwe)["epk"]["x"], header(&other)["epk"]["x"]);
    }
}

#[test]
fn rfc_7519_section_11_2_a_nested_jwt_is_signed_and_then_encrypted() {
    let signing = SigningKey::generate(Algorithm::ES256).unwrap();
    let key = key(KeyManagement::EcdhEsA256KW);
    let jwt = signing.jwt(JwtType::AccessToken, &json!({"sub": "alice"}));
    let jwe = key.encryption_key().encrypt_jwt(JwtType::AccessToken, &jwt).unwrap();
    assert_eq!((&header(&jwe)["cty"], &header(&jwe)["typ"]), (&json!("JWT"), &json!("at+jwt")));
    let inner = key.decrypt_jwt(&jwe).unwrap();
    assert_eq!(inner.expose(), jwt);
    assert_eq!(KeyRing::new(signing).verify(inner.expose()).unwrap().claims["sub"], "alice");
    // Anything else that was encrypted to the key is not taken for one.
    let text = key.encryption_key().encrypt(jwt.as_bytes()).unwrap();
    assert!(key.decrypt(&text).is_ok());
    assert_eq!(key.decrypt_jwt(&text).unwrap_err(), InvalidJwe);
}

#[test]
fn rfc_8725_section_3_1_alg_and_enc_are_the_keys() {
    let key = key(KeyManagement::A256KW);
    let secret = json!({"kty": "oct", "k": "W1vBUI1-5HARc-qyT8hcYBt6q9sFNsztBrhlbl9W2CA"});
    let with_alg = |alg: &str| {
        let mut jwk = secret.clone();
        jwk["alg"] = alg.into();
        DecryptionKey::from_jwk(&jwk.to_string()).unwrap()
    };
    // One secret fits `dir` with either, and `A256KW`: what it decrypts is what its owner said, and no more.
    let keys = [with_alg("A256GCM"), with_alg("A128CBC-HS256"), with_alg("A256KW")];
    for (index, sender) in keys.iter().enumerate() {
        let jwe = sender.encryption_key().encrypt(b"text").unwrap();
        for (other, recipient) in keys.iter().enumerate() {
            assert_eq!(recipient.decrypt(&jwe).is_ok(), index == other, "{sender:?} {recipient:?}");
        }
    }
    let jwe = key.encryption_key().encrypt(b"text").unwrap();
    assert_refused(&key.clone().with_enc(ContentEncryption::A128CbcHs256).unwrap(), &jwe, "another enc");
    for alg in ["dir", "RSA1_5", "RSA-OAEP", "none", "PBES2-HS256+A128KW", "a256kw", ""] {
        assert_refused(&key, &with_header(&jwe, |header| header["alg"] = alg.into()), alg);
    }
}

#[test]
fn rfc_7516_section_11_5_every_refusal_is_the_same() {
    for key in KEYS.iter() {
        let alg = key.encryption_key().alg();
        let jwe = key.encryption_key().encrypt(b"some text of more than one block").unwrap();
        for index in 0..5 {
            // Every bit of every part counts.
            let part = jwe.split('.').nth(index).unwrap();
            for position in 0..URL_SAFE_NO_PAD.decode(part).unwrap().len() {
                let changed = with_part(&jwe, index, |part| {
                    let mut bytes = URL_SAFE_NO_PAD.decode(part).unwrap();
                    bytes[position] ^= 1;
                    encode(bytes)
                });
                assert_refused(key, &changed, &format!("{alg}: byte {position} of part {index}"));
            }
            assert_refused(key, &with_part(&jwe, index, |part| format!("{part}AAAA")), "longer");
            assert_refused(key, &with_part(&jwe, index, |part| format!("{part}=")), "padded");
            if !part.is_empty() {
                assert_refused(key, &with_part(&jwe, index, |_| String::new()), "missing");
                assert_refused(key, &with_part(&jwe, index, |part| part[..part.len() - 1].to_owned()), "cut");
            }
        }
        let four = jwe.rsplit_once('.').unwrap().0;
        for other in
            ["", ".", "....", four, &format!("{jwe}."), &format!("{jwe}.AA"), &format!(" {jwe}"), "{}"]
        {
            assert_refused(key, other, other);
        }
    }
}

#[test]
fn rfc_7516_section_4_1_13_extensions_and_compression_are_refused() {
    let key = key(KeyManagement::A256KW);
    let jwe = key.encryption_key().encrypt(b"text").unwrap();
    for (name, value) in [
        ("crit", json!(["exp"])),
        ("crit", json!([])),
        ("crit", Value::Null),
        ("zip", json!("DEF")),
        ("zip", Value::Null),
    ] {
        assert_refused(&key, &with_header(&jwe, |header| header[name] = value.clone()), name);
    }
    let twice = with_part(&jwe, 0, |_| encode(r#"{"alg":"A256KW","enc":"A256GCM","alg":"A256KW"}"#));
    assert_refused(&key, &twice, "a repeated member (§4)");
}

/// The header is authenticated, so these need a sender who is an attacker: anybody may encrypt to a public key.
#[test]
fn invalid_curve_points_are_refused() {
    let key = key(KeyManagement::EcdhEsA256KW);
    let jwe = key.encryption_key().encrypt(b"text").unwrap();
    let coordinates = |x: &str, y: &str| {
        with_header(&jwe, |header| {
            header["epk"]["x"] = x.into();
            header["epk"]["y"] = y.into();
        })
    };
    let zero = encode([0; 32]);
    let mut off = [0; 32];
    off[31] = 1;
    for (x, y, why) in [
        (zero.as_str(), zero.as_str(), "the origin"),
        (&zero, &encode(off), "off the curve"),
        (&encode([0xFF; 32]), &encode([0xFF; 32]), "not in the field"),
        (&encode([1; 31]), &encode([1; 32]), "too short"),
        (&encode([1; 48]), &encode([1; 48]), "too long"),
        ("", "", "empty"),
    ] {
        assert_refused(&key, &coordinates(x, y), why);
    }
    for (member, value) in [("crv", "P-384"), ("crv", "secp256k1"), ("kty", "OKP"), ("kty", "oct")] {
        assert_refused(&key, &with_header(&jwe, |header| header["epk"][member] = value.into()), value);
    }
    let without = with_header(&jwe, |header| {
        header.as_object_mut().unwrap().remove("epk");
    });
    assert_refused(&key, &without, "no ephemeral key");
}

#[test]
fn another_recipients_token_is_refused() {
    for alg in [KeyManagement::A256KW, KeyManagement::EcdhEs, KeyManagement::RsaOaep256, KeyManagement::Dir] {
        let other = DecryptionKey::generate(alg, ContentEncryption::default()).unwrap();
        let jwe = other.encryption_key().encrypt(b"text").unwrap();
        assert_refused(&key(alg), &jwe, "another key");
        let named = other.clone().with_kid("other").unwrap();
        assert_refused(
            &named,
            &key(alg).encryption_key().clone().with_kid("k").unwrap().encrypt(b"").unwrap(),
            "kid",
        );
    }
}

#[test]
fn a_token_has_a_largest_size() {
    let key = key(KeyManagement::A256KW);
    let error = key.encryption_key().encrypt(&vec![0; 64 * 1024]).unwrap_err();
    assert_eq!(error.code(), oauth_core::error::ErrorCode::ServerError);
    assert_refused(&key, &format!("{}.", "A".repeat(65 * 1024)), "too large");
}

#[test]
fn public_keys_in_every_form() {
    for pem in [pem!("rsa2048.pkcs8"), pem!("rsa2048.pkcs1"), pem!("p256.pkcs8"), pem!("p521.sec1")] {
        let key = DecryptionKey::from_pem(pem).unwrap();
        let jwk = serde_json::to_value(key.encryption_key().public_jwk()).unwrap();
        assert_eq!(jwk["use"], "enc");
        for private in ["d", "p", "q", "dp", "dq", "qi", "k"] {
            assert!(jwk.get(private).is_none(), "{private}");
        }
        let published = EncryptionKey::from_jwk(&jwk.to_string()).unwrap();
        assert_eq!(published.kid(), key.encryption_key().kid());
        assert_eq!(key.decrypt(&published.encrypt(b"text").unwrap()).unwrap().plaintext(), b"text");
        // Kept, it is the same key.
        let kept = DecryptionKey::from_pem(key.to_pkcs8_pem().unwrap().expose()).unwrap();
        assert_eq!(kept.decrypt(&published.encrypt(b"text").unwrap()).unwrap().plaintext(), b"text");
    }
    let public = EncryptionKey::from_pem(pem!("p256.public")).unwrap();
    let private = DecryptionKey::from_pem(pem!("p256.pkcs8")).unwrap();
    assert_eq!(public.kid(), private.encryption_key().kid());
    assert_eq!(private.decrypt(&public.encrypt(b"text").unwrap()).unwrap().plaintext(), b"text");
}

#[test]
fn unusable_keys_are_one_clear_message() {
    fn says<T: std::fmt::Debug>(result: Result<T, InvalidKey>, says: &str) {
        let message = result.unwrap_err().to_string();
        assert!(message.contains(says), "{message}");
    }
    use ContentEncryption::{A128GCM, A256CbcHs512, A256GCM};
    use KeyManagement::{A128KW, A256KW, Dir, EcdhEs, RsaOaep256};
    says(DecryptionKey::from_pem(pem!("rsa1024.pkcs8")), "fewer than 2048 bits");
    says(DecryptionKey::from_pem(pem!("ed25519")), "use RSA, P-256, P-384 or P-521");
    says(DecryptionKey::from_pem(pem!("p256.public")), "a public key, which cannot decrypt");
    says(EncryptionKey::from_pem(pem!("p256.pkcs8")), "`openssl pkey -in key.pem -pubout`");
    says(EncryptionKey::from_pem(pem!("p256.certificate")), "one public key");
    says(EncryptionKey::secret([0; 16], A256KW, A256GCM), "has 16 bytes, and A256KW needs exactly 32");
    says(EncryptionKey::secret([0; 32], A128KW, A256GCM), "A128KW needs exactly 16");
    says(EncryptionKey::secret([0; 32], Dir, A256CbcHs512), "dir and A256CBC-HS512 needs exactly 64");
    says(EncryptionKey::secret([0; 32], RsaOaep256, A256GCM), "a secret does not encrypt with RSA-OAEP-256");
    says(
        key(RsaOaep256).with_alg(EcdhEs),
        "an RSA key does not encrypt with ECDH-ES, only with RSA-OAEP-256",
    );
    says(key(EcdhEs).with_alg(A256KW), "an EC key does not encrypt with A256KW");
    says(key(Dir).with_enc(A128GCM), "dir and A128GCM needs exactly 16");
    says(key(Dir).with_kid(""), "the kid is empty");
    says(key(Dir).to_pkcs8_pem(), "keep the secret itself");
    let rsa: Value = serde_json::from_str(crate::rfc7515_jws::RSA).unwrap();
    let ec: Value = serde_json::from_str(crate::rfc7515_jws::EC).unwrap();
    let with = |jwk: &Value, name: &str, value: Value| {
        let mut jwk = jwk.clone();
        jwk[name] = value;
        DecryptionKey::from_jwk(&jwk.to_string())
    };
    assert!(with(&rsa, "use", json!("enc")).is_ok() && with(&ec, "use", json!("enc")).is_ok());
    says(with(&rsa, "use", json!("sig")), "`use` is not `enc`");
    says(with(&rsa, "key_ops", json!(["sign"])), "`key_ops` lacks `decrypt`");
    says(with(&rsa, "alg", json!("RSA1_5")), "RFC 8725 §3.2 forbids");
    says(with(&rsa, "alg", json!("RS256")), "`alg` `RS256` is not supported for encryption");
    says(with(&rsa, "alg", json!("ECDH-ES")), "an RSA key does not encrypt with ECDH-ES");
    says(with(&rsa, "d", Value::Null), "which cannot decrypt");
    says(with(&ec, "x", json!("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEQ")), "are not one P-256 key");
    says(with(&ec, "crv", json!("secp256k1")), "use P-256, P-384 or P-521");
    says(with(&ec, "kty", json!("OKP")), "use RSA, EC or oct");
    let secret = r#"{"kty":"oct","k":"W1vBUI1-5HARc-qyT8hcYBt6q9sFNsztBrhlbl9W2CA"}"#;
    says(DecryptionKey::from_jwk(secret), "add `\"alg\":\"A256KW\"`");
    let point = EncryptionKey::from_jwk(
        r#"{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"}"#,
    );
    says(point, "not a point of P-256");
}

#[test]
fn debug_shows_no_secret() {
    let secret = "W1vBUI1-5HARc-qyT8hcYBt6q9sFNsztBrhlbl9W2CA";
    let key =
        DecryptionKey::from_jwk(&format!(r#"{{"kty":"oct","alg":"A256KW","kid":"k1","k":"{secret}"}}"#))
            .unwrap();
    let shown = format!("{key:?} {:?}", key.encryption_key());
    assert!(shown.contains("A256KW") && shown.contains("k1"));
    assert!(!shown.contains("91, 91") && !shown.contains(secret));
    let decrypted = key.decrypt(&key.encryption_key().encrypt(b"hidden").unwrap()).unwrap();
    assert!(!format!("{decrypted:?}").contains("104"));
}

proptest! {
    /// Whatever arrives, it is refused and nothing worse.
    #[test]
    fn garbage_is_refused(text in "[A-Za-z0-9_.-]{0,200}", json in "\\PC{0,60}") {
        let key = key(KeyManagement::EcdhEsA256KW);
        prop_assert!(key.decrypt(&text).is_err());
        let with_header = format!("{}.{text}", encode(json));
        prop_assert!(key.decrypt(&with_header).is_err());
    }

    #[test]
    fn what_is_encrypted_is_decrypted(text in proptest::collection::vec(any::<u8>(), 0..300)) {
        for alg in [KeyManagement::Dir, KeyManagement::A256KW] {
            let key = key(alg);
            let jwe = key.encryption_key().encrypt(&text).unwrap();
            let decrypted = key.decrypt(&jwe).unwrap();
            prop_assert_eq!(decrypted.plaintext(), &text[..]);
        }
    }
}
