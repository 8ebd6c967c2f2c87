//! Scopes and resources that are data: those of a database, for example, which no compiler has seen.

use http::{Method, Request, header};
use oauth_core::prelude::*;
use oauth_core::server::{Environment, Resource, RunningServer};
use oauth_tests::{Alice, Answer, App, CHALLENGE, VERIFIER, basic, secret};
use serde_json::{Value, json};

#[validator]
struct Stores {
    #[store]
    store: MemoryStore,
}

#[token_generator(jwt, issuer = "https://auth.example.com")]
struct Signed {
    #[signing_key]
    key: SigningKey,
}

/// A server that declares one scope itself, and no resource.
#[authorization_server(
    grants(authorization_code, refresh_token, client_credentials),
    scopes("calendar" = "See your calendar"),
    registration,
    unverified_scopes("calendar")
)]
struct Server {
    #[validator]
    stores: Stores,
    #[access_token]
    tokens: Signed,
    #[interaction]
    alice: Alice,
}

const MAIL: &str = "https://api.example.com/mail";
const FILES: &str = "https://api.example.com/files";

/// The rows of a database.
fn environment() -> Environment<Server> {
    let rows = ["mail.read", "mail.send", "files"].map(str::to_owned);
    let scopes = rows.into_iter().map(|name| Scope::described(name.leak(), "Do this"));
    Environment::new()
        .scopes(scopes)
        .unverified_scopes(["mail.read"])
        .resources([Resource::new(MAIL).scopes(&["mail.read", "mail.send"]), Resource::new(FILES)])
}

async fn start(environment: Environment<Server>) -> (RunningServer<Server>, App) {
    let store = MemoryStore::new();
    let secret = ClientSecret::new(secret()).unwrap();
    let web = Client::confidential("web", &secret)
        .redirect_uri("https://web.example/cb")
        .grant_type(GrantType::AUTHORIZATION_CODE)
        .grant_type(GrantType::REFRESH_TOKEN)
        .grant_type(GrantType::CLIENT_CREDENTIALS)
        .scope("calendar mail.read mail.send files");
    store.save_client(web.build().unwrap()).await.unwrap();
    let tokens = Signed { key: SigningKey::generate(Algorithm::ES256).unwrap() };
    let server = Server { stores: Stores { store }, tokens, alice: Alice };
    let running = server.start_in(environment).unwrap();
    (running.clone(), App::over_router(running.into_router()))
}

/// What `web` gets for itself.
async fn machine(app: &App, scope: &str, resources: &[&str]) -> Answer {
    let mut form = vec![("grant_type", "client_credentials"), ("scope", scope)];
    form.extend(resources.iter().map(|resource| ("resource", *resource)));
    app.post("/token", &basic("web"), &form).await
}

