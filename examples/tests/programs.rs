//! The smaller examples.

use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth_core::secret::TokenHash;
use serde_json::Value;

use crate::support::browser::{Browser, encode, query_param};
use crate::support::{Example, run};

/// Starts an example that takes an address; `last` begins its last line.
fn start(name: &str, last: &str) -> Example {
    Example::start(name, &["127.0.0.1:0"], last)
}

/// `client:secret` of the first curl line.
fn credentials(example: &Example) -> (&str, &str) {
    example.word_after("curl -u ").split_once(':').expect("client:secret")
}

/// A part of a JWT, decoded and not verified.
fn part(jwt: &Value, index: usize) -> Value {
    let part = jwt.as_str().expect("a token").split('.').nth(index).expect("three parts");
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).expect("base64url")).expect("JSON")
}

const CLIENT_CREDENTIALS: [(&str, &str); 1] = [("grant_type", "client_credentials")];

/// The tokens that a person gets who logs in and allows these scopes.
async fn log_in(browser: &Browser, (client_id, secret): (&str, &str), scope: &str) -> Value {
    const REDIRECT_URI: &str = "http://127.0.0.1:3000/callback";
    let verifier = "v".repeat(43);
    let challenge = URL_SAFE_NO_PAD.encode(TokenHash::of(&verifier).as_bytes());
    let query = encode(&[
        ("response_type", "code"),
        ("client_id", client_id),
        ("redirect_uri", REDIRECT_URI),
        ("scope", scope),
        ("state", "s"),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ]);
    let login = browser.follow(browser.get(&format!("/authorize?{query}")).await, REDIRECT_URI).await;
    // These examples give their one user the secret of their one client.
    let sent = browser.submit(&login, &[("username", "alice"), ("password", secret)]).await;
    let consent = browser.follow(sent, REDIRECT_URI).await;
    let back = browser.submit(&consent, &[("decision", "allow")]).await;
    let code = query_param(back.location(), "code").expect("a code");
    let form = [
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", REDIRECT_URI),
        ("code_verifier", &verifier),
    ];
    browser.post_as((client_id, secret), "/token", &form).await.json()
}

/// The program of the README: all of it runs.
#[tokio::test]
async fn minimal_logs_people_in_and_signs_tokens_with_a_claim_of_its_own() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port").local_addr();
    let example = Example::start("minimal", &[&free.expect("an address").to_string()], "curl");
    example.wait_until_heard();
    let (client, browser) = (credentials(&example), example.browser());

    let token = log_in(&browser, client, "profile").await;

    let claims = part(&token["access_token"], 1);
    assert_eq!(part(&token["access_token"], 0)["typ"], "at+jwt");
    assert_eq!((&claims["iss"], &claims["tenant"]), (&"http://127.0.0.1:8080".into(), &"acme".into()));
    assert_eq!((&token["expires_in"], &token["scope"]), (&900.into(), &"profile".into()));
    assert!(token["refresh_token"].is_string());
    let machine = browser.post_as(client, "/token", &CLIENT_CREDENTIALS).await.json();
    assert_eq!(part(&machine["access_token"], 1)["sub"], "calendar");
}

#[tokio::test]
async fn minimal_says_where_it_cannot_listen() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("an address").to_string();
    let directory = tempfile::tempdir().expect("a temporary directory");

    let (code, _, errors) = run("minimal", &[&address], directory.path());

    assert_eq!(code, Some(1));
    assert!(errors.contains(&format!("cannot listen on {address}")), "{errors}");
}

#[tokio::test]
async fn signed_jwt_carries_static_dynamic_and_declared_claims() {
    let example = start("signed_jwt", "curl");
    let browser = example.browser();
    let (client_id, secret) = credentials(&example);

    let token = log_in(&browser, (client_id, secret), "profile calendar").await;

    let claims = part(&token["access_token"], 1);
    assert_eq!(part(&token["access_token"], 0)["typ"], "at+jwt");
    assert_eq!(claims["iss"], "http://127.0.0.1:8080");
    assert_eq!(claims["sub"], "acme:alice");
    assert_eq!(claims["tier"], 3, "static");
    assert_eq!(claims["service"], "acme-calendar", "dynamic");
    assert_eq!(claims["aud"], claims["iss"], "the default");
    assert_eq!(claims["tenant"], "acme", "declared");

    // Without the scope of the declared claim, it is not there; nor is it without a user.
    let refreshed = [
        ("grant_type", "refresh_token"),
        ("refresh_token", token["refresh_token"].as_str().expect("a refresh token")),
        ("scope", "calendar"),
    ];
    let narrowed = browser.post_as((client_id, secret), "/token", &refreshed).await.json();
    let claims = part(&narrowed["access_token"], 1);
    assert_eq!((claims.get("tenant"), &claims["service"]), (None, &Value::from("acme-calendar")));
    let machine = browser.post_as((client_id, secret), "/token", &CLIENT_CREDENTIALS).await.json();
    assert_eq!(part(&machine["access_token"], 1).get("tenant"), None);
}

