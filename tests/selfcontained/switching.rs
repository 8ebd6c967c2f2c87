//! A server that begins to let no store keep its tokens, or ends it.

use oauth_core::prelude::*;

use crate::world::{KeepingOp, Op, PairwiseOp, Shared, World};

#[tokio::test]
async fn tokens_that_a_store_kept_before_go_on() {
    let (store, shared) = (MemoryStore::new(), Shared::new());
    let before = World::<KeepingOp<_>>::over(store.clone(), &shared).await;
    let now = World::<Op<_>>::over(store.clone(), &shared).await;
    let (one, other) = (before.tokens("web").await, before.tokens("web").await);
    assert!(now.is_alive(&one.member("access_token")).await);
    now.revoke("web", &one.member("access_token")).await;
    assert!(!now.is_alive(&one.member("access_token")).await);
    assert!(now.is_alive(&other.member("access_token")).await);
    let refreshed = now.refresh("web", &other.member("refresh_token")).await;
    assert!(now.is_alive(&refreshed.member("access_token")).await);
    now.refresh("web", &other.member("refresh_token")).await.assert_error(400, "invalid_grant");
    assert!(!now.is_alive(&refreshed.member("access_token")).await);
    assert!(!now.is_alive(&other.member("access_token")).await);
}

#[tokio::test]
async fn tokens_that_no_store_kept_are_unknown_to_a_server_that_looks_there() {
    let (store, shared) = (MemoryStore::new(), Shared::new());
    let before = World::<Op<_>>::over(store.clone(), &shared).await;
    let now = World::<KeepingOp<_>>::over(store, &shared).await;
    let tokens = before.tokens("web").await;
    assert!(before.is_alive(&tokens.member("access_token")).await);
    assert!(!now.is_alive(&tokens.member("access_token")).await);
    let refreshed = now.refresh("web", &tokens.member("refresh_token")).await;
    assert!(now.is_alive(&refreshed.member("access_token")).await, "a refresh mends it");
}

#[tokio::test]
async fn a_key_for_pairwise_identifiers_may_come_later() {
    let (store, shared) = (MemoryStore::new(), Shared::new());
    let plain = World::<Op<_>>::over(store.clone(), &shared).await;
    let sealing = World::<PairwiseOp<_>>::over(store, &shared).await;
    assert!(sealing.is_alive(&plain.tokens("web").await.member("access_token")).await);
    let sealed = sealing.tokens("web").await.member("access_token");
    assert!(!plain.is_alive(&sealed).await, "nobody can open it without the key");
}
