//! §4: what a browser makes of a `request_uri`.

use oauth_core::prelude::*;
use oauth_tests::{basic, clients};

use crate::world::{CALLBACK, World, assert_dead, form, load_as, on_file, redeem};

/// RFC 9101 §5: parameters outside of what was pushed count for nothing.
#[tokio::test]
async fn other_parameters_are_ignored() {
    let world = World::new().await;
    let request_uri = world.pushed().await;
    let query = [
        ("client_id", "web"),
        ("request_uri", request_uri.as_str()),
        ("redirect_uri", "https://evil.example/cb"),
        ("scope", "profile calendar"),
        ("state", "another"),
        ("response_type", "token"),
        ("code_challenge", "stripped"),
        ("prompt", "none"),
    ];
    let answer = world.app.authorize(&query).await;
    assert!(answer.location().to_string().starts_with(CALLBACK));
    assert_eq!(answer.params()["state"], "s t");
    assert_eq!(redeem(&world.app, &answer).await.member("scope"), "profile");
}

#[tokio::test]
async fn an_unknown_request_uri_is_refused_on_a_page() {
    let world = World::new().await;
    for request_uri in [
        "urn:ietf:params:oauth:request_uri:unknown",
        "urn:ietf:params:oauth:request_uri:",
        "urn:example:request",
        "https://web.example/request.jwt",
    ] {
        world.assert_dead("web", request_uri).await;
    }
    let request_uri = world.pushed().await;
    world.app.authorize(&[("request_uri", &request_uri)]).await.assert_page(400);
    assert!(world.load("web", &request_uri).await.params().contains_key("code"), "nothing was used up");
}

/// "An expired `request_uri` MUST be rejected as invalid."
#[tokio::test]
async fn an_expired_request_uri_is_refused() {
    let world = World::new().await;
    let (in_time, late) = (world.pushed().await, world.pushed().await);
    world.wait(59);
    assert!(world.load("web", &in_time).await.params().contains_key("code"));
    world.wait(1);
    world.assert_dead("web", &late).await;
}

/// "… but MAY allow for duplicate requests due to a user reloading/refreshing their user agent."
#[tokio::test]
async fn a_page_is_loaded_twice_and_the_login_succeeds() {
    let world = World::new().await;
    let request_uri = world.pushed().await;
    for _ in 0..2 {
        let page = world.load_as("page", &request_uri).await;
        assert_eq!((page.status.as_u16(), page.text()), (200, "a login"));
    }
    let answer = world.load("web", &request_uri).await;
    assert_eq!(redeem(&world.app, &answer).await.status, 200);
    world.assert_dead("web", &request_uri).await;
    assert_dead(&world.load_as("page", &request_uri).await);
}

/// `expires_in` is about the first load: people log in for minutes.
#[tokio::test]
async fn a_slow_login_succeeds() {
    let world = World::new().await;
    let (slow, too_slow) = (world.pushed().await, world.pushed().await);
    for request_uri in [&slow, &too_slow] {
        assert_eq!(world.load_as("page", request_uri).await.status, 200);
    }
    world.wait(14 * 60);
    assert_eq!(world.load_as("page", &slow).await.status, 200);
    assert!(world.load("web", &slow).await.params().contains_key("code"));
    world.wait(3 * 60);
    world.assert_dead("web", &too_slow).await;
}

#[tokio::test]
async fn an_error_answers_it_as_well_as_a_code() {
    let world = World::new().await;
    let request_uri = world.pushed().await;
    world.load_as("deny", &request_uri).await.assert_redirected_error(CALLBACK, "access_denied");
    world.assert_dead("web", &request_uri).await;
}

/// "The authorization server MUST validate authorization requests arising from a pushed request as it would any other
/// authorization request." §7.4: what the client registered may have changed meanwhile.
#[tokio::test]
async fn the_client_and_its_redirect_uri_are_looked_at_again() {
    let world = World::new().await;
    let request_uri = world.pushed().await;
    let web = clients().into_iter().find(|client| client.client_id == "web").unwrap();
    let moved = Client::confidential("web", &ClientSecret::new(oauth_tests::secret()).unwrap())
        .redirect_uri("https://moved.example/cb")
        .scope("profile")
        .build()
        .unwrap();
    world.store.save_client(moved).await.unwrap();
    let answer = world.load("web", &request_uri).await;
    answer.assert_page(400);
    assert!(!answer.text().contains("invalid_request_uri"));
    world.store.save_client(web).await.unwrap();
    assert!(world.load("web", &request_uri).await.params().contains_key("code"), "nothing was used up");
}

/// Two instances over one file share what was pushed, and the first to answer it is the only one.
#[tokio::test]
async fn two_instances_share_pushed_requests() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("oauth.db");
    let store = SqliteStore::open(&file).await.unwrap();
    for client in clients() {
        store.save_client(client).await.unwrap();
    }
    let (one, two) = (on_file(store), on_file(SqliteStore::open(&file).await.unwrap()));
    let request_uri = one.post("/par", &basic("web"), &form(&[])).await.member("request_uri");
    assert_eq!(load_as(&two, "page", &request_uri).await.status, 200);
    let query = [("client_id", "web"), ("request_uri", request_uri.as_str())];
    let (first, second) = tokio::join!(one.authorize(&query), two.authorize(&query));
    let (answered, dead) = if first.status == 302 { (first, second) } else { (second, first) };
    assert_eq!(redeem(&two, &answered).await.status, 200);
    assert_dead(&dead);
}
