//! The record that is read back, field by field beside the one that a store would have kept.

use oauth_core::prelude::*;
use oauth_core::store::AccessToken;
use serde_json::{Map, Value, json};

use crate::world::{InMemory, KeepingOp, Pairwise, Provider, World, claims, proof};
use oauth_tests::Prover;

/// Asserts that a token, read back, is as good as the record that a store would have kept of it.
#[track_caller]
fn assert_same(read: &AccessToken, kept: &AccessToken) {
    assert_eq!(read.hash, kept.hash);
    assert_eq!(read.scopes, kept.scopes);
    assert_eq!(read.claims, kept.claims);
    assert_eq!((read.issued_at, read.expires_at), (kept.issued_at, kept.expires_at));
    let (read, kept) = (&*read.authorization, &*kept.authorization);
    assert_eq!(read.client_id, kept.client_id);
    assert_eq!(read.subject, kept.subject);
    assert_eq!(read.auth_time, kept.auth_time);
    assert_eq!(read.acr, kept.acr);
    assert_eq!(read.amr, kept.amr);
    assert_eq!(read.details, kept.details);
    assert_eq!(read.family, kept.family);
    assert_eq!(read.session, kept.session);
    assert_eq!(read.granted_at, kept.granted_at);
    let userinfo = |of: &oauth_core::store::Authorization| {
        of.openid.as_ref().map(|openid| openid.claims.userinfo.clone()).unwrap_or_default()
    };
    assert_eq!(userinfo(read), userinfo(kept));
    // Of the authorization as a whole it is told what the token says: no more was ever asked of it.
    assert_eq!(read.resources.is_empty(), kept.resources.is_empty());
    assert!(kept.claims.iter().all(|(name, value)| name == "aud" || read.claims.get(name) == Some(value)));
}

async fn read_back<P: Provider>(world: &World<P>, token: &str) -> AccessToken {
    world.present("/beside", token).await;
    let read = world.read();
    assert_same(&read, &world.issued());
    read
}

/// What every reader reads of each way to a token.
async fn every_way<P: Provider>(world: &World<P>, web: &str) {
    let machine = world.own_token("machine").await;
    let read = read_back(world, &machine).await;
    assert_eq!((read.subject(), read.authorization.family), (None, None));
    assert_eq!(read.claims["tenant"], "acme", "declared");
    assert_eq!(read.claims["tier"], 3, "static");

    let asked =
        json!({ "userinfo": { "email": { "essential": true } }, "id_token": { "email": null } }).to_string();
    let code = world.code(web, &[("claims", &asked), ("scope", "openid profile email")]).await;
    world.wait(7);
    let tokens = world.redeem(web, &code).await;
    let read = read_back(world, &tokens.member("access_token")).await;
    assert_eq!(read.subject(), Some("alice"));
    assert_eq!(read.authorization.acr.as_deref(), Some("urn:example:mfa"));
    assert!(read.authorization.auth_time.is_some() && read.authorization.session.is_some());
    assert!(read.authorization.granted_at < read.issued_at, "it is the decision that counts");
    assert_eq!(read.authorization.openid.as_ref().unwrap().claims.userinfo.len(), 1);

    world.wait(7);
    let tokens = world.tokens(web).await;
    world.wait(7);
    let prover = Prover::new();
    let form = [
        ("grant_type", "refresh_token"),
        ("refresh_token", &tokens.member("refresh_token")),
        ("scope", "profile"),
    ];
    let headers =
        [("dpop", proof(&prover, &world.shared.clock)), ("x-test-aud", "https://api.example.com".to_owned())];
    let headers: Vec<_> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let bound = world.ask(web, &headers, &form).await;
    assert_eq!(bound.status, 200, "{}", bound.text());
    assert_eq!(bound.member("token_type"), "DPoP");
    let bound = bound.member("access_token");
    // It opens nothing without its proof, and is read all the same.
    let read = read_back(world, &bound).await;
    assert_eq!(read.claims["cnf"], json!({ "jkt": prover.jkt() }));
    assert_eq!(read.claims["aud"], json!(["https://api.example.com", "https://auth.example.com"]));
    assert_eq!(read.scopes.to_string(), "profile", "narrowed");

    let token = world.tokens(web).await.member("access_token");
    let exchanged = world.exchange(&token).await.member("access_token");
    let read = read_back(world, &exchanged).await;
    assert_eq!(read.client_id(), "gateway");
    assert_eq!(read.claims["act"]["client_id"], "gateway");
    assert_eq!(read.subject(), Some("alice"));
}

#[tokio::test]
async fn it_is_as_a_store_would_have_kept_it() {
    every_way(&InMemory::new().await, "web").await;
}

#[tokio::test]
async fn sealed_it_is_the_same() {
    every_way(&Pairwise::new().await, "web").await;
}

#[tokio::test]
async fn of_a_pairwise_client_it_is_the_same() {
    every_way(&Pairwise::new().await, "pair-a").await;
}

#[tokio::test]
async fn of_a_kept_token_it_is_so_by_itself() {
    every_way(&World::<KeepingOp<MemoryStore>>::new().await, "web").await;
}

/// A person whose name is that of the client is a person all the same.
#[tokio::test]
async fn a_subject_that_is_called_like_the_client_is_a_person() {
    let world = InMemory::new().await;
    let code = world.authorize("web", &[("x-test-subject", "web")], &[]).await.params()["code"].clone();
    let token = world.redeem("web", &code).await.member("access_token");
    assert_eq!(read_back(&world, &token).await.subject(), Some("web"));
}

/// Introspection is of the same members, whether a store keeps the token or not.
#[tokio::test]
async fn introspection_tells_the_same() {
    async fn told<P: Provider<Store = MemoryStore>>() -> Map<String, Value> {
        let world = World::<P>::new().await;
        let prover = Prover::new();
        let code = world.code("web", &[]).await;
        let token = world.redeem_with("web", &code, &[("dpop", &proof(&prover, &world.shared.clock))]).await;
        let mut told = world.introspect(&token.member("access_token")).await;
        let told = told.as_object_mut().unwrap();
        assert_eq!(told["cnf"]["jkt"], prover.jkt());
        for name in ["iat", "exp", "auth_time", "cnf"] {
            assert!(told.remove(name).is_some(), "{name}");
        }
        told.clone()
    }
    let (self_contained, kept) =
        (told::<crate::world::Op<MemoryStore>>().await, told::<KeepingOp<MemoryStore>>().await);
    assert_eq!(self_contained, kept);
    assert_eq!(kept["acr"], "urn:example:mfa");
    assert!(!kept.contains_key("oauth_core") && !kept.contains_key("jti"));
}

#[tokio::test]
async fn it_costs_few_bytes() {
    async fn length<P: Provider<Store = MemoryStore>>(client_id: &str) -> (usize, usize) {
        let world = World::<P>::new().await;
        let person = world.tokens(client_id).await.member("access_token");
        (world.own_token("machine").await.len(), person.len())
    }
    let kept = length::<KeepingOp<MemoryStore>>("web").await;
    let plain = length::<crate::world::Op<MemoryStore>>("web").await;
    let sealed = length::<crate::world::PairwiseOp<MemoryStore>>("web").await;
    let more = |of: (usize, usize)| (of.0 - kept.0, of.1 - kept.1);
    assert!(more(plain).0 <= 24 && more(plain).1 <= 150, "{:?}", more(plain));
    assert!(more(sealed).0 <= 24 && more(sealed).1 <= 310, "{:?}", more(sealed));
    let world = InMemory::new().await;
    assert_eq!(claims(&world.own_token("machine").await)["oauth_core"], json!({}));
}
