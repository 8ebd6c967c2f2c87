//! Role `keys`.

use crate::conformance::store::races::at_once;
use crate::conformance::store::records::{after, now};
use crate::store::{KeyStore, StoredKey};

fn key(kid: &str, purpose: &str, generation: u32) -> StoredKey {
    StoredKey {
        kid: kid.to_owned(),
        purpose: purpose.to_owned(),
        generation,
        sign_from: now(),
        sign_until: after(now(), 600),
        publish_until: after(now(), 900),
        kek: "a".to_owned(),
        sealed: format!("sealed-{kid}"),
        public_jwk: None,
    }
}

async fn all<S: KeyStore>(store: &S) -> Vec<StoredKey> {
    let mut keys = store.keys().await.unwrap();
    keys.sort_by(|a, b| a.kid.cmp(&b.kid));
    keys
}

pub async fn keys_come_back_whole<S: KeyStore + Clone + 'static>(store: S) {
    assert_eq!(all(&store).await, []);
    let keys = [key("-_A", "sign:ES256", 1), key("0bü", "pairwise", 1), key("z", "sign:ES256", 2)];
    for key in &keys {
        assert!(store.add_key(key.clone()).await.unwrap());
    }
    assert_eq!(all(&store).await, keys);
}

pub async fn a_generation_is_taken_once<S: KeyStore + Clone + 'static>(store: S) {
    assert!(store.add_key(key("a", "sign:ES256", 1)).await.unwrap());
    assert!(!store.add_key(key("b", "sign:ES256", 1)).await.unwrap(), "the first of ES256");
    assert!(!store.add_key(key("a", "sign:RS256", 1)).await.unwrap(), "of this name");
    assert!(!store.add_key(key("a", "sign:ES256", 1)).await.unwrap());
    assert!(store.add_key(key("b", "sign:RS256", 1)).await.unwrap());
    assert!(store.add_key(key("c", "sign:ES256", 2)).await.unwrap());
    assert_eq!(all(&store).await.len(), 3);
}

pub async fn a_revoked_key_ends_then<S: KeyStore + Clone + 'static>(store: S) {
    for kid in ["a", "b"] {
        assert!(store.add_key(key(kid, kid, 1)).await.unwrap());
    }
    let at = after(now(), 60);
    assert!(!store.revoke_key("nobody", at).await.unwrap());
    assert!(store.revoke_key("a", at).await.unwrap());
    let revoked = StoredKey { sign_until: at, publish_until: at, ..key("a", "a", 1) };
    assert_eq!(all(&store).await, [revoked.clone(), key("b", "b", 1)]);
    assert!(!store.revoke_key("a", after(at, 1)).await.unwrap(), "it never ends later");
    assert!(!store.revoke_key("a", at).await.unwrap());
    assert_eq!(all(&store).await[0], revoked);
    assert!(store.revoke_key("a", now()).await.unwrap(), "but sooner");
    assert_eq!(all(&store).await[0].publish_until, now());
}

pub async fn a_key_is_sealed_anew_if_nobody_was_faster<S: KeyStore + Clone + 'static>(store: S) {
    assert!(store.add_key(key("a", "sign:ES256", 1)).await.unwrap());
    assert!(!store.rewrap_key("a", "something else", "b", "new").await.unwrap());
    assert!(!store.rewrap_key("nobody", "sealed-a", "b", "new").await.unwrap());
    assert!(store.rewrap_key("a", "sealed-a", "b", "new").await.unwrap());
    assert!(!store.rewrap_key("a", "sealed-a", "c", "newer").await.unwrap(), "it is sealed by b");
    let expected = StoredKey { kek: "b".to_owned(), sealed: "new".to_owned(), ..key("a", "sign:ES256", 1) };
    assert_eq!(all(&store).await, [expected]);
}

pub async fn a_removed_key_is_gone<S: KeyStore + Clone + 'static>(store: S) {
    for kid in ["a", "b"] {
        assert!(store.add_key(key(kid, kid, 1)).await.unwrap());
    }
    assert!(store.remove_key("a").await.unwrap());
    assert!(!store.remove_key("a").await.unwrap());
    assert_eq!(all(&store).await, [key("b", "b", 1)]);
}

pub async fn two_hundred_make_one_generation<S: KeyStore + Clone + 'static>(store: S) {
    let made = at_once(std::slice::from_ref(&store), |store, caller| async move {
        store.add_key(key(&format!("{caller}"), "sign:ES256", 1)).await.unwrap()
    })
    .await;
    assert_eq!(made.into_iter().filter(|is_made| *is_made).count(), 1);
    assert_eq!(all(&store).await.len(), 1);
}
