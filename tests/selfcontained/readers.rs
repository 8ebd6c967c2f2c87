//! Who reads a token, and what each makes of it.

use std::time::Duration;

use oauth_core::prelude::*;
use oauth_core::secret::TokenHash;
use oauth_core::store::TokenStore as _;

use crate::world::{InMemory, KeepingOp, Op, Pairwise, Provider, World};

#[tokio::test]
async fn every_reader_takes_it_until_it_expires() {
    let world = InMemory::new().await;
    let token = world.tokens("web").await.member("access_token");
    world.wait(599);
    assert!(world.is_alive(&token).await);
    assert_eq!(world.present("/beside", &token).await.text(), "alice");
    world.wait(1);
    assert!(!world.is_alive(&token).await, "`exp` has come, by the server's clock");
}

#[tokio::test]
async fn sealed_every_reader_takes_it_likewise() {
    let world = Pairwise::new().await;
    for client_id in ["web", "pair-a"] {
        let token = world.tokens(client_id).await.member("access_token");
        assert!(world.is_alive(&token).await);
        assert_eq!(world.present("/beside", &token).await.text(), "alice", "the server's own account");
        world.wait(600);
        assert!(!world.is_alive(&token).await);
    }
}

/// RFC 9700 §4.9: whom it is for is looked at as of every token.
#[tokio::test]
async fn it_is_for_whom_its_audience_names() {
    let world = InMemory::new().await;
    let form = [("grant_type", "client_credentials")];
    let token = world.ask("machine", &[("x-test-aud", "https://api.example.com")], &form).await;
    assert_eq!(world.present("/beside", &token.member("access_token")).await.status, 200);
    let exchanged = world.tokens("web").await.member("access_token");
    let exchanged = world.exchange(&exchanged).await.member("access_token");
    assert_eq!(world.introspect(&exchanged).await["aud"], "https://api.example.com");
    assert_eq!(world.present("/beside", &exchanged).await.status, 401, "it is for another API");
    assert_eq!(world.present("/userinfo", &exchanged).await.status, 403, "nor has it the scope");
}

#[tokio::test]
async fn keys_that_signed_before_verify_until_they_are_dropped() {
    let world = InMemory::new().await;
    let token = world.tokens("web").await.member("access_token");
    let next = SigningKey::generate(Algorithm::ES256).unwrap();
    let rotated = world.shared.keys.clone().rotate(next.clone()).unwrap();
    world.shared.keys.replace(&rotated);
    assert!(world.is_alive(&token).await, "a retired key is in the ring");
    assert!(world.is_alive(&world.tokens("web").await.member("access_token")).await);
    world.shared.keys.replace(&KeyRing::new(next));
    assert!(!world.is_alive(&token).await);
}

/// What is in the token is no reason to believe that its client is still there.
#[tokio::test]
async fn a_client_that_is_gone_has_no_tokens() {
    let (world, store) = InMemory::with_store().await;
    let secret = ClientSecret::new(oauth_tests::secret()).unwrap();
    store.save_client(Client::confidential("gone", &secret).build().unwrap()).await.unwrap();
    let token = world.own_token("gone").await;
    assert_eq!(world.present("/beside", &token).await.status, 200);
    let elsewhere = World::<Op<MemoryStore>>::over(MemoryStore::new(), &world.shared).await;
    assert_eq!(elsewhere.present("/beside", &token).await.status, 401);
    assert_eq!(elsewhere.introspect(&token).await["active"], false);
}

/// A policy that looks at more of the tokens than it is handed.
#[tokio::test]
async fn a_hook_of_an_exchange_finds_both_tokens() {
    async fn found<P: Provider<Store = MemoryStore>>() -> [Option<String>; 2] {
        let world = World::<P>::new().await;
        let (subject, actor) =
            (world.tokens("web").await.member("access_token"), world.own_token("machine").await);
        assert_eq!(world.exchange_with(&subject, &actor).await.status, 200);
        let found = world.shared.records.exchanged.lock().unwrap().clone();
        found.map(|found| found.map(|found| found.client_id().to_owned()))
    }
    let both = [Some("web".to_owned()), Some("machine".to_owned())];
    assert_eq!(found::<KeepingOp<MemoryStore>>().await, both);
    assert_eq!(found::<Op<MemoryStore>>().await, both);
}

/// The store is asked for what the token is not: one of another format, and one that was kept by hand.
#[tokio::test]
async fn what_the_store_keeps_is_found_there() {
    let (world, store) = InMemory::with_store().await;
    world.own_token("machine").await;
    let mut kept = world.issued();
    kept.hash = TokenHash::of("an opaque one");
    kept.expires_at = world.shared.clock.now() + Duration::from_mins(1);
    let saving = store.save_tokens(Some(kept), None, world.shared.clock.now()).await.unwrap();
    assert_eq!(saving, oauth_core::store::Saving::Saved);
    assert_eq!(world.introspect("an opaque one").await["active"], true);
}
