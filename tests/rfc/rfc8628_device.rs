//! RFC 8628.

use std::collections::BTreeSet;
use std::time::Duration;

use oauth_core::clock::Clock;
use oauth_core::grant::UserCode;
use oauth_core::prelude::*;
use oauth_core::server::Environment;
use oauth_core::store::{DeviceDecision, DeviceStore as _};
use oauth_core::time::UnixTime;
use oauth_tests::{Answer, App, basic, clients, secret};

const DEVICE_CODE: &str = "urn:ietf:params:oauth:grant-type:device_code";

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(device_code, refresh_token),
    scopes("profile", "calendar", "admin"),
    issuer = "https://auth.example.com"
)]
struct DeviceServer {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

/// A server whose codes live for four seconds.
#[authorization_server(
    grants(device_code),
    issuer = "https://auth.example.com",
    device_code_lifetime = "4s",
    device_polling_interval = "1s",
    endpoints(device_authorization = "/oauth/device")
)]
struct Hasty {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

async fn store() -> MemoryStore {
    let store = MemoryStore::new();
    let secret = ClientSecret::new(secret()).unwrap();
    let devices = [
        Client::public("tv").grant_type(GrantType::DEVICE_CODE).grant_type(GrantType::REFRESH_TOKEN),
        Client::public("radio").grant_type(GrantType::DEVICE_CODE),
        Client::confidential("printer", &secret).grant_type(GrantType::DEVICE_CODE),
    ];
    for device in devices {
        store.save_client(device.scope("profile calendar").build().unwrap()).await.unwrap();
    }
    for client in clients() {
        store.save_client(client).await.unwrap();
    }
    store
}

/// A server, and a person who decides behind its back.
struct World {
    app: App,
    store: MemoryStore,
}

impl World {
    async fn new() -> Self {
        let store = store().await;
        let accounts = Accounts { store: store.clone() };
        Self { app: App::of(DeviceServer { accounts, pages: LoginPages::new() }), store }
    }

    async fn begin(&self, client_id: &str) -> Answer {
        self.app.post("/device_authorization", "", &[("client_id", client_id)]).await
    }

    async fn poll(&self, client_id: &str, device_code: &str) -> Answer {
        let form = [("grant_type", DEVICE_CODE), ("client_id", client_id), ("device_code", device_code)];
        self.app.post("/token", "", &form).await
    }

    async fn approve(&self, begun: &Answer) {
        let code = UserCode::parse(&begun.member("user_code")).unwrap().hash();
        let now = UnixTime::now();
        let asked = self.store.device_authorization(&code, now).await.unwrap().unwrap();
        let approval = DeviceDecision::approve("alice", now, asked.scopes);
        assert!(self.store.decide_device_code(&code, approval, now).await.unwrap());
    }

