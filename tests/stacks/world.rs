//! A store, and what is asked of a server in each stack.

use http::{HeaderMap, Method, StatusCode};
use oauth_core::prelude::*;

use crate::browser::{Browser, Reply, basic, encode, query_param};

/// The scopes of the programs.
pub(crate) const SCOPES: (&str, &str) = ("calendar.read", "calendar.write");

const REDIRECT_URI: &str = "http://127.0.0.1:3000/callback";
const SECRET: &str = "a secret of the calendar that is long enough for a client";
const PASSWORD: &str = "correct horse battery staple";

/// One client, which has both scopes, and one person.
pub(crate) async fn store() -> MemoryStore {
    let store = MemoryStore::new();
    let secret = ClientSecret::new(SECRET).unwrap();
    let client = Client::confidential("calendar", &secret).redirect_uri(REDIRECT_URI);
    let client = client.scope("calendar.read calendar.write").build().unwrap();
    store.save_client(client).await.unwrap();
    store.save_user(User::new("1", "alice").with_password(PASSWORD).unwrap()).await.unwrap();
    store
}

/// Asks for a token with this scope.
async fn ask(browser: &Browser, scope: &str) -> Reply {
    let form = [("grant_type", "client_credentials"), ("scope", scope)];
    browser.post_as(("calendar", SECRET), "/token", &form).await
}

pub(crate) async fn token(origin: &str, scope: &str) -> String {
    let token = ask(&Browser::new(origin), scope).await;
    assert_eq!(token.status, StatusCode::OK, "{}", token.body);
    token.json()["access_token"].as_str().unwrap().to_owned()
}

fn authorization_url(state: &str) -> String {
    let query = encode(&[
        ("response_type", "code"),
        ("client_id", "calendar"),
        ("redirect_uri", REDIRECT_URI),
        ("scope", "calendar.read"),
        ("state", state),
        ("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"),
        ("code_challenge_method", "S256"),
    ]);
    format!("/authorize?{query}")
}

/// The status, and the names of the headers as often as they are there, apart from those of a connection.
fn head(reply: &Reply) -> (StatusCode, Vec<String>) {
    const OF_CONNECTIONS: [&str; 4] = ["connection", "content-length", "date", "transfer-encoding"];
    let names = reply.headers.keys().map(|name| (name, reply.headers.get_all(name).iter().count()));
    let names = names.filter(|(name, _)| !OF_CONNECTIONS.contains(&name.as_str()));
    let mut names: Vec<_> = names.map(|(name, count)| format!("{name} × {count}")).collect();
    names.sort();
    (reply.status, names)
}

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
}

/// The answers to requests of all kinds: methods, errors, pages, and a login.
async fn answers(origin: &str) -> Vec<(String, StatusCode, Vec<String>)> {
    const METADATA: &str = "/.well-known/oauth-authorization-server";
    let browser = Browser::new(origin);
    let mut answers = Vec::new();
    let mut note = |what: &str, reply: &Reply| {
        let (status, names) = head(reply);
        answers.push((what.to_owned(), status, names));
    };
    let preflight =
        headers(&[("origin", "https://app.example.com"), ("access-control-request-method", "GET")]);
    for (method, path, with) in [
        (Method::GET, METADATA, HeaderMap::new()),
        (Method::HEAD, METADATA, HeaderMap::new()),
        (Method::OPTIONS, METADATA, preflight.clone()),
        (Method::OPTIONS, "/token", preflight),
        (Method::OPTIONS, "/token", HeaderMap::new()),
        (Method::DELETE, "/token", HeaderMap::new()),
        (Method::GET, "/token", HeaderMap::new()),
        (Method::POST, "/token", HeaderMap::new()),
        (Method::POST, "/introspect", HeaderMap::new()),
        (Method::GET, "/authorize", headers(&[("accept-language", "de")])),
        (Method::GET, "/authorize?client_id=a&client_id=b", HeaderMap::new()),
    ] {
        let reply = browser.send(method.clone(), path, with, String::new()).await;
        if method == Method::HEAD {
            assert!(reply.body.is_empty());
        }
        note(&format!("{method} {path}"), &reply);
    }
    note("a token", &ask(&browser, "calendar.read").await);
    note("a token that is refused", &ask(&browser, "mail").await);
    let asked = browser.get(&authorization_url("s")).await;
    note("to the login", &asked);
    let page = browser.follow(asked, REDIRECT_URI).await;
    note("the login", &page);
    let wrong = browser.submit(&page, &[("username", "alice"), ("password", "wrong")]).await;
    note("a wrong password", &wrong);
    let sent = browser.submit(&wrong, &[("username", "alice"), ("password", PASSWORD)]).await;
    assert!(sent.headers.get_all("set-cookie").iter().count() > 1, "{:?}", sent.headers);
    note("logged in", &sent);
    let consent = browser.follow(sent, REDIRECT_URI).await;
    note("the consent", &consent);
    note("back", &browser.submit(&consent, &[("decision", "allow")]).await);
    answers
}

