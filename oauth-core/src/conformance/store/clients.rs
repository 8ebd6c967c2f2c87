//! Role `clients`.

use crate::client::{Client, ClientSecret};
use crate::store::ClientStore;

fn client(id: &str, origins: &[&str]) -> Client {
    let secret = ClientSecret::new("a-secret-of-some-length").unwrap();
    let client = Client::confidential(id, &secret)
        .client_name("Bücher & <b>")
        .client_uri("https://calendar.example")
        .redirect_uri("https://calendar.example/cb")
        .scope("profile calendar");
    origins.iter().fold(client, |client, origin| client.origin(*origin)).build().unwrap()
}

pub async fn a_client_comes_back_whole<S: ClientStore + Clone + 'static>(store: S) {
    let saved = client("calendar", &["https://app.example"]);
    store.save_client(saved.clone()).await.unwrap();
    let kept = store.client("calendar").await.unwrap().unwrap();
    assert_eq!(serde_json::to_value(&*kept).unwrap(), serde_json::to_value(&saved).unwrap());
    assert!(kept.secret_hash.as_ref().unwrap().verify("a-secret-of-some-length"));
}

pub async fn an_unknown_client_is_none<S: ClientStore + Clone + 'static>(store: S) {
    store.save_client(client("calendar", &[])).await.unwrap();
    for unknown in ["", "Calendar", "calendar ", "calenda", "%", "' OR 1=1 --"] {
        assert!(store.client(unknown).await.unwrap().is_none(), "{unknown}");
    }
}

pub async fn saving_replaces<S: ClientStore + Clone + 'static>(store: S) {
    store.save_client(client("calendar", &[])).await.unwrap();
    let public = Client::public("calendar").redirect_uri("https://new.example/cb").build().unwrap();
    store.save_client(public).await.unwrap();
    let kept = store.client("calendar").await.unwrap().unwrap();
    assert!(kept.is_public());
    assert_eq!(kept.redirect_uris.first().unwrap().as_str(), "https://new.example/cb");
}

pub async fn an_origin_is_registered_while_a_client_has_it<S: ClientStore + Clone + 'static>(store: S) {
    let registered = |origin: &'static str| {
        let store = store.clone();
        async move { store.is_origin_registered(origin).await.unwrap() }
    };
    assert!(!registered("https://app.example").await);
    // Twice in one client is once.
    store.save_client(client("a", &["https://app.example", "https://app.example"])).await.unwrap();
    store.save_client(client("b", &["https://app.example", "https://b.example"])).await.unwrap();
    assert!(registered("https://app.example").await);
    assert!(registered("https://b.example").await);
    assert!(!registered("https://app.example.evil").await);
    assert!(!registered("null").await);

    store.save_client(client("a", &[])).await.unwrap();
    assert!(registered("https://app.example").await, "b still has it");
    store.save_client(client("b", &["https://b.example"])).await.unwrap();
    assert!(!registered("https://app.example").await);
    assert!(registered("https://b.example").await);
}

/// RFC 6749 Appendix A.1: an identifier is of visible characters, and whoever sends another names no client. It is no failure.
pub async fn a_name_that_no_database_takes_is_nobodys<S: ClientStore + Clone + 'static>(store: S) {
    for name in ["\0", "client\0", "", "\u{7f}"] {
        assert!(store.client(name).await.unwrap().is_none());
    }
}
