//! An application that is a page, on another origin than the server and its API: its tokens are bound to a key of the browser
//! (RFC 9449), which no script can read.

use axum::Router;
use axum::extract::Request as HttpRequest;
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse as _, Response};
use axum::routing::get;
use fantoccini::Client as Browser;
use http::{HeaderValue, Method, StatusCode, header};
use oauth_core::interaction::LoginPages;
use oauth_core::prelude::*;
use serde_json::{Value, json};

use crate::driver::{Wish, browse, click, log_in, text};
use crate::world::{PASSWORD, listen, serve};

#[scope("calendar", "See your calendar")]
struct Calendar;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    issuer = self.issuer,
    grants(authorization_code, refresh_token),
    scopes(Calendar),
    dpop(nonces = "required")
)]
struct Server {
    issuer: String,
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

/// Serves the page and the server, each on an origin of its own: that of the page.
async fn start() -> String {
    let ((page, page_listener), (issuer, listener)) = (listen().await, listen().await);
    let store = MemoryStore::new();
    store.save_user(User::new("alice-1", "alice").with_password(PASSWORD).unwrap()).await.unwrap();
    let spa = Client::public("spa").redirect_uri(format!("{page}/")).origin(&page).scope("calendar");
    store.save_client(spa.build().unwrap()).await.unwrap();
    let html = include_str!("spa.html").replace("ISSUER", &issuer);
    serve(page_listener, Router::new().route("/", get(async || Html(html))));
    let server = Server { issuer, accounts: Accounts { store }, pages: LoginPages::new() };
    let server = server.start().unwrap();
    let api = server.protected_resource(ResourceConfig::new()).unwrap();
    let events = async |token: Bearer<Calendar>| {
        axum::Json(json!({ "owner": token.subject(), "cnf": token.claims().get("cnf") }))
    };
    let api =
        Router::new().route("/calendar", get(events)).layer(middleware::from_fn(allow_pages)).with_state(api);
    serve(listener, api.fallback_service(server));
    page
}

/// Lets the pages of any origin call the API, as its application would: with a proof, and so that they read the challenge and the nonce.
async fn allow_pages(request: HttpRequest, next: Next) -> Response {
    let mut response = match *request.method() {
        Method::OPTIONS => StatusCode::NO_CONTENT.into_response(),
        _ => next.run(request).await,
    };
    for (name, value) in [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "authorization, dpop"),
        (header::ACCESS_CONTROL_EXPOSE_HEADERS, "www-authenticate, dpop-nonce"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Alice logs in at the page.
async fn logged_in(browser: &Browser, page: &str) {
    browser.goto(page).await.unwrap();
    click(browser, "#log-in").await;
    log_in(browser, "alice", PASSWORD).await;
    click(browser, "button[value=allow]").await;
    browser.wait().for_element(fantoccini::Locator::XPath("//p[text()='Logged in']")).await.unwrap();
    assert_eq!(text(browser, "#state").await, "Logged in");
}

/// Calls a function of the page.
async fn page(browser: &Browser, function: &str) -> Value {
    let script = format!(
        "const done = arguments[arguments.length - 1]; \
         Promise.resolve(page.{function}()).then((value) => done({{ value }}), (error) => done({{ error: String(error) }}));"
    );
    let answer = browser.execute_async(&script, Vec::new()).await.unwrap();
    assert_eq!(answer.get("error"), None, "{function}");
    answer["value"].clone()
}

#[tokio::test]
async fn a_page_proves_a_key_that_no_script_can_read() {
    let origin = start().await;
    browse(Wish::default(), async move |browser: Browser| {
        logged_in(&browser, &origin).await;
        let first = page(&browser, "logged_in").await;
        assert_eq!(
            (&first["status"], &first["body"]["token_type"]),
            (&json!(200), &json!("DPoP")),
            "{first}"
        );
        // It read the nonce of the refusal, and tried again.
        assert_eq!(first["retries"], 1, "{first}");
        assert_eq!(page(&browser, "read_key").await, "InvalidAccessError");
        let called = page(&browser, "call").await;
        assert_eq!(
            (&called["status"], &called["body"]["owner"]),
            (&json!(200), &json!("alice-1")),
            "{called}"
        );
        assert!(called["body"]["cnf"]["jkt"].is_string(), "{called}");
    })
    .await;
}

#[tokio::test]
async fn a_page_refreshes_with_its_key() {
    let origin = start().await;
    browse(Wish::default(), async move |browser: Browser| {
        logged_in(&browser, &origin).await;
        let before = page(&browser, "logged_in").await["body"]["access_token"].clone();
        let refreshed = page(&browser, "refresh").await;
        assert_eq!(
            (&refreshed["status"], &refreshed["body"]["token_type"]),
            (&json!(200), &json!("DPoP")),
            "{refreshed}"
        );
        assert_ne!(refreshed["body"]["access_token"], before);
        assert_eq!(page(&browser, "call").await["status"], 200);
    })
    .await;
}

#[tokio::test]
async fn a_page_reads_the_nonce_of_an_api_on_another_origin() {
    let origin = start().await;
    browse(Wish::default(), async move |browser: Browser| {
        logged_in(&browser, &origin).await;
        page(&browser, "forget_nonce").await;
        let called = page(&browser, "call").await;
        assert_eq!((&called["status"], page(&browser, "retries").await), (&json!(200), json!(1)), "{called}");
    })
    .await;
}

#[tokio::test]
async fn attack_a_stolen_token_is_used_with_another_key() {
    let origin = start().await;
    browse(Wish::default(), async move |browser: Browser| {
        logged_in(&browser, &origin).await;
        let stolen = page(&browser, "steal").await;
        assert_eq!(stolen["call"]["status"], 401, "{stolen}");
        let challenge = stolen["call"]["challenge"].as_str().unwrap();
        assert!(challenge.contains("DPoP realm=") && challenge.contains("another key"), "{challenge}");
        assert_eq!(
            (&stolen["refresh"]["status"], &stolen["refresh"]["body"]["error"]),
            (&json!(400), &json!("invalid_grant")),
            "{stolen}"
        );
        assert_eq!(stolen["plain"], 401, "{stolen}");
        // Whoever holds the key goes on: nothing was used up by the thief.
        assert_eq!(page(&browser, "call").await["status"], 200);
        assert_eq!(page(&browser, "refresh").await["status"], 200);
    })
    .await;
}