pub(crate) async fn answers_alike(origin: &str, reference: &str) {
    let (ours, expected) = (answers(origin).await, answers(reference).await);
    for (ours, expected) in ours.iter().zip(&expected) {
        assert_eq!(ours, expected);
    }
    assert_eq!(ours.len(), expected.len());
}

pub(crate) async fn issues_and_refuses(origin: &str) {
    let browser = Browser::new(origin);
    let issued = ask(&browser, "calendar.read").await;
    assert_eq!((issued.status, issued.header("cache-control")), (StatusCode::OK, "no-store"));
    assert_eq!(issued.json()["scope"], "calendar.read");
    let form = [("grant_type", "client_credentials")];
    let refused = browser.post_as(("calendar", "wrong"), "/token", &form).await;
    assert_eq!(refused.status, StatusCode::UNAUTHORIZED);
    assert!(refused.header("www-authenticate").starts_with("Basic"), "{:?}", refused.headers);
    assert_eq!(refused.json()["error"], "invalid_client");
}

pub(crate) async fn logs_in(origin: &str) {
    let browser = Browser::new(origin);
    let page = browser.follow(browser.get(&authorization_url("a b&c")).await, REDIRECT_URI).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.header("content-security-policy").contains("frame-ancestors 'none'"), "{:?}", page.headers);
    assert_eq!((page.header("x-frame-options"), page.header("cache-control")), ("DENY", "no-store"));
    let sent = browser.submit(&page, &[("username", "alice"), ("password", PASSWORD)]).await;
    let consent = browser.follow(sent, REDIRECT_URI).await;
    let back = browser.submit(&consent, &[("decision", "allow")]).await;
    assert!(query_param(back.location(), "code").is_some(), "{}", back.location());
    assert_eq!(query_param(back.location(), "state").as_deref(), Some("a b&c"));
}

pub(crate) async fn limits_bodies(origin: &str) {
    let browser = Browser::new(origin);
    for (length, status) in [(60_000, StatusCode::UNAUTHORIZED), (70_000, StatusCode::PAYLOAD_TOO_LARGE)] {
        let reply = browser.post("/token", &[("grant_type", &"a".repeat(length))]).await;
        assert_eq!(reply.status, status, "{}", reply.body);
        assert!(reply.json()["error"].is_string());
    }
}

/// Guesses at a secret are counted by client and address: a server that does not know the address counts by client alone.
pub(crate) async fn limits_by_address(origin: &str) {
    let browser = Browser::new(origin);
    let ask = async |address: &str, secret: &str| {
        let mut with = headers(&[("x-forwarded-for", address)]);
        with.insert("authorization", basic("calendar", secret).parse().unwrap());
        let form = encode(&[("grant_type", "client_credentials")]);
        browser.send(Method::POST, "/token", with, form).await.status
    };
    let mut is_limited = false;
    for _ in 0..40 {
        is_limited |= ask("203.0.113.1", "wrong").await == StatusCode::TOO_MANY_REQUESTS;
    }
    assert!(is_limited, "the address is not known");
    assert_eq!(ask("203.0.113.1", SECRET).await, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(ask("203.0.113.2", SECRET).await, StatusCode::OK);
}

pub(crate) async fn guards_handlers(origin: &str) {
    let (browser, read_only) = (Browser::new(origin), token(origin, "calendar.read").await);
    let call = async |method: Method, authorization: Option<&str>| {
        let with = authorization.map_or_else(HeaderMap::new, |value| headers(&[("authorization", value)]));
        let reply = browser.send(method, "/events?color=red&color=blue", with, String::new()).await;
        (reply.status.as_u16(), reply.header("www-authenticate").to_owned(), reply.body)
    };
    let (status, challenge, body) = call(Method::GET, None).await;
    assert_eq!((status, body.as_str()), (401, ""));
    assert!(challenge.starts_with("Bearer realm=") && !challenge.contains("error"), "{challenge}");
    let (status, challenge, _) = call(Method::GET, Some("Bearer unknown")).await;
    assert!(status == 401 && challenge.contains(r#"error="invalid_token""#), "{challenge}");
    let (status, challenge, _) = call(Method::GET, Some("Bearer a b")).await;
    assert!(status == 400 && challenge.contains(r#"error="invalid_request""#), "{challenge}");
    let bearer = format!("Bearer {read_only}");
    let (status, challenge, body) = call(Method::GET, Some(&bearer)).await;
    assert_eq!((status, challenge.as_str(), body.as_str()), (200, "", "the events of calendar"));
    let (status, challenge, body) = call(Method::POST, Some(&bearer)).await;
    assert_eq!((status, body.as_str()), (403, ""));
    assert!(challenge.contains(r#"error="insufficient_scope""#), "{challenge}");
    assert!(challenge.contains(r#"scope="calendar.write""#), "{challenge}");
    let both = format!("Bearer {}", token(origin, "calendar.read calendar.write").await);
    assert_eq!(call(Method::POST, Some(&both)).await.0, 200);
}