/// The audience that a hook chooses is the one that counts.
#[tokio::test]
async fn client_audience_issues_tokens_for_the_client_that_asked() {
    let example = start("client_audience", "curl");
    let form = [("grant_type", "client_credentials")];

    let token = example.browser().post_as(credentials(&example), "/token", &form).await.json();

    let claims = part(&token["access_token"], 1);
    assert_eq!((&claims["aud"], &claims["client_id"]), (&"gateway".into(), &"gateway".into()));
}

/// Both make the same token of the same request, apart from what differs in any two.
#[tokio::test]
async fn by_hand_makes_the_tokens_that_the_macros_make() {
    async fn token(name: &str) -> (Value, Value) {
        let example = start(name, "curl");
        let form = [("grant_type", "client_credentials"), ("scope", "calendar")];
        let token = example.browser().post_as(credentials(&example), "/token", &form).await;
        assert_eq!(token.status, StatusCode::OK, "{}", token.body);
        let token = token.json();
        let (mut header, mut claims) = (part(&token["access_token"], 0), part(&token["access_token"], 1));
        header["kid"].take();
        for differing in ["iat", "exp", "jti"] {
            assert!(!claims[differing].take().is_null(), "{differing} is missing");
        }
        (header, claims)
    }

    assert_eq!(token("by_hand").await, token("signed_jwt").await);
}

#[tokio::test]
async fn custom_token_is_what_the_method_made() {
    let example = start("custom_token", "curl -u gateway");
    let browser = example.browser();

    let token = browser.post_as(credentials(&example), "/token", &CLIENT_CREDENTIALS).await.json();

    assert_eq!(part(&token["access_token"], 0)["alg"], "HS256");
    let claims = part(&token["access_token"], 1);
    assert_eq!(claims.as_object().expect("claims").keys().collect::<Vec<_>>(), ["jti"]);
    let access_token = token["access_token"].as_str().expect("a token");
    let introspection =
        browser.post_as(credentials(&example), "/introspect", &[("token", access_token)]).await.json();
    assert_eq!(introspection["active"], true);
    assert_eq!((&introspection["scope"], &introspection["sub"]), (&"reports".into(), &"gateway".into()));
}

#[tokio::test]
async fn bearer_api_issues_and_validates_keys() {
    let example = start("bearer_api", "curl");
    let browser = example.browser();

    let key = browser.post_as(credentials(&example), "/keys", &[("seconds", "60")]).await.json();
    assert_eq!(key["expires_in"], 60);
    assert!(key["access_token"].as_str().expect("a key").starts_with("acme_key_"));
    assert_eq!(key.get("refresh_token"), None);
    let longest = browser.post_as(credentials(&example), "/keys", &[("seconds", "86400")]).await.json();
    assert_eq!(longest["expires_in"], 3600);

    let key = key["access_token"].as_str().expect("a key");
    let whoami = browser.get_with_token("/whoami", key).await;
    assert_eq!(whoami.json()["client_id"], "robot");
    let tampered = browser.get_with_token("/whoami", &format!("{key}x")).await;
    assert_eq!(tampered.status, StatusCode::UNAUTHORIZED);

    assert_eq!(browser.get_with_token("/estimate", key).await.json(), 9);
    assert_eq!(browser.get(&format!("/estimate?access_token={key}")).await.json(), 5);
    assert_eq!(browser.get("/estimate").await.json(), 0);
}

#[tokio::test]
async fn a_wrong_secret_gets_no_key() {
    let example = start("bearer_api", "curl");

    let refused = example.browser().post_as(("robot", "a wrong secret"), "/keys", &[("seconds", "60")]).await;

    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
}

