//! A request that fails at any step leaves nothing behind, whichever steps have passed before it.

use std::collections::BTreeSet;
use std::path::Path;

use http::Request as HttpRequest;
use oauth_core::prelude::*;
use oauth_tests::{Accounts, Answer, App, CHALLENGE, Provider, basic, clients, relying_parties};
use sqlx::Connection as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use tempfile::TempDir;

/// A server over a database, and another connection that sees whether anything was written there.
struct World {
    app: App,
    other: SqliteConnection,
    _folder: TempDir,
}

impl World {
    async fn new(app: impl FnOnce(SqliteStore) -> App) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("oauth.db");
        let store = SqliteStore::open(&file).await.unwrap();
        let tv = Client::public("tv").grant_type(GrantType::DEVICE_CODE).scope("profile").build().unwrap();
        let mut bound = relying_parties().into_iter().find(|client| client.client_id == "rp").unwrap();
        "bound".clone_into(&mut bound.client_id);
        bound.dpop_bound_access_tokens = true;
        let strict =
            Client::public("strict").redirect_uri("https://rp.example/cb?tenant=1").scope("openid profile");
        let strict = strict.require_pushed_authorization_requests().build().unwrap();
        for client in relying_parties().into_iter().chain(clients()).chain([tv, bound, strict]) {
            store.save_client(client).await.unwrap();
        }
        let other =
            SqliteConnection::connect_with(&SqliteConnectOptions::new().filename(file)).await.unwrap();
        Self { app: app(store), other, _folder: folder }
    }

    /// Changes with each commit of another connection (the pragma is `SQLite`'s own).
    async fn version(&mut self) -> i64 {
        sqlx::query_scalar("PRAGMA data_version").fetch_one(&mut self.other).await.unwrap()
    }
}

/// A good request for all that can be asked for.
const GOOD: [(&str, &str); 7] = [
    ("client_id", "rp"),
    ("redirect_uri", "https://rp.example/cb?tenant=1"),
    ("response_type", "code id_token token"),
    ("scope", "openid profile"),
    ("nonce", "n"),
    ("code_challenge", CHALLENGE),
    ("code_challenge_method", "S256"),
];

/// Parameters of a request.
type Params = &'static [(&'static str, &'static str)];

/// The failure of each step: parameters to replace, and what the person at the browser does.
const FAILURES: &[(&str, Params, Params)] = &[
    ("client", &[("client_id", "nobody")], &[]),
    ("redirect_uri", &[("redirect_uri", "https://evil.example/cb")], &[]),
    ("pushed", &[("client_id", "strict")], &[]),
    ("request_object", &[("request", "x")], &[]),
    ("request_object", &[("request_uri", "urn:x")], &[]),
    ("response_type", &[("response_type", "nonsense")], &[]),
    ("response_mode", &[("response_mode", "query")], &[]),
    ("pkce", &[("code_challenge", ""), ("code_challenge_method", "")], &[]),
    ("dpop_jkt", &[("client_id", "bound")], &[]),
    ("scope", &[("scope", "openid nonsense")], &[]),
    ("scope", &[("scope", "profile")], &[]),
    ("scope", &[], &[("x-test-scopes", "profile")]),
    ("prompt", &[("prompt", "none login")], &[]),
    ("max_age", &[("max_age", "x")], &[]),
    ("max_age", &[("max_age", "1")], &[("x-test-login-age", "60")]),
    ("hints", &[("id_token_hint", "x")], &[]),
    ("hints", &[("claims", r#"{"id_token":{"sub":{"value":"bob"}}}"#)], &[]),
    ("claims", &[("claims", "[]")], &[]),
    ("claims", &[("claims", r#"{"id_token":{"acr":{"essential":true,"value":"gold"}}}"#)], &[]),
    ("nonce", &[("nonce", "")], &[]),
    ("decide", &[], &[("x-test-decision", "deny")]),
    ("decide", &[("prompt", "none")], &[("x-test-decision", "page")]),
    ("decide", &[], &[("x-test-decision", "page")]),
];

async fn authorize(app: &App, replaced: &[(&str, &str)], person: &[(&str, &str)]) -> Answer {
    let is_kept = |(name, _): &(&str, &str)| replaced.iter().all(|(other, _)| other != name);
    let params = GOOD.into_iter().filter(is_kept).chain(replaced.iter().copied());
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(params).finish();
    let request = HttpRequest::get(format!("/authorize?{query}"));
    app.send(person.iter().fold(request, |request, (name, value)| request.header(*name, *value)), "").await
}

#[tokio::test]
async fn an_authorization_request_that_fails_at_any_step_keeps_nothing() {
    let mut world = World::new(|store| App::of(Provider::new(Accounts(store)))).await;
    for (step, replaced, person) in FAILURES {
        let before = world.version().await;
        let answer = authorize(&world.app, replaced, person).await;
        let location = answer.header("location");
        assert!(!location.contains("code=") && !location.contains("token="), "{step} passed: {location}");
        assert_eq!(world.version().await, before, "{step} {replaced:?} {person:?} left something behind");
    }
    let before = world.version().await;
    let granted = authorize(&world.app, &[], &[]).await;
    assert!(granted.header("location").contains("access_token="), "{granted:?}");
    assert_ne!(world.version().await, before, "a grant is kept");
}

/// Whoever adds a step adds a way to fail it.
#[test]
fn every_step_is_failed() {
    // A `resource` is unknown to a server that declares none: `tests/resources` fails it.
    const NO_STEPS: [&str; 6] = ["approve", "errors", "flow", "mod", "parameters", "resource"];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../oauth-core/src/authorization");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let steps: BTreeSet<_> =
        files.map(|file| file.file_stem().unwrap().to_str().unwrap().to_owned()).collect();
    let failed = FAILURES.iter().map(|(step, ..)| *step).chain(NO_STEPS);
    assert_eq!(steps, failed.map(str::to_owned).collect());
}

#[validator]
struct Devices {
    #[store]
    store: SqliteStore,
}

#[authorization_server(
    grants(device_code),
    scopes("profile", "calendar"),
    issuer = "https://auth.example.com"
)]
struct DeviceServer {
    #[validator]
    devices: Devices,
    #[interaction]
    pages: LoginPages,
}

#[tokio::test]
async fn a_device_authorization_request_that_fails_at_any_step_keeps_nothing() {
    let server = |store| App::of(DeviceServer { devices: Devices { store }, pages: LoginPages::new() });
    let mut world = World::new(server).await;
    let form: &[(&str, &str)] = &[("client_id", "tv")];
    for (authorization, form, error) in [
        (String::new(), &[("client_id", "nobody")][..], "invalid_client"),
        (basic("tv"), &[], "invalid_client"),
        (basic("machine"), &[], "unauthorized_client"),
        (String::new(), &[form, &[("scope", "nonsense")]].concat(), "invalid_scope"),
        (String::new(), &[form, &[("scope", "calendar")]].concat(), "invalid_scope"),
    ] {
        let before = world.version().await;
        let answer = world.app.post("/device_authorization", &authorization, form).await;
        assert_eq!(answer.member("error"), error, "{form:?}");
        assert_eq!(world.version().await, before, "{form:?} left something behind");
    }
    let before = world.version().await;
    assert_eq!(world.app.post("/device_authorization", "", form).await.status, 200);
    assert_ne!(world.version().await, before, "a device code is kept");
}
