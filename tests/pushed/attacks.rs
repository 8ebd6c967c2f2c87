//! §7: what somebody else would do with a `request_uri`, or with the endpoint.

use oauth_tests::{CHALLENGE, basic};

use crate::world::{CALLBACK, World, assert_dead, form, redeem};

/// §7.1: a reference has 256 random bits, and is good for its client alone.
#[tokio::test]
async fn section_7_1_another_clients_request_uri_is_refused() {
    let world = World::new().await;
    let request_uri = world.pushed().await;
    for client_id in ["other", "spa", "nobody"] {
        world.assert_dead(client_id, &request_uri).await;
    }
    // Nor did that load it, or use it up.
    world.wait(30);
    assert!(world.load("web", &request_uri).await.params().contains_key("code"));
}

/// §7.2: an open redirector by a redirect URI that nobody registered.
#[tokio::test]
async fn section_7_2_an_unregistered_redirect_uri_is_not_pushed() {
    let world = World::new().await;
    let answer = world.push(&[("redirect_uri", "https://evil.example/cb")]).await;
    answer.assert_error(400, "invalid_request");
    assert!(answer.header("location").is_empty());
}

/// §7.3: replay of a request, to log somebody in a second time.
#[tokio::test]
async fn section_7_3_a_request_uri_is_answered_once() {
    let world = World::new().await;
    let request_uri = world.pushed().await;
    assert_eq!(redeem(&world.app, &world.load("web", &request_uri).await).await.status, 200);
    for _ in 0..2 {
        world.assert_dead("web", &request_uri).await;
    }
}

/// The same at one moment: one answer is sent, whatever the others are.
#[tokio::test(flavor = "multi_thread")]
async fn section_7_3_one_of_many_at_once_is_answered() {
    let world = World::new().await;
    let request_uri = world.pushed().await;
    let mut tasks = tokio::task::JoinSet::new();
    for number in 0..24 {
        let (app, request_uri) = (world.app.clone(), request_uri.clone());
        let person = if number % 3 == 0 { "deny" } else { "agree" };
        tasks.spawn(async move { crate::world::load_as(&app, person, &request_uri).await });
    }
    let answers = tasks.join_all().await;
    let (answered, dead): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == 302);
    assert_eq!(answered.len(), 1);
    dead.iter().for_each(assert_dead);
}

/// §7.5, request swapping: parameters that somebody puts beside it change nothing, wherever they stand.
#[tokio::test]
async fn section_7_5_a_request_is_not_swapped() {
    let world = World::new().await;
    let request_uri = world.pushed().await;
    let other =
        world.push(&[("state", "attacker"), ("code_challenge", CHALLENGE)]).await.member("request_uri");
    let twice = [("client_id", "web"), ("request_uri", &*request_uri), ("request_uri", &*other)];
    world.app.authorize(&twice).await.assert_page(400);
    let answer = world.load("web", &request_uri).await;
    assert_eq!(answer.params()["state"], "s t");
    assert!(answer.location().to_string().starts_with(CALLBACK));
}

/// A public client is whoever says so: what strangers make the server keep is bounded.
#[tokio::test]
async fn a_flood_from_one_address_is_refused() {
    let world = World::new().await;
    let spa = [("client_id", "spa"), ("redirect_uri", "https://spa.example/cb")];
    let flood = world.app.from("198.51.100.7");
    for _ in 0..60 {
        assert_eq!(flood.post("/par", "", &form(&spa)).await.status, 201);
    }
    let refused = flood.post("/par", "", &form(&spa)).await;
    refused.assert_error(429, "temporarily_unavailable");
    assert!(!refused.header("retry-after").is_empty());
    assert_eq!(world.app.from("198.51.100.8").post("/par", "", &form(&spa)).await.status, 201);
    assert_eq!(flood.post("/par", &basic("web"), &form(&[])).await.status, 201, "who authenticates may");
}
