//! A key that never leaves a PKCS#11 token: SoftHSM, which Debian has as `softhsm2`.

use std::process::Command;

use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::mechanism::Mechanism;
use cryptoki::object::{Attribute, AttributeType, ObjectHandle};
use cryptoki::session::{Session, UserType};
use cryptoki::types::AuthPin;
use oauth_core::jose::{Jwk, Signer};
use oauth_core::prelude::*;
use serde_json::json;
use std::sync::{Arc, Mutex};
use tokio::task::{JoinSet, spawn_blocking};

use crate::world::Served;

const MODULE: &str = "/usr/lib/softhsm/libsofthsm2.so";
const CONFIGURATION: &str = "SOFTHSM2_CONF";
/// `prime256v1`, as an ASN.1 object identifier.
const P256: [u8; 10] = [0x06, 0x08, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07];

/// A key of a token.
struct Pkcs11Key {
    /// One operation at a time (PKCS #11 §5.1).
    session: Arc<Mutex<Session>>,
    private: ObjectHandle,
    public: Jwk,
}

impl Pkcs11Key {
    /// Makes a token, and in it a key that cannot be read.
    fn generate() -> cryptoki::error::Result<Self> {
        let pkcs11 = Pkcs11::new(MODULE)?;
        pkcs11.initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK))?;
        let slot = pkcs11.get_slots_with_token()?[0];
        let pin = AuthPin::new("1234".into());
        pkcs11.init_token(slot, &pin, "oauth")?;
        let session = pkcs11.open_rw_session(slot)?;
        session.login(UserType::So, Some(&pin))?;
        session.init_pin(&pin)?;
        session.logout()?;
        session.login(UserType::User, Some(&pin))?;
        let (public, private) = session.generate_key_pair(
            &Mechanism::EccKeyPairGen,
            &[Attribute::Token(true), Attribute::Verify(true), Attribute::EcParams(P256.to_vec())],
            &[
                Attribute::Token(true),
                Attribute::Sign(true),
                Attribute::Sensitive(true),
                Attribute::Extractable(false),
            ],
        )?;
        let attributes = session.get_attributes(public, &[AttributeType::EcPoint])?;
        let [Attribute::EcPoint(point)] = &attributes[..] else { panic!("it has a point") };
        // An ASN.1 octet string: 0x04, the length; in it 0x04, x, y.
        let (x, y) = point[3..].split_at(32);
        let encode = |coordinate: &[u8]| URL_SAFE_NO_PAD.encode(coordinate);
        let public = json!({"kty": "EC", "crv": "P-256", "alg": "ES256", "x": encode(x), "y": encode(y)});
        let public = serde_json::from_value(public).unwrap();
        Ok(Self { session: Arc::new(Mutex::new(session)), private, public })
    }
}

impl Signer for Pkcs11Key {
    fn public_jwk(&self) -> Jwk {
        self.public.clone()
    }

    async fn sign(&self, message: &[u8]) -> Result<Vec<u8>> {
        let (session, private) = (Arc::clone(&self.session), self.private);
        let hash = digest::digest(&digest::SHA256, message);
        // Of ECDSA, PKCS #11 gives the two integers side by side, as RFC 7518 §3.4 has them.
        Ok(spawn_blocking(move || session.lock().unwrap().sign(&Mechanism::Ecdsa, private, hash.as_ref()))
            .await??)
    }
}

/// The library reads where its tokens are from the environment, once: another process has one of its own.
#[test]
fn a_key_in_an_hsm_signs_the_access_tokens_of_a_server() {
    let folder = tempfile::tempdir().unwrap();
    let (tokens, file) = (folder.path().join("tokens"), folder.path().join("softhsm2.conf"));
    std::fs::create_dir(&tokens).unwrap();
    std::fs::write(&file, format!("directories.tokendir = {}\n", tokens.display())).unwrap();
    // No longer than any machine takes.
    let itself = Command::new("timeout")
        .arg("300")
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", "hsm::in_a_process_of_its_own", "--ignored", "--nocapture"])
        .env(CONFIGURATION, &file)
        .output()
        .unwrap();
    let (output, errors) = (String::from_utf8_lossy(&itself.stdout), String::from_utf8_lossy(&itself.stderr));
    assert!(itself.status.success() && output.contains("1 passed"), "{output}{errors}");
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "run by the test above, with a token of its own"]
async fn in_a_process_of_its_own() {
    assert!(std::env::var_os(CONFIGURATION).is_some());
    let key = SigningKey::remote(Pkcs11Key::generate().unwrap()).unwrap();
    assert!(key.to_pkcs8_pem().is_err());
    let served = Arc::new(Served::start(KeyRing::new(key.clone())).await);
    let mut tasks = JoinSet::new();
    for _ in 0..40 {
        let served = Arc::clone(&served);
        tasks.spawn(async move { served.token().await });
    }
    let published = served.published().await;
    for token in tasks.join_all().await {
        let jws = published.verify_jws(&token).unwrap();
        assert_eq!((jws.kid.as_deref(), jws.typ.as_deref()), (key.kid(), Some("at+jwt")));
    }
}
