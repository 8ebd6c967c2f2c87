//! What ends a token that no store keeps, at every instance over one store.

use std::time::Duration;

use oauth_core::clock::Clock;
use oauth_core::prelude::*;
use oauth_core::time::UnixTime;
use oauth_tests::Answer;
use tempfile::TempDir;

use crate::world::{InMemory, KeepingOp, Op, Pairwise, PairwiseOp, Provider, Shared, World};

/// Two instances over one database file.
async fn two<P: Provider<Store = SqliteStore>>() -> (TempDir, World<P>, World<P>) {
    let (folder, shared) = (tempfile::tempdir().unwrap(), Shared::new());
    let store = async || SqliteStore::open(folder.path().join("oauth.db")).await.unwrap();
    let (one, other) = (World::over(store().await, &shared).await, World::over(store().await, &shared).await);
    (folder, one, other)
}

/// Everything that ends tokens, done at one instance and seen at the other.
async fn every_end<P: Provider>(here: &World<P>, there: &World<P>, web: &str) {
    let access = |tokens: &Answer| tokens.member("access_token");

    // The token (RFC 7009 §2.1), and no other.
    let (token, other) = (here.tokens(web).await, there.tokens(web).await);
    here.revoke(web, &access(&token)).await;
    assert!(!there.is_alive(&access(&token)).await);
    assert!(!here.is_alive(&access(&token)).await);
    assert!(there.is_alive(&access(&other)).await);
    assert_eq!(there.refresh(web, &token.member("refresh_token")).await.status, 200);

    // The refresh token, with its family.
    let token = here.tokens(web).await;
    let refreshed = here.refresh(web, &token.member("refresh_token")).await;
    let exchanged = access(&here.exchange(&access(&refreshed)).await);
    here.revoke(web, &refreshed.member("refresh_token")).await;
    for token in [access(&token), access(&refreshed), exchanged] {
        assert_eq!(there.introspect(&token).await["active"], false);
    }
    assert!(there.is_alive(&access(&other)).await);

    // A refresh token that is used twice (RFC 9700 §4.14.2).
    let token = here.tokens(web).await;
    let refreshed = here.refresh(web, &token.member("refresh_token")).await;
    assert!(there.is_alive(&access(&refreshed)).await);
    here.refresh(web, &token.member("refresh_token")).await.assert_error(400, "invalid_grant");
    assert!(!there.is_alive(&access(&token)).await);
    assert!(!there.is_alive(&access(&refreshed)).await);

    // A code that is used twice (RFC 6749 §4.1.2): with a refresh token, and without one.
    for client_id in [web, "once"] {
        let code = here.code(client_id, &[]).await;
        let token = access(&here.redeem(client_id, &code).await);
        assert!(there.is_alive(&token).await);
        there.redeem(client_id, &code).await.assert_error(400, "invalid_grant");
        assert!(!here.is_alive(&token).await, "{client_id}");
    }

    // The end of a session, unless it has offline access.
    let code = here.code(web, &[("scope", "openid profile")]).await;
    let (online, offline) = (here.redeem(web, &code).await, here.tokens(web).await);
    assert!(there.is_alive(&access(&online)).await);
    here.authorize(web, &[("x-test-sign-out", "yes")], &[]).await;
    assert!(!there.is_alive(&access(&online)).await);
    assert!(there.is_alive(&access(&offline)).await);

    // What a person granted to one client until now; what they grant later lives.
    let token = here.tokens(web).await;
    here.wait(1);
    let refreshed = here.refresh(web, &token.member("refresh_token")).await;
    here.server.revoke_grant("alice", web).await.unwrap();
    assert!(!there.is_alive(&access(&token)).await);
    assert!(!there.is_alive(&access(&refreshed)).await, "it was granted before");
    let own = there.own_token(web).await;
    assert_eq!(there.introspect(&own).await["active"], true, "the client's own is no person's");
    here.wait(1);
    let token = here.tokens(web).await;
    assert!(there.is_alive(&access(&token)).await);

    // What a client was granted.
    here.server.revoke_client(web).await.unwrap();
    assert!(!there.is_alive(&access(&token)).await);
    assert_eq!(there.introspect(&own).await["active"], false);
    let token = here.tokens("other").await;
    assert!(there.is_alive(&access(&token)).await);

    // What a person granted.
    here.server.revoke_subject("alice").await.unwrap();
    assert!(!there.is_alive(&access(&token)).await);
    let machine = here.own_token("machine").await;
    assert_eq!(there.introspect(&machine).await["active"], true);
}

