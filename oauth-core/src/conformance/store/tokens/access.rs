//! Role `tokens`: access tokens.

use crate::conformance::store::records::{access_token, after, hash, now, save_access, scopes};
use crate::store::{FamilyId, TokenStore};

pub async fn an_access_token_lives_until_it_expires<S: TokenStore + Clone + 'static>(store: S) {
    let now = now();
    let of_a_person = access_token("person", Some(FamilyId::random()), after(now, 60));
    let mut of_a_client = access_token("client", None, after(now, 60));
    of_a_client.scopes = scopes("");
    of_a_client.claims.clear();
    for token in [of_a_person, of_a_client] {
        save_access(&store, token.clone()).await;
        assert_eq!(store.access_token(&token.hash, now).await.unwrap(), Some(token.clone()));
        assert_eq!(store.access_token(&token.hash, after(now, 59)).await.unwrap(), Some(token.clone()));
        assert_eq!(store.access_token(&token.hash, after(now, 60)).await.unwrap(), None);
    }
    assert_eq!(store.access_token(&hash("unknown"), now).await.unwrap(), None);
}

pub async fn an_access_token_is_not_kept_twice<S: TokenStore + Clone + 'static>(store: S) {
    let now = now();
    let first = access_token("constant", None, after(now, 60));
    save_access(&store, first.clone()).await;
    let second = access_token("constant", Some(FamilyId::random()), after(now, 60));
    assert!(store.save_tokens(Some(second), None, now).await.is_err());
    assert_eq!(store.access_token(&first.hash, now).await.unwrap(), Some(first));
}
