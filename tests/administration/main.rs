//! The acts of an operator over a running server.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use http_body_util::Full;
use oauth_core::admin::Admin;
use oauth_core::clock::Clock;
use oauth_core::event::{Event, Observer};
use oauth_core::prelude::*;
use oauth_core::server::{Environment, RunningServer};
use oauth_tests::Accounts;

#[authorization_server(grants(client_credentials), scopes("jobs"), issuer = "https://auth.example.com")]
struct Machines {
    #[validator]
    accounts: Accounts<MemoryStore>,
}

#[derive(Clone, Default)]
struct Seen(Arc<Mutex<Vec<&'static str>>>);

impl Observer for Seen {
    fn on(&self, event: &Event<'_>) {
        self.0.lock().unwrap().push(event.kind.as_str());
    }
}

async fn status(server: &RunningServer<Machines>, secret: &str) -> u16 {
    let body = format!("grant_type=client_credentials&client_id=backup&client_secret={secret}");
    let request = http::Request::post("/token")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Full::<bytes::Bytes>::from(body));
    server.respond(request.unwrap()).await.status().as_u16()
}

#[tokio::test]
async fn a_rotated_secret_counts_until_its_end_and_no_longer() {
    let (clock, seen) = (Clock::manual(), Seen::default());
    let environment = Environment::new().clock(clock.clone()).observer(seen.clone());
    let server = Machines { accounts: Accounts(MemoryStore::new()) }.start_in(environment).unwrap();
    let admin = Admin::of_server(server.clone());

    let first = ClientSecret::generate();
    let backup = Client::confidential("backup", &first)
        .token_endpoint_auth_method(ClientAuthMethod::ClientSecretPost)
        .scope("jobs");
    admin.create_client(backup.build().unwrap()).await.unwrap();
    assert_eq!(status(&server, first.expose()).await, 200);

    let second = admin.rotate_secret("backup", Duration::from_hours(1)).await.unwrap();
    assert_eq!(status(&server, second.expose()).await, 200);
    assert_eq!(status(&server, first.expose()).await, 200, "its instances learn the new one");
    assert_eq!(status(&server, "neither-of-the-two-of-them").await, 401);
    clock.advance(Duration::from_hours(1));
    assert_eq!(status(&server, first.expose()).await, 401);
    assert_eq!(status(&server, second.expose()).await, 200);

    let third = admin.rotate_secret("backup", Duration::ZERO).await.unwrap();
    assert_eq!(status(&server, second.expose()).await, 401, "it leaked");
    assert_eq!(status(&server, third.expose()).await, 200);

    admin.delete_client("backup").await.unwrap();
    assert_eq!(status(&server, third.expose()).await, 401);
    let acts: Vec<_> =
        seen.0.lock().unwrap().iter().copied().filter(|kind| kind.starts_with("client.")).collect();
    assert_eq!(
        acts,
        ["client.created", "client.secret_rotated", "client.secret_rotated", "client.deleted"],
        "the server's observer is told"
    );
}