async fn authorize(app: &App, client_id: &str, scope: &str, resources: &[&str]) -> Answer {
    let mut params = vec![
        ("response_type", "code"),
        ("client_id", client_id),
        ("redirect_uri", "https://web.example/cb"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
        ("scope", scope),
    ];
    params.extend(resources.iter().map(|resource| ("resource", *resource)));
    app.authorize(&params).await
}

fn audience(answer: &Answer) -> Value {
    use base64::Engine as _;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let token = answer.member("access_token");
    let claims = token.split('.').nth(1).unwrap();
    let claims = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(claims).unwrap();
    serde_json::from_slice::<Value>(&claims).unwrap()["aud"].clone()
}

#[tokio::test]
async fn scopes_of_data_are_asked_for_and_granted_as_constants_are() {
    let (_, app) = start(environment()).await;

    assert_eq!(machine(&app, "mail.read calendar", &[]).await.json()["scope"], "mail.read calendar");
    machine(&app, "mail.reed", &[]).await.assert_error(400, "invalid_scope");
    let code = authorize(&app, "web", "mail.read files", &[]).await.params()["code"].clone();
    let redeemed = [
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", "https://web.example/cb"),
        ("code_verifier", VERIFIER),
    ];
    let tokens = app.post("/token", &basic("web"), &redeemed).await;
    assert_eq!(tokens.json()["scope"], "mail.read files", "{}", tokens.text());
    let refresh_token = tokens.member("refresh_token");
    let refresh =
        [("grant_type", "refresh_token"), ("refresh_token", &*refresh_token), ("scope", "mail.read")];
    assert_eq!(app.post("/token", &basic("web"), &refresh).await.json()["scope"], "mail.read");
}

#[tokio::test]
async fn without_the_data_nobody_knows_them() {
    let (_, app) = start(Environment::new()).await;

    machine(&app, "mail.read", &[]).await.assert_error(400, "invalid_scope");
    // RFC 6749 §3.1: a parameter that is unknown is ignored, but not twice.
    assert_ne!(audience(&machine(&app, "calendar", &[MAIL]).await), json!(MAIL));
    machine(&app, "calendar", &[MAIL, FILES]).await.assert_error(400, "invalid_request");
}

#[tokio::test]
async fn a_token_is_for_the_resource_of_data_that_was_asked_for() {
    let (_, app) = start(environment()).await;

    assert_eq!(audience(&machine(&app, "mail.read", &[MAIL]).await), json!(MAIL));
    machine(&app, "mail.read", &["https://api.example.com/other"]).await.assert_error(400, "invalid_target");
    // RFC 8707 §2.2: what is not known there is not in the token.
    assert_eq!(machine(&app, "mail.read files", &[MAIL]).await.json()["scope"], "mail.read");
    machine(&app, "files", &[MAIL]).await.assert_error(400, "invalid_scope");
    // It may be repeated at both endpoints.
    let both = authorize(&app, "web", "mail.read files", &[MAIL, FILES]).await.params()["code"].clone();
    let redeemed = [
        ("grant_type", "authorization_code"),
        ("code", &*both),
        ("redirect_uri", "https://web.example/cb"),
        ("code_verifier", VERIFIER),
        ("resource", FILES),
    ];
    let tokens = app.post("/token", &basic("web"), &redeemed).await;
    assert_eq!(audience(&tokens), json!(FILES));
    machine(&app, "mail.read", &[MAIL, FILES]).await.assert_error(400, "invalid_target");
    let unknown = authorize(&app, "web", "mail.read", &["https://api.example.com/other"]).await;
    unknown.assert_redirected_error("https://web.example/cb", "invalid_target");
}

#[tokio::test]
async fn metadata_and_report_tell_of_both() {
    let (running, app) =
        start(environment().scopes([Scope::described("calendar", "Look at your days")])).await;

    let metadata = app.get("/.well-known/oauth-authorization-server").await.json();
    assert_eq!(metadata["scopes_supported"], json!(["calendar", "mail.read", "mail.send", "files"]));
    assert_eq!(metadata["protected_resources"], json!([MAIL, FILES]));
    let report = running.report();
    let names: Vec<_> = report.scopes.iter().map(|scope| scope.name).collect();
    assert_eq!(names, ["calendar", "mail.read", "mail.send", "files"]);
    assert_eq!(report.scopes[0].description, Some("Look at your days"), "the operator's words count");
    assert!(report.to_string().contains(FILES), "{report}");
}

/// RFC 7591 §5: a stranger says what it wants, and gets what strangers may have.
#[tokio::test]
async fn strangers_get_the_scopes_of_data_that_are_for_them_and_no_others() {
    let (_, app) = start(environment()).await;
    let register = async |scope: &str| {
        let body = json!({
            "redirect_uris": ["https://web.example/cb"],
            "token_endpoint_auth_method": "none",
            "scope": scope
        });
        let request = Request::builder().method(Method::POST).uri("/register");
        app.send(request.header(header::CONTENT_TYPE, "application/json"), body.to_string()).await
    };

    let stranger = register("calendar mail.read mail.send").await;
    assert_eq!(stranger.status, 201, "{}", stranger.text());
    assert_eq!(stranger.json()["scope"], "calendar mail.read");
    let client_id = stranger.member("client_id");
    let refused = authorize(&app, &client_id, "mail.send", &[]).await;
    assert!(!refused.text().contains("code=") && !refused.headers.contains_key("location"), "{refused:?}");
}

#[tokio::test]
async fn the_start_refuses_data_as_the_compiler_refuses_constants() {
    let store = MemoryStore::new();
    let tokens = Signed { key: SigningKey::generate(Algorithm::ES256).unwrap() };
    let server = Server { stores: Stores { store }, tokens, alice: Alice };
    let environment = Environment::new()
        .scopes(["mail", "mail", "a b", "openid"].map(Scope::new))
        .unverified_scopes(["mial"])
        .resources(["http://api.example.com", FILES, FILES, MAIL].map(Resource::new))
        .resources([Resource::new("https://other.example").scopes(&["tasks"])]);

    let error = server.start_in(environment).unwrap_err().to_string();

    for words in [
        "the scope `mail` is given twice",
        "the scope `a b` has a space",
        "openid",
        "the scope `mial` of `unverified_scopes(…)` is not among",
        "the resource `http://api.example.com` is http off loopback",
        "the resource `https://api.example.com/files` is declared twice",
        "the resource `https://other.example` knows the scope `tasks`",
    ] {
        assert!(error.contains(words), "{words} is missing: {error}");
    }
}

#[test]
fn a_resource_of_data_is_judged_where_it_was_read() {
    assert!(Resource::new(MAIL).check().is_ok());
    let mistake = Resource::new("https://api.example.com/#mail").check().unwrap_err();
    assert!(mistake.to_string().starts_with("the resource `https://api.example.com/#mail` has a fragment"));
}