#[tokio::test]
async fn two_instances_over_one_file_agree() {
    let (_folder, here, there) = two::<Op<SqliteStore>>().await;
    every_end(&here, &there, "web").await;
}

#[tokio::test]
async fn two_instances_agree_on_a_pairwise_client() {
    let (_folder, here, there) = two::<PairwiseOp<SqliteStore>>().await;
    every_end(&here, &there, "pair-a").await;
}

#[tokio::test]
async fn memory_agrees_with_itself() {
    let world = InMemory::new().await;
    every_end(&world, &world, "web").await;
    let world = Pairwise::new().await;
    every_end(&world, &world, "pair-a").await;
}

/// Whoever observes a server is told the same, whether a store keeps the tokens or not.
#[tokio::test]
async fn the_same_events_are_told() {
    async fn told<P: Provider<Store = MemoryStore>>() -> Vec<&'static str> {
        let world = World::<P>::new().await;
        every_end(&world, &world, "web").await;
        world.shared.seen.take()
    }
    let (self_contained, kept) = (told::<Op<MemoryStore>>().await, told::<KeepingOp<MemoryStore>>().await);
    assert_eq!(self_contained, kept);
    for kind in ["token.issued", "token.introspected", "token.revoked", "family.revoked", "code.replayed"] {
        assert!(kept.contains(&kind), "{kind}");
    }
}

/// RFC 7009 §2.1: "If this validation fails, the request is refused and the client is informed of the error".
#[tokio::test]
async fn a_token_is_revoked_by_its_own_client_alone() {
    let world = InMemory::new().await;
    let token = world.tokens("web").await.member("access_token");
    let answer = world.app.post("/revoke", &oauth_tests::basic("other"), &[("token", &token)]).await;
    answer.assert_error(400, "unauthorized_client");
    assert!(world.is_alive(&token).await);
    world.revoke("web", &token).await;
    world.revoke("web", &token).await;
    assert!(!world.is_alive(&token).await);
}

/// The clock of one instance is half a minute behind that by which the store sweeps: there the token has not expired yet.
#[tokio::test]
async fn a_revocation_outlives_the_token_by_a_clock_that_is_behind() {
    let ends = UnixTime::now().as_secs() - 30;
    let clock = Clock::manual_at(UnixTime::from_secs(ends - 600));
    let world = InMemory::over(MemoryStore::new(), &Shared { clock, ..Shared::new() }).await;
    let (token, other) = (world.own_token("machine").await, world.own_token("machine").await);
    world.shared.clock.advance(Duration::from_secs(599));
    world.revoke("machine", &token).await;
    // Each that is kept sweeps.
    world.revoke("machine", &other).await;
    assert_eq!(world.introspect(&other).await["active"], false);
    assert_eq!(world.introspect(&token).await["active"], false);
}

/// Whoever was told that it is revoked finds it dead, however many ask at the same time.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_revocation_that_was_answered_is_seen_by_whoever_asks_then() {
    let (_folder, here, there) = two::<Op<SqliteStore>>().await;
    let (here, there) = (std::sync::Arc::new(here), std::sync::Arc::new(there));
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..16 {
        let (here, there) = (std::sync::Arc::clone(&here), std::sync::Arc::clone(&there));
        tasks.spawn(async move {
            let token = here.own_token("machine").await;
            assert_eq!(there.introspect(&token).await["active"], true);
            here.revoke("machine", &token).await;
            there.introspect(&token).await["active"] == false
        });
    }
    assert!(tasks.join_all().await.into_iter().all(|is_dead| is_dead));
}
