//! RFC 8693 §4.1: who acts is named as tokens name people, and nobody learns the name that is the server's own.

use serde_json::{Value, json};

use crate::world::{Pairwise, claims};

const ID_TOKEN: &str = "urn:ietf:params:oauth:token-type:id_token";
const ID_JAG: &str = "urn:ietf:params:oauth:token-type:id-jag";

/// A token of Bob for a client, and what that client calls him.
async fn bob(world: &Pairwise, client_id: &str) -> (String, Value) {
    let code = world.authorize(client_id, &[("x-test-subject", "bob")], &[]).await.params()["code"].clone();
    let token = world.redeem(client_id, &code).await.member("access_token");
    let sub = claims(&token)["sub"].clone();
    (token, sub)
}

/// A token of Alice whose `may_act` names somebody.
async fn may_act(world: &Pairwise, sub: &str) -> String {
    let code = world.code("web", &[]).await;
    world.redeem_with("web", &code, &[("x-test-may-act", sub)]).await.member("access_token")
}

#[tokio::test]
async fn attack_the_name_of_a_pairwise_actor_is_read_from_act() {
    let world = Pairwise::new().await;
    let subject = world.tokens("web").await.member("access_token");
    let (actor, sub) = bob(&world, "pair-a").await;
    assert_ne!(sub, "bob");
    let exchanged = world.exchange_with(&subject, &actor).await.member("access_token");
    let act = json!({ "sub": sub, "client_id": "pair-a" });
    assert_eq!(claims(&exchanged)["act"], act, "to who reads it");
    assert_eq!(world.introspect(&exchanged).await["act"], act, "to an API");
    // Who calls on tells no more of whom it was called by.
    let again = world.exchange(&exchanged).await.member("access_token");
    assert_eq!(claims(&again)["act"]["act"], act);
}

#[tokio::test]
async fn attack_the_name_of_a_pairwise_actor_is_read_at_another_server() {
    let world = Pairwise::new().await;
    let (actor, sub) = bob(&world, "pair-a").await;
    let form = [
        ("requested_token_type", ID_JAG),
        ("subject_token", &world.tokens("wiki").await.member("id_token")),
        ("subject_token_type", ID_TOKEN),
        ("actor_token", &actor),
        ("actor_token_type", crate::world::ACCESS_TOKEN),
        ("audience", "https://chat.example"),
    ];
    let answer = world.exchange_of("wiki", &form).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let told = claims(&answer.member("access_token"));
    assert_eq!(told["act"], json!({ "sub": sub, "client_id": "pair-a" }));
}

/// A client that knows people by the server's own names tells no other.
#[tokio::test]
async fn a_public_client_names_the_actor_as_it_always_did() {
    let world = Pairwise::new().await;
    let subject = world.tokens("web").await.member("access_token");
    let (actor, _) = bob(&world, "other").await;
    let exchanged = world.exchange_with(&subject, &actor).await.member("access_token");
    assert_eq!(claims(&exchanged)["act"], json!({ "sub": "bob", "client_id": "other" }));
    // A client for itself is a party too.
    let own = world.own_token("machine").await;
    let exchanged = world.exchange_with(&subject, &own).await.member("access_token");
    assert_eq!(claims(&exchanged)["act"], json!({ "sub": "machine", "client_id": "machine" }));
}

/// RFC 8693 §4.4: it names an actor as `act` would.
#[tokio::test]
async fn section_4_4_may_act_names_whom_act_names() {
    let world = Pairwise::new().await;
    let (actor, sub) = bob(&world, "pair-a").await;
    let (elsewhere, _) = bob(&world, "pair-b").await;
    let named = may_act(&world, sub.as_str().unwrap()).await;
    assert_eq!(world.exchange_with(&named, &actor).await.status, 200);
    // What another client calls him is another name.
    world.exchange_with(&named, &elsewhere).await.assert_error(400, "invalid_request");
    // Who names the account names nobody that a token tells of.
    let account = may_act(&world, "bob").await;
    world.exchange_with(&account, &actor).await.assert_error(400, "invalid_request");
    let (public, _) = bob(&world, "other").await;
    assert_eq!(world.exchange_with(&account, &public).await.status, 200, "there it is the name");
}
