//! Nested JWTs of every `alg` with every `enc`: `jwcrypto` reads ours, and we read its.

use std::io::Write as _;
use std::process::Stdio;

use oauth_core::jose::JwtType;
use oauth_core::prelude::*;
use oauth_tests::{ReadJwt as _, SignNow as _};
use serde_json::{Value, json};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// A recipient's key, and how Python gets it.
struct Recipient {
    key: DecryptionKey,
    exported: Value,
}

impl Recipient {
    fn from_pem(pem: &str) -> Self {
        Self { key: DecryptionKey::from_pem(pem).unwrap(), exported: json!({ "pem": pem }) }
    }

    fn secret(alg: KeyManagement, enc: ContentEncryption) -> Self {
        let len = match alg {
            KeyManagement::A128KW => 16,
            KeyManagement::A256KW => 32,
            _ => enc.key_len(),
        };
        let secret =
            &[SecretString::random().hash().as_bytes().as_slice(), SecretString::random().hash().as_bytes()]
                .concat()[..len];
        let exported = json!({"kty": "oct", "k": URL_SAFE_NO_PAD.encode(secret)});
        Self { key: DecryptionKey::secret(secret, alg, enc).unwrap(), exported }
    }
}

fn recipients(alg: KeyManagement, enc: ContentEncryption) -> Vec<Recipient> {
    let pems: &[&str] = match alg {
        KeyManagement::RsaOaep256 => &[include_str!("../rfc/keys/rsa2048.pkcs8.pem")],
        KeyManagement::EcdhEs | KeyManagement::EcdhEsA128KW | KeyManagement::EcdhEsA256KW => &[
            include_str!("../rfc/keys/p256.pkcs8.pem"),
            include_str!("../rfc/keys/p384.sec1.pem"),
            include_str!("../rfc/keys/p521.pkcs8.pem"),
        ],
        _ => return vec![Recipient::secret(alg, enc)],
    };
    let mut recipients: Vec<_> = pems.iter().map(|pem| Recipient::from_pem(pem)).collect();
    for recipient in &mut recipients {
        recipient.key = recipient.key.clone().with_alg(alg).unwrap().with_enc(enc).unwrap();
    }
    recipients
}

#[test]
fn jwcrypto_reads_our_tokens_and_we_read_its() {
    let signer = SigningKey::generate(Algorithm::ES256).unwrap();
    let keys = KeyRing::new(signer.clone());
    let claims = json!({"sub": "alice", "text": "größer"});
    let mut exchanges = Vec::new();
    for alg in KeyManagement::ALL {
        for enc in ContentEncryption::ALL {
            for recipient in recipients(alg, enc) {
                let jwt = signer.jwt(JwtType::AccessToken, &claims);
                let token = recipient.key.encryption_key().encrypt_jwt(JwtType::AccessToken, &jwt).unwrap();
                let exchange = json!({
                    "alg": alg.as_str(),
                    "enc": enc.as_str(),
                    "recipient": recipient.exported,
                    "signer": {"pem": signer.to_pkcs8_pem().unwrap().expose()},
                    "token": token,
                    "claims": claims,
                });
                exchanges.push((recipient, exchange));
            }
        }
    }
    assert_eq!(exchanges.len(), 4 * (3 + 1 + 3 * 3));
    let answers = jwcrypto(&exchanges.iter().map(|(_, exchange)| exchange).collect::<Vec<_>>());
    for ((recipient, exchange), answer) in exchanges.iter().zip(answers.as_array().unwrap()) {
        let name = format!("{} {}", exchange["alg"], exchange["enc"]);
        assert_eq!(answer["claims"], claims, "{name}");
        let outer = &answer["headers"]["outer"];
        assert_eq!((&outer["alg"], &outer["enc"]), (&exchange["alg"], &exchange["enc"]));
        assert_eq!((&outer["cty"], &answer["headers"]["inner"]["typ"]), (&json!("JWT"), &json!("at+jwt")));
        let inner = recipient.key.decrypt_jwt(answer["token"].as_str().unwrap());
        let inner = inner.unwrap_or_else(|cause| panic!("{name}: {cause}"));
        assert_eq!(Value::Object(keys.verify(inner.expose()).unwrap().claims), claims, "{name}");
    }
}

fn jwcrypto(exchanges: &[&Value]) -> Value {
    let mut python = oauth_tests::python()
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/interop/jose.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    python.stdin.take().unwrap().write_all(json!(exchanges).to_string().as_bytes()).unwrap();
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success(), "jwcrypto refused one of ours: what it says is above");
    serde_json::from_slice(&output.stdout).unwrap()
}
