//! Rotations and revocations at the same moment.

use std::time::Duration;

use crate::conformance::store::races::{CALLERS, at_once, one_token};
use crate::conformance::store::records::{access_token, after, hash, now, refresh_token, revoke_family};
use crate::store::{FamilyId, TokenStore};

pub async fn two_hundred_rotate_one_token_without_grace<S: TokenStore + Clone + 'static>(store: S) {
    one_token(&[store], Duration::ZERO).await;
}

pub async fn two_hundred_rotate_one_token_within_the_grace<S: TokenStore + Clone + 'static>(store: S) {
    one_token(&[store], Duration::from_secs(10)).await;
}

pub async fn a_family_that_is_revoked_while_tokens_are_saved<S: TokenStore + Clone + 'static>(store: S) {
    let (now, family) = (now(), FamilyId::random());
    let end = after(now, 600);
    let name = |caller: usize| format!("token {caller}");
    at_once(std::slice::from_ref(&store), move |store, caller| async move {
        if caller == CALLERS / 2 {
            revoke_family(&store, family, end).await;
        } else {
            let access = access_token(&name(caller), Some(family), end);
            let refresh = refresh_token(&name(caller), family, end);
            let _ = store.save_tokens(Some(access), Some(refresh), now).await.unwrap();
        }
    })
    .await;
    for caller in 0..CALLERS {
        assert_eq!(store.access_token(&hash(&name(caller)), now).await.unwrap(), None);
        assert_eq!(store.refresh_token(&hash(&name(caller)), now).await.unwrap(), None);
    }
}
