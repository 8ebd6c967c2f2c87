//! Cross-origin requests, by registered origin.

use http::{Request, StatusCode, header};
use oauth_core::authorization_server;
use oauth_core::store::{ClientStore as _, MemoryStore};
use oauth_tests::{Accounts, Answer, App, basic, clients};

async fn preflight(path: &str, origin: &str) -> Answer {
    let request = Request::options(path)
        .header(header::ORIGIN, origin)
        .header(header::ACCESS_CONTROL_REQUEST_METHOD, "POST")
        .header(header::ACCESS_CONTROL_REQUEST_HEADERS, "content-type");
    App::new().await.send(request, "").await
}

async fn post(origin: &str, form: &'static str) -> Answer {
    let request = Request::post("/token")
        .header(header::ORIGIN, origin)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    App::new().await.send(request, form).await
}

#[tokio::test]
async fn a_preflight_passes_for_a_registered_origin_only() {
    let answer = preflight("/token", "https://spa.example").await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(answer.header("access-control-allow-origin"), "https://spa.example");
    assert_eq!(answer.header("access-control-allow-methods"), "POST");
    assert_eq!(answer.header("vary"), "Origin");
    assert!(answer.header("access-control-allow-credentials").is_empty());
    for stranger in ["https://evil.example", "https://spa.example.evil.example", "http://spa.example", "null"]
    {
        let answer = preflight("/token", stranger).await;
        assert!(answer.header("access-control-allow-origin").is_empty(), "{stranger}");
    }
    let answer = preflight("/authorize", "https://spa.example").await;
    assert!(answer.header("access-control-allow-origin").is_empty(), "a page for people");
}

#[tokio::test]
async fn a_response_is_for_the_clients_own_origin() {
    const GOOD: &str = "grant_type=authorization_code&client_id=spa&code=x";
    assert_eq!(
        post("https://spa.example", GOOD).await.header("access-control-allow-origin"),
        "https://spa.example"
    );
    assert!(post("https://evil.example", GOOD).await.header("access-control-allow-origin").is_empty());
    let other = "grant_type=authorization_code&client_id=native&code=x";
    assert!(post("https://spa.example", other).await.header("access-control-allow-origin").is_empty());
}

#[tokio::test]
async fn a_browser_can_read_why_its_client_was_refused() {
    for form in [
        "grant_type=authorization_code&client_id=nobody&code=x",
        "client_id=%zz",
        "client_id=spa&client_secret=x",
    ] {
        let answer = post("https://spa.example", form).await;
        assert_eq!(answer.header("access-control-allow-origin"), "https://spa.example", "{form}");
        let answer = post("https://evil.example", form).await;
        assert!(answer.header("access-control-allow-origin").is_empty(), "{form}");
    }
}

#[test]
fn what_an_origin_is() {
    for good in ["https://app.example", "http://localhost:3000", "http://[::1]:80"] {
        assert!(oauth_core::client::Client::public("x").origin(good).build().is_ok(), "{good}");
    }
    for bad in [
        "https://app.example/",
        "app.example",
        "null",
        "*",
        "https://APP.example",
        "https://",
        "https://a.example/x",
    ] {
        let error = oauth_core::client::Client::public("x").origin(bad).build().unwrap_err().to_string();
        assert!(error.contains(bad) && error.contains("RFC 6454"), "{error}");
    }
}

#[tokio::test]
async fn public_documents_are_for_anyone() {
    let answer = preflight("/.well-known/oauth-authorization-server", "https://anyone.example").await;
    assert_eq!(answer.header("access-control-allow-origin"), "*");
}

/// Allows an origin that no client registered.
#[authorization_server(
    grants(client_credentials),
    scopes("jobs"),
    allowed_origins("https://console.example"),
    issuer = "https://auth.example.com"
)]
struct Console {
    #[validator]
    accounts: Accounts<MemoryStore>,
}

#[tokio::test]
async fn an_origin_that_the_server_allows_is_every_clients() {
    let accounts = Accounts(MemoryStore::default());
    for client in clients() {
        accounts.0.save_client(client).await.unwrap();
    }
    let app = App::of(Console { accounts });
    for path in ["/token", "/revoke", "/introspect"] {
        for (origin, is_allowed) in [
            ("https://console.example", true),
            ("https://spa.example", true),
            ("https://console.example.evil.example", false),
            ("https://console.example:8443", false),
            ("http://console.example", false),
            ("null", false),
        ] {
            let request = Request::options(path)
                .header(header::ORIGIN, origin)
                .header(header::ACCESS_CONTROL_REQUEST_METHOD, "POST");
            let answer = app.send(request, "").await;
            let expected = if is_allowed { origin } else { "" };
            assert_eq!(answer.header("access-control-allow-origin"), expected, "{path} {origin}");
        }
    }
    let post = |origin: &'static str, authorization: String| {
        let request = Request::post("/token")
            .header(header::ORIGIN, origin)
            .header(header::AUTHORIZATION, authorization)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        app.send(request, "grant_type=client_credentials")
    };
    let answer = post("https://console.example", basic("machine")).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("access-control-allow-origin"), "https://console.example");
    assert_eq!(answer.header("vary"), "Origin");
    assert!(answer.header("access-control-allow-credentials").is_empty());
    let answer = post("https://console.example", basic("nobody")).await;
    assert_eq!(
        answer.header("access-control-allow-origin"),
        "https://console.example",
        "an error is read, too"
    );
    let answer = post("https://spa.example", basic("machine")).await;
    assert!(answer.header("access-control-allow-origin").is_empty(), "another client's origin");
}
