//! §4 to §6: servers and clients for which requests must be pushed.

use oauth_core::client::ClientMetadata;
use oauth_core::prelude::*;
use oauth_tests::{App, CHALLENGE, ISSUER, basic, clients};

use crate::world::{CALLBACK, People, World, form};

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(authorization_code, device_code, client_credentials),
    scopes("profile", "jobs"),
    issuer = "https://auth.example.com",
    pushed_authorization_requests(required, expires_in = "90s"),
    endpoints(pushed_authorization_request = "/as/par")
)]
struct Strict {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

async fn store() -> MemoryStore {
    let store = MemoryStore::new();
    for client in clients() {
        store.save_client(client).await.unwrap();
    }
    store
}

const DIRECT: [(&str, &str); 5] = [
    ("client_id", "web"),
    ("response_type", "code"),
    ("redirect_uri", CALLBACK),
    ("code_challenge", CHALLENGE),
    ("code_challenge_method", "S256"),
];

#[tokio::test]
async fn a_server_refuses_what_was_not_pushed() {
    let app = App::of(Strict { accounts: Accounts { store: store().await }, pages: LoginPages::new() });
    app.authorize(&DIRECT).await.assert_redirected_error(CALLBACK, "invalid_request");
    let pushed = app.post("/as/par", &basic("web"), &form(&[])).await;
    assert_eq!(pushed.json()["expires_in"], 90);
    let answer = app.authorize(&[("client_id", "web"), ("request_uri", &pushed.member("request_uri"))]).await;
    assert!(answer.location().to_string().starts_with("/login?return_to="), "{:?}", answer.location());
    // Of devices and machines nothing is asked: they have no authorization request.
    let machine = app.post("/token", &basic("machine"), &[("grant_type", "client_credentials")]).await;
    assert_eq!(machine.status, 200);
}

#[tokio::test]
async fn section_5_the_metadata_says_so() {
    let app = App::of(Strict { accounts: Accounts { store: store().await }, pages: LoginPages::new() });
    let metadata = app.get("/.well-known/oauth-authorization-server").await.json();
    assert_eq!(metadata["pushed_authorization_request_endpoint"], format!("{ISSUER}/as/par"));
    assert_eq!(metadata["require_pushed_authorization_requests"], true);
    let world = World::new().await;
    let metadata = world.app.get("/.well-known/oauth-authorization-server").await.json();
    assert_eq!(metadata["pushed_authorization_request_endpoint"], format!("{ISSUER}/par"));
    assert!(metadata.get("require_pushed_authorization_requests").is_none(), "false is the default");
}

#[tokio::test]
async fn section_6_a_client_can_demand_it_of_itself() {
    let world = World::new().await;
    let json = r#"{"redirect_uris": ["https://web.example/cb"], "scope": "profile", "require_pushed_authorization_requests": true}"#;
    let metadata: ClientMetadata = serde_json::from_str(json).unwrap();
    let secret = ClientSecret::new(oauth_tests::secret()).unwrap();
    let web = metadata.into_builder("web", Some(&secret)).unwrap().build().unwrap();
    assert!(web.require_pushed_authorization_requests);
    world.store.save_client(web).await.unwrap();
    world.app.authorize(&DIRECT).await.assert_redirected_error(CALLBACK, "invalid_request");
    assert!(world.load("web", &world.pushed().await).await.params().contains_key("code"));
    // Others go on as before.
    let mut other = DIRECT;
    (other[0].1, other[2].1) = ("other", "https://other.example/cb");
    assert!(world.app.authorize(&other).await.params().contains_key("code"));
}

#[authorization_server(grants(authorization_code), scopes("profile"), issuer = "https://auth.example.com")]
struct Without {
    #[validator]
    accounts: Accounts,
    #[interaction]
    people: People,
}

/// RFC 6749 §3.1: an unknown parameter is ignored, and so it is where nothing is pushed.
#[tokio::test]
async fn a_server_without_it_has_no_endpoint() {
    let app = App::of(Without { accounts: Accounts { store: store().await }, people: People });
    assert_eq!(app.post("/par", &basic("web"), &form(&[])).await.status, 404);
    let beside = [("request_uri", "urn:ietf:params:oauth:request_uri:x")];
    let answer = app.authorize(&[DIRECT.as_slice(), &beside].concat()).await;
    assert!(answer.params().contains_key("code"));
    let metadata = app.get("/.well-known/oauth-authorization-server").await.json();
    assert!(metadata.get("pushed_authorization_request_endpoint").is_none());
}

mod strict {
    use super::*;

    oauth_core::conformance!(Strict, |fixture| {
        let store = MemoryStore::new();
        store.save_user(fixture.user()?).await?;
        Strict { accounts: Accounts { store }, pages: LoginPages::new() }
    });
}

mod lenient {
    use super::*;
    use crate::world::Server;

    oauth_core::conformance!(Server, |fixture| {
        fixture.refuse(|request| {
            request.headers_mut().insert("x-person", http::HeaderValue::from_static("deny"));
        });
        Server::new(MemoryStore::new())
    });
}
