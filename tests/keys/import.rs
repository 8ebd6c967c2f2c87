//! Keys that were made elsewhere, by OpenSSL.

use std::process::Command;

use oauth_core::clock::Clock;
use oauth_core::keys::{KeyPolicy, KeyState, StoredKeys};
use oauth_core::prelude::*;
use oauth_core::store::KeyStore;

use crate::world::{A, DAY, Instance, active, es256, keks, open, over_every_store, states};

over_every_store! {
    a_key_of_openssl_signs_what_it_signed_before,
    an_imported_key_is_published_before_it_signs,
    a_key_is_imported_once,
}

/// A private key in PEM, as `openssl genpkey` writes it.
fn openssl(algorithm: &str, options: &[&str]) -> String {
    let options = options.iter().flat_map(|option| ["-pkeyopt", option]);
    let made =
        Command::new("openssl").args(["genpkey", "-algorithm", algorithm]).args(options).output().unwrap();
    assert!(made.status.success(), "{made:?}");
    String::from_utf8(made.stdout).unwrap()
}

fn p256() -> SigningKey {
    SigningKey::from_pem(openssl("EC", &["ec_paramgen_curve:P-256"])).unwrap()
}

/// The first of its algorithm signs at once, for verifiers know it from where it was.
async fn a_key_of_openssl_signs_what_it_signed_before<S: KeyStore + Clone + 'static>(
    [store, other, _]: [S; 3],
) {
    let clock = Clock::manual();
    let keys = [
        (Algorithm::RS256, openssl("RSA", &["rsa_keygen_bits:2048"])),
        (Algorithm::ES256, openssl("EC", &["ec_paramgen_curve:P-256"])),
        (Algorithm::EdDSA, openssl("ED25519", &[])),
    ];
    let policy = KeyPolicy::new(keys.iter().map(|(algorithm, _)| *algorithm)).clock(clock.clone());
    for (algorithm, pem) in &keys {
        let key = SigningKey::from_pem(pem).unwrap();
        assert_eq!(key.algorithm(), *algorithm);
        let from = StoredKeys::import(store.clone(), keks(A), policy.clone(), key).await.unwrap();
        assert_eq!(from, clock.now());
    }
    for stored in other.keys().await.unwrap() {
        assert!(!stored.sealed.contains("PRIVATE") && stored.kek == "a", "{stored:?}");
    }
    let opened = StoredKeys::open(other, keks(A), policy).await.unwrap();
    assert_eq!(opened.list().await.unwrap().len(), 3, "none was made beside them");
    for (algorithm, pem) in &keys {
        let before = SigningKey::from_pem(pem).unwrap();
        let ring = opened.ring(*algorithm).unwrap();
        let signed = oauth_core::jose::SigningKeys::active(&ring).sign(b"text").await.unwrap();
        assert!(before.verify(b"text", &signed), "{algorithm}");
        assert_eq!(oauth_core::jose::SigningKeys::active(&ring).kid(), before.kid(), "by its thumbprint");
    }
}

async fn an_imported_key_is_published_before_it_signs<S: KeyStore + Clone + 'static>([one, two, _]: [S; 3]) {
    let clock = Clock::manual();
    let instance = Instance::start(one, es256(&clock), &clock).await;
    let (first, key) = (active(&instance.keys), p256());
    let from = StoredKeys::import(two, keks(A), es256(&clock), key.clone()).await.unwrap();
    assert_eq!(from, clock.now() + DAY);
    instance.keys.reload().await.unwrap();
    assert_eq!(active(&instance.keys), first);
    let published = instance.published().await;
    assert!(published.iter().any(|published| published.kid() == key.kid()), "verifiers have it in time");
    clock.advance(DAY);
    assert_eq!(Some(active(&instance.keys).as_str()), key.kid());
    assert_eq!(states(&instance.keys).await, [KeyState::Retired, KeyState::Active]);
    let token = instance.token().await;
    assert_eq!(published.verify_jws(&token).unwrap().kid.as_deref(), key.kid());
}

async fn a_key_is_imported_once<S: KeyStore + Clone + 'static>([store, _, _]: [S; 3]) {
    let clock = Clock::manual();
    let key = p256();
    let import = async |key: SigningKey| StoredKeys::import(store.clone(), keks(A), es256(&clock), key).await;
    // Whatever it was called in a file: what is sealed is known by its thumbprint.
    import(key.clone().with_kid("of a file").unwrap()).await.unwrap();
    let again = import(key.clone()).await.unwrap_err();
    assert!(again.is_duplicate() && again.to_string().contains(key.kid().unwrap()), "{again}");
    let other = SigningKey::generate(Algorithm::ES384).unwrap();
    let other = import(other).await.unwrap_err();
    assert!(!other.is_duplicate() && other.to_string().contains("does not name ES384"), "{other}");
    let keys = open(store.clone(), &clock).await.unwrap();
    assert_eq!((states(&keys).await, active(&keys).as_str()), (vec![KeyState::Active], key.kid().unwrap()));
}
