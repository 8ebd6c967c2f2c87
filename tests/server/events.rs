//! An observer sees each act, and nothing secret.

use std::sync::{Arc, Mutex};

use http_body_util::Full;
use oauth_core::event::{Event, EventKind, Observer};
use oauth_core::prelude::*;
use oauth_core::server::Environment;
use oauth_tests::{Accounts, basic, clients};

#[authorization_server(grants(client_credentials), scopes("jobs"), issuer = "https://auth.example.com")]
struct Machines {
    #[validator]
    accounts: Accounts<MemoryStore>,
}

/// Every event, as one text each.
#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<(EventKind, String)>>>);

impl Observer for Seen {
    fn on(&self, event: &Event<'_>) {
        self.0.lock().unwrap().push((event.kind, format!("{event:?}")));
    }
}

#[tokio::test]
async fn each_act_is_an_event_that_names_the_client_and_no_secret() {
    let (store, seen) = (MemoryStore::default(), Seen::default());
    for client in clients() {
        store.save_client(client).await.unwrap();
    }
    let environment = Environment::new().observer(seen.clone());
    let server = Machines { accounts: Accounts(store) }.start_in(environment).unwrap();
    let send = async |path: &str, authorization: &str, body: String| {
        let request = http::Request::post(path)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("authorization", authorization)
            .body(Full::<bytes::Bytes>::from(body));
        let response = server.respond(request.unwrap()).await;
        let body = http_body_util::BodyExt::collect(response.into_body()).await.unwrap().to_bytes();
        serde_json::from_slice::<serde_json::Value>(&body).unwrap()
    };
    let grant = || "grant_type=client_credentials".to_owned();
    let token = send("/token", &basic("machine"), grant()).await["access_token"].as_str().unwrap().to_owned();
    send("/token", &basic("machine"), "grant_type=password".to_owned()).await;
    send("/token", &basic("nobody"), grant()).await;
    send("/revoke", &basic("machine"), format!("token={token}")).await;

    let seen = seen.0.lock().unwrap();
    let kinds: Vec<_> = seen.iter().map(|(kind, _)| kind.as_str()).collect();
    assert_eq!(kinds, ["token.issued", "token.error", "client_auth.failed", "token.error", "token.revoked"]);
    for (kind, text) in &*seen {
        assert!(!text.contains(&token), "{kind} tells the token");
        let is_anonymous = text.contains("client_id: None");
        assert_eq!(is_anonymous, text.contains("InvalidClient") || text.contains("invalid_client"), "{text}");
    }
}