/// Checks that a public client gets no key: its identifier is no secret.
#[tokio::test]
async fn a_public_client_gets_no_key() {
    let example = start("bearer_api", "curl");

    let refused = example.browser().post("/keys", &[("client_id", "kiosk"), ("seconds", "60")]).await;

    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn protected_api_wants_a_token_with_its_scope() {
    let example = start("protected_api", "curl -H");
    let browser = example.browser();
    let token = async |scope: &str| {
        let form = [("grant_type", "client_credentials"), ("scope", scope)];
        let token = browser.post_as(credentials(&example), "/token", &form).await.json();
        token["access_token"].as_str().expect("a token").to_owned()
    };
    let challenge = "Bearer realm=\"calendar\"";

    let allowed = browser.get_with_token("/events", &token("calendar").await).await;
    assert_eq!(allowed.status, StatusCode::OK);
    assert!(
        allowed.json()[0].as_str().expect("an event").starts_with("robot may see this of the owner of robot")
    );

    // RFC 6750 §3.1, case by case.
    let without = browser.get("/events").await;
    assert_eq!(without.status, StatusCode::UNAUTHORIZED);
    assert_eq!(without.header("www-authenticate"), challenge);
    let unknown = browser.get_with_token("/events", "unknown").await;
    assert_eq!(unknown.status, StatusCode::UNAUTHORIZED);
    assert!(unknown.header("www-authenticate").starts_with(&format!("{challenge}, error=\"invalid_token\"")));
    let elsewhere = browser.get_with_token("/events", &token("mail").await).await;
    assert_eq!(elsewhere.status, StatusCode::FORBIDDEN);
    let refusal = elsewhere.header("www-authenticate");
    assert!(refusal.starts_with(&format!("{challenge}, error=\"insufficient_scope\"")), "{refusal}");
    assert!(refusal.ends_with("scope=\"calendar\""), "{refusal}");
    let in_query = browser.get(&format!("/events?access_token={}", token("calendar").await)).await;
    assert_eq!(in_query.status, StatusCode::BAD_REQUEST);
    assert!(in_query.header("www-authenticate").contains("error=\"invalid_request\""));
}

#[tokio::test]
async fn resource_server_takes_the_tokens_of_the_quickstart() {
    let quickstart = Example::start("quickstart", &["--port", "0"], "Stop it");
    let api = Example::start("resource_server", &["127.0.0.1:0", &quickstart.origin], "curl");
    // What it prints first is where the issuer is.
    let browser =
        Browser::new(format!("http://{}", api.word_after("…' http://").trim_end_matches("/events")));
    let token = async |scope: &str| {
        let form = [("grant_type", "client_credentials"), ("scope", scope)];
        let token = quickstart.browser().post_as(credentials(&quickstart), "/token", &form).await.json();
        token["access_token"].as_str().expect("a token").to_owned()
    };

    let events = browser.get_with_token("/events", &token("calendar").await).await;
    assert_eq!((events.status, &events.json()[0]["with"]), (StatusCode::OK, &Value::from("demo")));
    let whoami = browser.get_with_token("/whoami", &token("profile").await).await;
    assert_eq!((whoami.status, &whoami.json()["scope"]), (StatusCode::OK, &Value::from("profile")));

    let narrow = browser.get_with_token("/events", &token("profile").await).await;
    assert_eq!(narrow.status, StatusCode::FORBIDDEN);
    assert!(narrow.header("www-authenticate").contains("scope=\"calendar\""));
    assert_eq!(browser.get("/events").await.status, StatusCode::UNAUTHORIZED);

    let metadata = browser.get("/.well-known/oauth-protected-resource").await.json();
    assert_eq!(metadata["authorization_servers"], serde_json::json!([quickstart.origin]));
    assert_eq!(metadata["scopes_supported"], serde_json::json!(["calendar", "profile"]));
}

#[tokio::test]
async fn api_keys_become_tokens_of_their_owner() {
    let example = start("api_keys", "curl");
    let browser = example.browser();
    let value = |name: &str| example.word_after(&format!("-d {name}=")).to_owned();
    let (grant_type, key) = (value("grant_type"), value("api_key"));
    let exchange = async |key: &str, scope: &str| {
        let form = [("grant_type", grant_type.as_str()), ("api_key", key), ("scope", scope)];
        browser.post_as(credentials(&example), "/token", &form).await
    };

    let token = exchange(&key, "reports billing").await;
    assert_eq!(token.status, StatusCode::OK, "{}", token.body);
    let token = token.json();
    assert_eq!(token["scope"], "reports", "the key is not for billing");
    assert_eq!(token.get("refresh_token"), None);
    let access_token = token["access_token"].as_str().expect("a token");
    let introspection =
        browser.post_as(credentials(&example), "/introspect", &[("token", access_token)]).await.json();
    assert_eq!(introspection["sub"], "alice");

    assert_eq!(exchange("guessed", "reports").await.json()["error"], "invalid_grant");
    assert_eq!(exchange(&key, "billing").await.json()["error"], "invalid_scope");
}

#[tokio::test]
async fn own_endpoints_work_each_by_itself() {
    const REDIRECT_URI: &str = "http://127.0.0.1:3000/callback";
    let example = start("own_endpoints", "curl");
    let browser = example.browser();
    let client = credentials(&example);
    let post = async |path: &str, form: &[(&str, &str)]| browser.post_as(client, path, form).await;

    // Authorization: the application's login, the framework's answer.
    let verifier = "v".repeat(43);
    let challenge = URL_SAFE_NO_PAD.encode(TokenHash::of(&verifier).as_bytes());
    let query = encode(&[
        ("response_type", "code"),
        ("client_id", "ours"),
        ("redirect_uri", REDIRECT_URI),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ]);
    let authorize = format!("/oauth/authorize?{query}");
    assert_eq!(browser.get(&authorize).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(browser.post("/session", &[("user", "alice")]).await.status, StatusCode::OK);
    let back = browser.get(&authorize).await;
    let code = query_param(back.location(), "code").expect("a code");
    let invalid = browser.get(&format!("{authorize}&scope=mail")).await;
    assert_eq!(query_param(invalid.location(), "error").as_deref(), Some("invalid_scope"));
    assert_eq!(browser.get("/oauth/authorize?client_id=nobody").await.status, StatusCode::BAD_REQUEST);

    // Token, and a resource that verifies it.
    let form = [
        ("grant_type", "authorization_code"),
        ("code", &code),
        ("redirect_uri", REDIRECT_URI),
        ("code_verifier", &verifier),
    ];
    let token = post("/oauth/token", &form).await;
    assert_eq!(token.status, StatusCode::OK, "{}", token.body);
    let token = token.json()["access_token"].as_str().expect("a token").to_owned();
    assert_eq!(browser.get_with_token("/calendar", &token).await.json(), "the calendar of alice");
    let refused = browser.get_with_token("/calendar", "guessed").await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    assert!(refused.header("www-authenticate").contains("error=\"invalid_token\""));

    // Introspection and revocation.
    assert_eq!(post("/oauth/introspect", &[("token", &token)]).await.json()["sub"], "alice");
    assert_eq!(post("/oauth/revoke", &[("token", &token)]).await.status, StatusCode::OK);
    assert_eq!(post("/oauth/introspect", &[("token", &token)]).await.json()["active"], false);
    assert_eq!(browser.get_with_token("/calendar", &token).await.status, StatusCode::UNAUTHORIZED);

    // Device: the code that it shows, the page of the application, the poll.
    let begun = post("/oauth/device", &[("scope", "calendar")]).await;
    assert_eq!(begun.status, StatusCode::OK, "{}", begun.body);
    let begun = begun.json();
    assert!(begun["verification_uri"].as_str().expect("a URI").ends_with("/activate"));
    let (user_code, device_code) = (begun["user_code"].as_str(), begun["device_code"].as_str());
    let poll = [
        ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"),
        ("device_code", device_code.expect("a code")),
    ];
    assert_eq!(post("/oauth/token", &poll).await.json()["error"], "authorization_pending");
    let wrong = browser.post("/activate", &[("user_code", "BBBB-BBBB")]).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    let user_code = user_code.expect("a code");
    let asked = browser.post("/activate", &[("user_code", user_code)]).await;
    assert!(
        asked.body.contains("ours wants to: See your calendar") && asked.body.contains(user_code),
        "{}",
        asked.body
    );
    assert_eq!(post("/oauth/token", &poll).await.json()["error"], "slow_down", "nobody has decided");
    let connected = browser.post("/activate", &[("user_code", user_code), ("decision", "allow")]).await;
    assert_eq!(connected.status, StatusCode::OK, "{}", connected.body);
    assert_eq!(post("/oauth/token", &poll).await.json()["scope"], "calendar");
    for _ in 0..5 {
        assert_eq!(
            browser.post("/activate", &[("user_code", "BBBB-BBBB")]).await.status,
            StatusCode::BAD_REQUEST
        );
    }
    let flood = browser.post("/activate", &[("user_code", "BBBB-BBBB")]).await;
    assert_eq!(flood.status, StatusCode::TOO_MANY_REQUESTS);

    // Metadata.
    let document = browser.get("/.well-known/oauth-authorization-server").await.json();
    assert_eq!(document["token_endpoint"], "http://127.0.0.1:8080/oauth/token");
    assert_eq!(document["device_authorization_endpoint"], "http://127.0.0.1:8080/oauth/device");
}
