//! OIDC Back-Channel Logout 1.0, with a receiver on loopback.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use oauth_core::time::UnixTime;
use oauth_tests::{ReadJwt as _, Role};
use serde_json::{Value, json};

use crate::op::{ISSUER, World};
use crate::visitor::PASSWORD;

#[tokio::test]
async fn section_2_4_each_client_of_the_session_gets_its_logout_token() {
    let mut world = World::with_alice().await;
    let mut id_tokens = BTreeMap::new();
    for client in ["web", "pair", "other"] {
        let token = world.id_token(client).await;
        id_tokens.insert(client.to_owned(), world.keys.verify(&token).unwrap().claims);
    }
    world.tokens("web", "openid").await;
    world.tokens("never", "profile").await;
    let page = world.visitor.get("/logout").await;
    world.visitor.submit(&page, &[]).await;
    let told = BTreeMap::from([world.told().await, world.told().await]);
    assert_eq!(told.keys().collect::<Vec<_>>(), ["pair", "web"], "once each; `never` had no login here");
    world.assert_silence();
    let mut identifiers = Vec::new();
    for (client, token) in told {
        let jwt = world.keys.verify(&token).unwrap();
        assert_eq!(jwt.typ.as_deref(), Some("logout+jwt"));
        let mut claims = jwt.claims;
        let now = UnixTime::now().as_secs();
        let (iat, exp) = (claims["iat"].as_u64().unwrap(), claims["exp"].as_u64().unwrap());
        assert!(iat <= now && now - iat < 60 && exp > iat && exp - iat <= 120, "{iat} {exp}");
        for name in ["iat", "exp"] {
            claims.remove(name);
        }
        identifiers.push(claims.remove("jti").unwrap());
        let login = &id_tokens[&client];
        let expected = json!({
            "iss": ISSUER,
            "aud": client,
            "sub": login["sub"],
            "sid": login["sid"],
            "events": { "http://schemas.openid.net/event/backchannel-logout": {} },
        });
        assert_eq!(Value::from(claims), expected, "and no nonce");
    }
    assert_ne!(identifiers[0], identifiers[1]);
    assert_ne!(id_tokens["web"]["sub"], id_tokens["pair"]["sub"]);
    let sids: BTreeSet<_> = id_tokens.values().map(|claims| claims["sid"].as_str().unwrap()).collect();
    assert_eq!(sids.len(), 3, "clients cannot tell by it that they mean the same person");
    assert!(world.visitor.cookies.values().all(|value| !sids.contains(&**value)), "no secret of the browser");
}

#[tokio::test]
async fn nobody_waits_for_a_slow_or_broken_client() {
    let mut world = World::with_alice().await;
    for client in ["slow", "broken", "deaf", "web"] {
        world.id_token(client).await;
    }
    let page = world.visitor.get("/logout").await;
    let started = Instant::now();
    let done = world.visitor.submit(&page, &[]).await;
    assert_eq!(done.header("location"), "/logout");
    assert!(started.elapsed() < Duration::from_secs(20), "the slow one takes a minute");
    let told = BTreeMap::from([world.told().await, world.told().await, world.told().await]);
    assert_eq!(told.keys().collect::<Vec<_>>(), ["broken", "slow", "web"]);
}

#[tokio::test]
async fn a_session_ends_once() {
    let mut world = World::with_alice().await;
    let hint = world.id_token("web").await;
    let mut tabs: Vec<_> = (0..8).map(|_| world.visitor.clone()).collect();
    let path = crate::op::end_session_path(&[("id_token_hint", &hint)]);
    let tabs: Vec<_> = tabs
        .drain(..)
        .map(|mut tab| {
            let path = path.clone();
            tokio::spawn(async move { tab.get(&path).await.status })
        })
        .collect();
    for tab in tabs {
        assert_eq!(tab.await.unwrap(), 200);
    }
    assert_eq!(world.told().await.0, "web");
    world.assert_silence();
}

#[tokio::test]
async fn a_login_as_someone_else_ends_the_session() {
    let mut world = World::with_alice().await;
    let alice = world.tokens("web", "openid").await;
    let sid = world.keys.verify(&alice.member("id_token")).unwrap().claims["sid"].clone();
    // Alice herself: to clients it is the same session.
    world.visitor.get("/login?return_to=%2Fauthorize%3Fclient_id%3Dweb").await;
    let again = async |world: &mut World, username: &str| {
        let page = world.visitor.get("/login?return_to=%2Fauthorize%3Fclient_id%3Dweb").await;
        world.visitor.submit(&page, &[("username", username), ("password", PASSWORD)]).await
    };
    again(&mut world, crate::visitor::ALICE).await;
    world.assert_silence();
    assert_eq!(world.userinfo(&alice).await, 200);
    let token = world.id_token("web").await;
    assert_eq!(world.keys.verify(&token).unwrap().claims["sid"], sid);

    again(&mut world, "bob").await;
    let (client, token) = world.told().await;
    assert_eq!((client.as_str(), &world.keys.verify(&token).unwrap().claims["sid"]), ("web", &sid));
    assert_eq!(world.userinfo(&alice).await, 401);
    let token = world.id_token("web").await;
    assert_ne!(world.keys.verify(&token).unwrap().claims["sid"], sid);
}

#[tokio::test]
async fn what_failed_to_end_ends_at_the_next_attempt() {
    let mut world = World::with_alice().await;
    let alice = world.tokens("web", "openid").await;
    let page = world.visitor.get("/logout").await;
    let login = world.visitor.get("/login?return_to=%2Fauthorize%3Fclient_id%3Dweb").await;
    world.store.fail(Role::Tokens);
    let bob = [("username", "bob"), ("password", PASSWORD)];
    assert_eq!(world.visitor.submit(&page, &[]).await.status, 500);
    assert_eq!(world.visitor.submit(&login, &bob).await.status, 500);
    world.store.fail(Role::None);
    world.assert_silence();
    assert_eq!(world.userinfo(&alice).await, 200);
    assert_eq!(world.visitor.submit(&page, &[]).await.header("location"), "/logout");
    assert_eq!(world.told().await.0, "web");
    assert_eq!(
        (world.userinfo(&alice).await, world.refresh("web", &alice).await.as_u16()),
        (http::StatusCode::UNAUTHORIZED, 400)
    );
}

#[tokio::test]
async fn a_client_that_cannot_be_looked_up_is_no_reason_to_stay() {
    let mut world = World::with_alice().await;
    let alice = world.tokens("web", "openid").await;
    let page = world.visitor.get("/logout").await;
    world.store.fail(Role::Clients);
    assert_eq!(world.visitor.submit(&page, &[]).await.header("location"), "/logout");
    world.store.fail(Role::None);
    assert_eq!(world.userinfo(&alice).await, 401);
}

/// Neither the session nor anything else has ended then, so that it can be tried again.
#[tokio::test]
async fn a_session_that_cannot_be_ended_goes_on_and_nobody_is_told() {
    let mut world = World::with_alice().await;
    world.id_token("web").await;
    let page = world.visitor.get("/logout").await;
    world.store.fail(Role::Logouts);
    assert_eq!(world.visitor.submit(&page, &[]).await.status, 500);
    world.store.fail(Role::None);
    world.assert_silence();
    assert_eq!(world.visitor.submit(&page, &[]).await.header("location"), "/logout");
    assert_eq!(world.told().await.0, "web");
}
