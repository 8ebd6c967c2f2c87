//! What people are told of clients that come by themselves, and what is remembered of their answer.

use std::time::Duration;

use oauth_core::clock::Clock;
use oauth_core::http::Fetcher;
use oauth_core::interaction::LoginPages;
use oauth_core::prelude::*;
use oauth_core::server::Environment;
use oauth_tests::App;
use serde_json::{Value, json};

use crate::visitor::{Visitor, store};
use crate::web::Web;
use crate::world::{CALLBACK, CLIENT, document};

#[validator]
struct Members {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(authorization_code, refresh_token),
    scopes("profile" = "See your name"),
    issuer = "https://auth.example.com",
    client_id_metadata_documents,
    unverified_scopes("profile")
)]
struct Shop {
    #[validator]
    members: Members,
    #[interaction]
    pages: LoginPages,
    #[fetcher]
    fetcher: Fetcher,
}

/// A visitor who is logged in, before a client with this document.
async fn visit(document: &Value) -> (Visitor, Web, Clock) {
    let (web, clock) = (Web::start().await, Clock::manual());
    web.put(CLIENT, document);
    let members = Members { store: store().await };
    let server = Shop { members, pages: LoginPages::new(), fetcher: web.fetcher() };
    let app = App::in_environment(server, Environment::new().clock(clock.clone()));
    let mut visitor = Visitor::of_app(app, "https://auth.example.com".to_owned());
    visitor.log_in_as_alice().await;
    (visitor, web, clock)
}

fn client_id() -> String {
    form_urlencoded::byte_serialize(CLIENT.as_bytes()).collect()
}

#[tokio::test]
async fn consent_says_who_comes_and_that_nobody_knows_them() {
    let mut document = document();
    document["client_name"] = json!("Your Bank");
    document["client_uri"] = json!("https://bank.example/");
    document["redirect_uris"] = json!(["https://elsewhere.example/cb"]);
    let (mut visitor, _web, _) = visit(&document).await;
    let page = visitor.authorize(&client_id(), "").await;
    assert_eq!(page.status, 200, "{}", page.text());
    for text in
        ["<bdi>Your Bank</bdi>", "<bdi>client.example</bdi>", "<bdi>elsewhere.example</bdi>", "Not verified"]
    {
        assert!(page.text().contains(text), "{text} is missing: {}", page.text());
    }
    assert!(!page.text().contains("bank.example"), "nobody vouches for its home page");
}

#[tokio::test]
async fn what_was_agreed_to_is_void_once_the_client_is_another() {
    let (mut visitor, web, clock) = visit(&document()).await;
    let page = visitor.authorize(&client_id(), "").await;
    visitor.submit(&page, &[("decision", "allow")]).await;
    assert!(visitor.authorize(&client_id(), "").await.params().contains_key("code"), "it is remembered");
    let mut other = document();
    other["redirect_uris"] = json!([CALLBACK, "https://evil.example/cb"]);
    web.put(CLIENT, &other);
    clock.advance(Duration::from_secs(601));
    let uri =
        format!("&redirect_uri={}", form_urlencoded::byte_serialize(CALLBACK.as_bytes()).collect::<String>());
    let page = visitor.authorize(&client_id(), &uri).await;
    assert_eq!(page.status, 200, "it is asked for anew");
    visitor.submit(&page, &[("decision", "allow")]).await;
    assert!(visitor.authorize(&client_id(), &uri).await.params().contains_key("code"));
    web.put(CLIENT, &document());
    clock.advance(Duration::from_secs(601));
    assert_eq!(visitor.authorize(&client_id(), "").await.status, 200, "nor does it come back");
}

#[tokio::test]
async fn on_loopback_it_is_asked_for_every_time() {
    let mut document = document();
    document["redirect_uris"] = json!(["http://localhost/callback"]);
    let (mut visitor, _web, _) = visit(&document).await;
    let uri = "&redirect_uri=http%3A%2F%2Flocalhost%3A58135%2Fcallback";
    for _ in 0..2 {
        let page = visitor.authorize(&client_id(), uri).await;
        assert!(
            page.text().contains("on this device") && page.text().contains("Not verified"),
            "{}",
            page.text()
        );
        let answer = visitor.submit(&page, &[("decision", "allow")]).await;
        assert!(answer.params().contains_key("code"));
    }
}
