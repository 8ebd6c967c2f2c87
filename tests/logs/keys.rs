//! Keys that instances share: neither in the log, nor in `Debug`, nor in the file of the store.

use oauth_core::jose::SigningKeys as _;
use oauth_core::keys::{Keks, KeyPolicy, StoredKeys};
use oauth_core::prelude::*;
use oauth_core::store::KeyStore as _;

use crate::Log;

const A: &str = "a:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const B: &str = "b:8PHy8/T19vf4+fr7/P3+/+Dh4uPk5ebn6Onq6+zt7u8=";

#[tokio::test]
async fn no_key_is_in_a_log_in_debug_or_in_the_file() {
    let log = Log::started();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("oauth.db");
    let store = SqliteStore::open(&file).await.unwrap();
    let (old, both) = (|| Keks::parse(A).unwrap(), || Keks::parse(&format!("{B},{A}")).unwrap());
    let policy = || KeyPolicy::new([Algorithm::ES256]);
    let keys = StoredKeys::open(store.clone(), old(), policy()).await.unwrap();
    keys.rotate(Algorithm::ES256).await.unwrap();
    let pairwise = keys.pairwise_key().await.unwrap();
    let changing = StoredKeys::open(store.clone(), both(), policy()).await.unwrap();
    changing.rewrap().await.unwrap();
    let first = keys.ring(Algorithm::ES256).unwrap().active();
    keys.revoke(first.kid().unwrap()).await.unwrap();
    let refused = StoredKeys::open(store.clone(), old(), policy()).await.unwrap_err();
    tracing::error!(?refused, "as a program does");
    let stored = store.keys().await.unwrap();
    let debug = format!("{keys:?} {:?} {:?} {stored:?} {pairwise:?}", both(), policy());
    store.close().await;

    let logged = log.text();
    for event in ["key.created", "key.rewrapped", "key.revoked"] {
        assert!(logged.contains(event), "{event}: {logged}");
    }
    let content = std::fs::read(&file).unwrap();
    let file = String::from_utf8_lossy(&content);
    for text in [&logged, &debug, &*file] {
        for secret in ["PRIVATE KEY", &A[2..20], &B[2..20]] {
            assert!(!text.contains(secret), "{secret}");
        }
    }
    for key in stored {
        assert!(file.contains(&key.sealed) && !logged.contains(&key.sealed) && !debug.contains(&key.sealed));
    }
}
