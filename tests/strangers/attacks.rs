//! What strangers try with documents.

use std::net::Ipv4Addr;

use oauth_core::prelude::*;
use tokio::net::TcpListener;

use crate::world::{CALLBACK, CLIENT, World, document};

/// Nothing is asked, and nobody learns why.
async fn assert_unasked(world: &World, client_id: &str) {
    let absent = World::new().await.authorize(CLIENT, CALLBACK).await.text().to_owned();
    let page = world.authorize(client_id, CALLBACK).await;
    page.assert_page(400);
    assert_eq!(page.text(), absent, "{client_id}");
    assert!(world.web.requests().is_empty(), "{client_id}: {:?}", world.web.requests());
}

#[tokio::test]
async fn a_document_of_6_kb() {
    let mut large = document();
    large["padding"] = "x".repeat(6 * 1024).into();
    assert!(!World::with(&large).await.is_known().await);
    large["padding"] = "x".repeat(4 * 1024).into();
    assert!(World::with(&large).await.is_known().await);
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let world = World::new().await;
    let elsewhere = "location: https://other.example/client.json";
    world.web.put("https://other.example/client.json", &document());
    for status in
        ["301 Moved Permanently", "302 Found", "307 Temporary Redirect", "204 No Content", "203 Other"]
    {
        let client = format!("{CLIENT}?{}", &status[..3]);
        world.web.put_with(&client, status, elsewhere, &document().to_string());
        world.authorize(&client, CALLBACK).await.assert_page(400);
    }
    assert_eq!(world.web.requests().len(), 5);
    assert!(!world.web.requests().iter().any(|url| url.contains("other.example")));
}

#[tokio::test]
async fn addresses_inside_are_not_asked() {
    for address in [
        "169.254.169.254",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "10.0.0.1",
        "127.0.0.1",
        "0.0.0.0",
        "100.64.0.1",
        "192.168.1.1",
        "::1",
        "::",
        "fd00::1",
        "fe80::1",
        "64:ff9b::a00:1",
        "2002:a00:1::",
        "2001:db8::1",
    ] {
        let world = World::with(&document()).await;
        world.web.resolve("client.example", &[&[address]]);
        assert_unasked(&world, CLIENT).await;
        // One that is inside is enough.
        let world = World::with(&document()).await;
        world.web.resolve("client.example", &[&["8.8.8.8", address]]);
        assert_unasked(&world, CLIENT).await;
    }
}

#[tokio::test]
async fn names_inside_are_not_even_resolved() {
    for host in [
        "localhost",
        "a.localhost",
        "printer.local",
        "db.internal",
        "intranet",
        "client.example.",
        "127.0.0.1",
        "127.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "169.254.169.254",
        "2130706433",
    ] {
        let world = World::new().await;
        assert_unasked(&world, &format!("https://{host}/client.json")).await;
        assert_eq!(world.web.resolved(), 0, "{host}");
    }
}

/// An answer for the judge and another for the connection: there is no second question.
#[tokio::test]
async fn dns_rebinding() {
    let world = World::with(&document()).await;
    let inside = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let client = format!("https://client.example:{}/client.json", inside.local_addr().unwrap().port());
    // Nobody answers at the first, and nobody is asked at the second.
    world.web.resolve("client.example", &[&["203.0.113.1", "8.8.8.8"], &["127.0.0.1"]]);
    world.authorize(&client, CALLBACK).await.assert_page(400);
    assert_eq!(world.web.resolved(), 1);
    let world = World::with(&document()).await;
    world.web.resolve("client.example", &[&["127.0.0.1"]]);
    world.authorize(&client, CALLBACK).await.assert_page(400);
    assert_eq!(world.web.resolved(), 1);
    let is_asked = tokio::time::timeout(std::time::Duration::from_millis(50), inside.accept()).await.is_ok();
    assert!(!is_asked);
}

#[tokio::test]
async fn identifiers_that_are_no_urls_of_documents() {
    let world = World::with(&document()).await;
    for client_id in [
        "https://client.example",
        "https://user@client.example/oauth/client.json",
        "https://client.example/oauth/client.json#x",
        "https://client.example/oauth/client.json?",
        "https://client.example:/oauth/client.json",
        "https://client.example/x/../oauth/client.json",
        "https://client.example/x/%2e%2e/oauth/client.json",
        "http://client.example/oauth/client.json",
        "HTTPS://client.example/oauth/client.json",
    ] {
        assert_unasked(&world, client_id).await;
    }
}

/// Who makes us fetch is limited; whoever has been fetched before is not.
#[tokio::test]
async fn a_flood_of_urls_stops_at_its_address() {
    let world = World::with(&document()).await;
    assert!(world.is_known().await);
    let attacker = world.app.from("198.51.100.7");
    let mut limited = 0;
    for number in 0..40 {
        let client = format!("https://client.example/{number}");
        let form = [("grant_type", "refresh_token"), ("refresh_token", "x"), ("client_id", client.as_str())];
        let answer = attacker.post("/token", "", &form).await;
        limited += usize::from(answer.status == 429);
    }
    assert_eq!(limited, 20);
    world.clock.advance(std::time::Duration::from_secs(601));
    assert!(world.is_known().await, "it is fetched again");
}

/// Names that never resolve hold a turn each for as long as a fetch may take: of one address they do not hold all.
#[tokio::test]
async fn attack_silent_hosts_keep_others_from_theirs() {
    let world = std::sync::Arc::new(World::with(&document()).await);
    let ask = |number: usize| {
        let (world, address) = (world.clone(), format!("198.51.100.{}", number % 2));
        async move {
            let client = format!("https://{number}.silent.example/client.json");
            let form =
                [("grant_type", "refresh_token"), ("refresh_token", "x"), ("client_id", client.as_str())];
            world.app.from(&address).post("/token", "", &form).await.status
        }
    };
    let mut floods: tokio::task::JoinSet<_> = (0..32).map(ask).collect();
    // Each has begun, and waits or was sent away.
    while world.web.resolved() < 16 {
        tokio::task::yield_now().await;
    }
    assert!(world.is_known().await);
    for _ in 0..16 {
        assert_eq!(floods.join_next().await.unwrap().unwrap(), 429);
    }
    floods.abort_all();
}

/// Whom the operator deleted would be back at once, as anybody's client: such an identifier is refused while it is saved.
#[tokio::test]
async fn a_client_of_the_operators_does_not_come_back_by_its_document() {
    let world = World::with(&document()).await;
    let own = Client::public(CLIENT).redirect_uri(CALLBACK).scope("admin").build().unwrap();
    world.store.save_client(own).await.unwrap();
    let answer = world.authorize(CLIENT, CALLBACK).await;
    answer.assert_page(500);
    let form = [("grant_type", "refresh_token"), ("refresh_token", "x"), ("client_id", CLIENT)];
    assert_eq!(world.app.post("/token", "", &form).await.status, 500);
    assert!(world.web.requests().is_empty(), "{:?}", world.web.requests());
    // An identifier that is no URL of a document has no way back.
    for id in ["https://client.example", "urn:example:client"] {
        let own = Client::public(id).redirect_uri(CALLBACK).scope("profile").build().unwrap();
        world.store.save_client(own).await.unwrap();
        assert_eq!(world.log_in(id, CALLBACK).await.status, 200, "{id}");
    }
}
