//! Role `tokens`: access tokens.

use oauth_core::store::FamilyId;

use crate::support::{EveryRole, access_token, after, hash, now, over_every_store, scopes};

over_every_store!(
    a_token_lives_until_it_expires,
    a_revoked_token_is_gone_and_no_other,
    a_token_is_not_kept_twice,
);

async fn a_token_lives_until_it_expires<S: EveryRole>(store: S) {
    let now = now();
    let of_a_person = access_token("person", Some(FamilyId::random()), after(now, 60));
    let mut of_a_client = access_token("client", None, after(now, 60));
    of_a_client.scopes = scopes("");
    of_a_client.claims.clear();
    for token in [of_a_person, of_a_client] {
        store.save_access_token(token.clone()).await.unwrap();
        assert_eq!(store.access_token(&token.hash, now).await.unwrap(), Some(token.clone()));
        assert_eq!(store.access_token(&token.hash, after(now, 59)).await.unwrap(), Some(token.clone()));
        assert_eq!(store.access_token(&token.hash, after(now, 60)).await.unwrap(), None);
    }
    assert_eq!(store.access_token(&hash("unknown"), now).await.unwrap(), None);
}

async fn a_revoked_token_is_gone_and_no_other<S: EveryRole>(store: S) {
    let (now, family) = (now(), Some(FamilyId::random()));
    store.save_access_token(access_token("a", family, after(now, 60))).await.unwrap();
    store.save_access_token(access_token("b", family, after(now, 60))).await.unwrap();
    store.revoke_access_token(&hash("a")).await.unwrap();
    store.revoke_access_token(&hash("a")).await.unwrap();
    store.revoke_access_token(&hash("unknown")).await.unwrap();
    assert_eq!(store.access_token(&hash("a"), now).await.unwrap(), None);
    assert!(store.access_token(&hash("b"), now).await.unwrap().is_some());
}

async fn a_token_is_not_kept_twice<S: EveryRole>(store: S) {
    let now = now();
    let first = access_token("constant", None, after(now, 60));
    store.save_access_token(first.clone()).await.unwrap();
    let mut second = first.clone();
    second.client_id = "another".into();
    assert!(store.save_access_token(second).await.is_err());
    assert_eq!(store.access_token(&first.hash, now).await.unwrap(), Some(first));
}