    async fn deny(&self, begun: &Answer) {
        let code = UserCode::parse(&begun.member("user_code")).unwrap().hash();
        assert!(self.store.decide_device_code(&code, DeviceDecision::Deny, UnixTime::now()).await.unwrap());
    }
}

#[tokio::test]
async fn section_3_2_the_response_has_all_that_a_device_shows() {
    let world = World::new().await;
    let begun = world.begin("tv").await;
    assert_eq!(begun.status, 200, "{}", begun.text());
    assert_eq!((begun.header("cache-control"), begun.header("pragma")), ("no-store", "no-cache"));
    let json = begun.json();
    let members: BTreeSet<_> = json.as_object().unwrap().keys().map(String::as_str).collect();
    let expected = [
        "device_code",
        "expires_in",
        "interval",
        "user_code",
        "verification_uri",
        "verification_uri_complete",
    ];
    assert_eq!(members, expected.into());
    assert_eq!(json["verification_uri"], "https://auth.example.com/device");
    let code = begun.member("user_code");
    assert_eq!(
        json["verification_uri_complete"],
        format!("https://auth.example.com/device?user_code={code}")
    );
    assert_eq!((&json["expires_in"], &json["interval"]), (&600.into(), &5.into()));
    assert_eq!(begun.member("device_code").len(), 43, "256 bits");
    assert_ne!(world.begin("tv").await.member("user_code"), code);
}

#[tokio::test]
async fn section_3_5_pending_then_approved_then_used_up() {
    let world = World::new().await;
    let begun = world.begin("tv").await;
    let code = begun.member("device_code");
    world.poll("tv", &code).await.assert_error(400, "authorization_pending");
    world.approve(&begun).await;
    let tokens = world.poll("tv", &code).await;
    assert_eq!(tokens.status, 200, "{}", tokens.text());
    assert_eq!(tokens.member("scope"), "profile calendar");
    world.poll("tv", &code).await.assert_error(400, "invalid_grant");
    let seen =
        world.app.post("/introspect", &basic("web"), &[("token", &tokens.member("access_token"))]).await;
    assert_eq!((seen.member("sub"), seen.member("client_id")), ("alice".to_owned(), "tv".to_owned()));

    let refresh = tokens.member("refresh_token");
    let form = [("grant_type", "refresh_token"), ("client_id", "tv"), ("refresh_token", refresh.as_str())];
    let refreshed = world.app.post("/token", "", &form).await;
    assert_eq!(refreshed.member("scope"), "profile calendar");
    assert_ne!(refreshed.member("refresh_token"), refresh);
}

#[tokio::test]
async fn a_client_without_the_refresh_grant_gets_no_refresh_token() {
    let world = World::new().await;
    let begun = world.begin("radio").await;
    world.approve(&begun).await;
    let tokens = world.poll("radio", &begun.member("device_code")).await;
    assert!(tokens.json().get("refresh_token").is_none(), "{}", tokens.text());
}

#[tokio::test]
async fn section_3_5_a_device_that_asks_too_often_is_told_to_slow_down_and_still_gets_its_tokens() {
    let world = World::new().await;
    let begun = world.begin("tv").await;
    let code = begun.member("device_code");
    world.poll("tv", &code).await.assert_error(400, "authorization_pending");
    for raised in [10, 15, 20] {
        world.poll("tv", &code).await.assert_error(400, "slow_down");
        let user_code = UserCode::parse(&begun.member("user_code")).unwrap().hash();
        let kept = world.store.device_authorization(&user_code, UnixTime::now()).await.unwrap().unwrap();
        assert_eq!(kept.interval, Duration::from_secs(raised));
    }
    world.approve(&begun).await;
    assert_eq!(world.poll("tv", &code).await.status, 200);
}

#[tokio::test]
async fn section_3_5_a_refusal_is_access_denied() {
    let world = World::new().await;
    let begun = world.begin("tv").await;
    world.deny(&begun).await;
    for _ in 0..2 {
        world.poll("tv", &begun.member("device_code")).await.assert_error(400, "access_denied");
    }
}

#[tokio::test]
async fn section_3_5_an_expired_code_is_told_so() {
    let store = store().await;
    let accounts = Accounts { store: store.clone() };
    let clock = Clock::manual();
    let server = Hasty { accounts, pages: LoginPages::new() };
    let server = server.start_in(Environment::new().clock(clock.clone())).unwrap();
    let world = World { app: App::over_router(server.into_router()), store };
    let begin = async || world.app.post("/oauth/device", "", &[("client_id", "tv")]).await;
    let (pending, approved) = (begin().await, begin().await);
    assert_eq!((&pending.json()["expires_in"], &pending.json()["interval"]), (&4.into(), &1.into()));
    world.approve(&approved).await;
    clock.advance(Duration::from_secs(4));
    for late in [pending, approved] {
        world.poll("tv", &late.member("device_code")).await.assert_error(400, "expired_token");
    }
}

/// A flood needs no more than the name of a public client, and everything it asks for is kept.
#[tokio::test]
async fn a_flood_of_device_authorizations_is_bounded_by_address_and_by_client() {
    let (store, clock) = (store().await, Clock::manual());
    let server = DeviceServer { accounts: Accounts { store: store.clone() }, pages: LoginPages::new() };
    let environment = Environment::new().clock(clock.clone()).pending_device_codes(100);
    let app = App::in_environment(server, environment);
    let begin = async |address: &str, client_id: &str| {
        app.from(address).post("/device_authorization", "", &[("client_id", client_id)]).await
    };
    for _ in 0..60 {
        assert_eq!(begin("198.51.100.1", "tv").await.status, 200);
    }
    let refused = begin("198.51.100.1", "tv").await;
    refused.assert_error(429, "temporarily_unavailable");
    assert_eq!(refused.header("retry-after"), "5");
    assert_eq!(begin("198.51.100.1", "radio").await.status, 200, "another client");
    for flood in 0..40 {
        assert_eq!(begin(&format!("192.0.2.{flood}"), "tv").await.status, 200);
    }
    let refused = begin("203.0.113.7", "tv").await;
    refused.assert_error(503, "temporarily_unavailable");
    assert_eq!(refused.header("retry-after"), "6", "the lifetime of a code, by a hundred");
    assert_eq!(begin("203.0.113.7", "radio").await.status, 200, "another client");
    clock.advance(Duration::from_mins(10));
    assert_eq!(begin("203.0.113.7", "tv").await.status, 200);
}

/// A client that authenticates asks for many devices at one address.
#[tokio::test]
async fn an_authenticated_client_is_not_limited_by_address() {
    let world = World::new().await;
    let app = world.app.from("198.51.100.1");
    for _ in 0..100 {
        assert_eq!(app.post("/device_authorization", &basic("printer"), &[]).await.status, 200);
    }
}

#[tokio::test]
async fn a_device_code_is_its_clients_own() {
    let world = World::new().await;
    let begun = world.begin("tv").await;
    world.approve(&begun).await;
    let code = begun.member("device_code");
    world.poll("radio", &code).await.assert_error(400, "invalid_grant");
    world.poll("tv", "unknown").await.assert_error(400, "invalid_grant");
    world.poll("tv", &begun.member("user_code")).await.assert_error(400, "invalid_grant");
    assert_eq!(world.poll("tv", &code).await.status, 200, "nobody used it up");
}

#[tokio::test]
async fn polling_at_the_same_moment_yields_tokens_once() {
    let world = World::new().await;
    let begun = world.begin("tv").await;
    world.approve(&begun).await;
    let code = begun.member("device_code");
    let polls = futures(20, || world.poll("tv", &code)).await;
    let (granted, refused): (Vec<_>, Vec<_>) = polls.into_iter().partition(|answer| answer.status == 200);
    assert_eq!((granted.len(), refused.len()), (1, 19));
    for answer in &refused {
        answer.assert_error(400, "invalid_grant");
    }
    assert!(world.app.is_active(&granted[0].member("access_token")).await, "two polls at once are no attack");
}

/// Runs several at once on this task.
async fn futures<F: Future>(count: usize, make: impl Fn() -> F) -> Vec<F::Output> {
    let mut running: Vec<_> = (0..count).map(|_| Box::pin(make())).collect();
    let mut done = Vec::new();
    std::future::poll_fn(|context| {
        running.retain_mut(|future| match future.as_mut().poll(context) {
            std::task::Poll::Ready(output) => {
                done.push(output);
                false
            }
            std::task::Poll::Pending => true,
        });
        if running.is_empty() { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
    done
}

#[tokio::test]
async fn section_3_1_the_request_is_checked_as_a_token_request_is() {
    let world = World::new().await;
    let post = async |authorization: &str, form: &[(&str, &str)]| {
        world.app.post("/device_authorization", authorization, form).await
    };
    post("", &[]).await.assert_error(401, "invalid_client");
    post("", &[("client_id", "nobody")]).await.assert_error(401, "invalid_client");
    post("", &[("client_id", "printer")]).await.assert_error(401, "invalid_client");
    assert_eq!(post(&basic("printer"), &[]).await.status, 200);
    post("", &[("client_id", "spa")]).await.assert_error(400, "unauthorized_client");
    post("", &[("client_id", "tv"), ("scope", "admin")]).await.assert_error(400, "invalid_scope");
    post("", &[("client_id", "tv"), ("scope", "unknown")]).await.assert_error(400, "invalid_scope");
    assert_eq!(post("", &[("client_id", "tv"), ("scope", "profile")]).await.status, 200);
    world.app.get("/device_authorization").await.assert_error(405, "invalid_request");
    let with_query = world.app.post("/device_authorization?client_id=tv", "", &[("client_id", "tv")]).await;
    with_query.assert_error(400, "invalid_request");
    let form = [("grant_type", DEVICE_CODE), ("client_id", "tv")];
    world.app.post("/token", "", &form).await.assert_error(400, "invalid_request");
    let form = [("grant_type", DEVICE_CODE), ("client_id", "spa"), ("device_code", "x")];
    world.app.post("/token", "", &form).await.assert_error(400, "unauthorized_client");
}

#[tokio::test]
async fn section_4_metadata_names_the_endpoint() {
    let world = World::new().await;
    let document = world.app.get("/.well-known/oauth-authorization-server").await.json();
    assert_eq!(document["device_authorization_endpoint"], "https://auth.example.com/device_authorization");
    assert_eq!(document["grant_types_supported"], serde_json::json!([DEVICE_CODE, "refresh_token"]));
    assert!(document.get("authorization_endpoint").is_none(), "{document}");
    assert_eq!(document["response_types_supported"], serde_json::json!([]));

    let other = App::new().await;
    let document = other.get("/.well-known/oauth-authorization-server").await.json();
    assert!(document.get("device_authorization_endpoint").is_none());
    assert_eq!(other.post("/device_authorization", "", &[("client_id", "spa")]).await.status, 404);
}

#[tokio::test]
async fn a_store_that_fails_is_a_failure() {
    use oauth_tests::{Failing, Role};
    #[validator]
    struct FailingAccounts {
        #[store]
        store: Failing,
    }
    #[authorization_server(grants(device_code), issuer = "https://auth.example.com")]
    struct FailingServer {
        #[validator]
        accounts: FailingAccounts,
        #[interaction]
        pages: LoginPages,
    }
    let store = Failing::default();
    let tv = Client::public("tv").grant_type(GrantType::DEVICE_CODE).build().unwrap();
    store.save_client(tv).await.unwrap();
    let accounts = FailingAccounts { store: store.clone() };
    let app = App::of(FailingServer { accounts, pages: LoginPages::new() });
    store.fail(Role::Devices);
    app.post("/device_authorization", "", &[("client_id", "tv")]).await.assert_error(500, "server_error");
    let form = [("grant_type", DEVICE_CODE), ("client_id", "tv"), ("device_code", "x")];
    app.post("/token", "", &form).await.assert_error(500, "server_error");
}
