//! The tower service by itself, without axum's router.

use std::time::Duration;

use http::{Request, StatusCode};
use http_body_util::{BodyExt as _, Full};
use oauth_core::prelude::*;
use oauth_core::server::Environment;
use oauth_tests::{Accounts, TestServer};
use tower::ServiceExt as _;

#[tokio::test]
async fn it_is_a_tower_service_over_http_types() {
    let server: TestServer<_> = TestServer { validator: Accounts(MemoryStore::default()) };
    let service = server.into_service().unwrap();
    let request = Request::get("/.well-known/oauth-authorization-server")
        .body(Full::<bytes::Bytes>::default())
        .unwrap();
    let response = service.clone().oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    let body = response.into_body().collect().await.unwrap().to_bytes();
    assert!(body.starts_with(b"{") && body.ends_with(b"}"));

    let request = Request::get("/elsewhere").body(Full::<bytes::Bytes>::default()).unwrap();
    let response = service.respond(request).await;
    assert_eq!(response.status(), StatusCode::NOT_FOUND);
    let body = response.into_body().collect().await.unwrap().to_bytes();
    let said = "there is nothing at `/elsewhere`: this server has `/authorize`, `/introspect`, `/revoke`, `/token`, and its metadata";
    let answer: serde_json::Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(answer, serde_json::json!({"error": "not_found", "error_description": said}));
    let mut paths: Vec<_> = service.paths().collect();
    paths.sort_unstable();
    assert_eq!(
        paths,
        ["/.well-known/oauth-authorization-server", "/authorize", "/introspect", "/revoke", "/token"],
        "and no other"
    );
}

#[tokio::test]
async fn it_merges_into_an_application() {
    let server: TestServer<_> = TestServer { validator: Accounts(MemoryStore::default()) };
    let app = axum::Router::new()
        .route("/own", axum::routing::get(async || "own"))
        .merge(server.into_router().unwrap());
    let get = |path: &str| Request::get(path).body(axum::body::Body::empty()).unwrap();
    assert_eq!(app.clone().oneshot(get("/own")).await.unwrap().status(), StatusCode::OK);
    assert_eq!(app.clone().oneshot(get("/token")).await.unwrap().status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(app.oneshot(get("/neither")).await.unwrap().status(), StatusCode::NOT_FOUND);
}

type Merge<'a> = Box<dyn FnOnce() -> axum::Router + std::panic::UnwindSafe + 'a>;

/// What an application routes at one of our paths replaces nothing in silence.
#[test]
fn a_route_at_a_path_of_ours_is_a_clear_error() {
    let server = || TestServer::<_> { validator: Accounts(MemoryStore::default()) }.into_router().unwrap();
    let own = |method: fn(fn() -> std::future::Ready<&'static str>) -> axum::routing::MethodRouter| {
        axum::Router::new().route("/token", method(|| std::future::ready("own")))
    };
    let panics: [(&str, Merge<'_>); 3] = [
        ("GET", Box::new(|| own(axum::routing::get).merge(server()))),
        ("POST", Box::new(|| server().merge(own(axum::routing::post)))),
        ("GET", Box::new(|| server().merge(server()))),
    ];
    let any: [Merge<'_>; 2] = [
        Box::new(|| own(axum::routing::any).merge(server())),
        Box::new(|| server().merge(own(axum::routing::any))),
    ];
    for merge in any {
        let panic = std::panic::catch_unwind(merge).unwrap_err();
        let said = panic
            .downcast_ref::<String>()
            .cloned()
            .or_else(|| panic.downcast_ref::<&str>().map(|it| (*it).to_owned()));
        assert!(said.as_ref().is_some_and(|said| said.contains("fallback")), "{said:?}");
    }
    for (method, merge) in panics {
        let panic = std::panic::catch_unwind(merge).unwrap_err();
        let said = panic.downcast_ref::<String>().unwrap();
        assert!(
            said.contains(&format!("Handler for `{method} /")) && said.contains("already exists"),
            "{said}"
        );
    }
}

/// RFC 9110 §15.5.6: a method that nobody knows is answered by the endpoint.
#[tokio::test]
async fn methods_without_a_name_of_their_own_are_ours_to_refuse() {
    let server: TestServer<_> = TestServer { validator: Accounts(MemoryStore::default()) };
    let request =
        Request::builder().method("PROPFIND").uri("/authorize").body(axum::body::Body::empty()).unwrap();
    let answer = server.into_router().unwrap().oneshot(request).await.unwrap();
    assert_eq!(answer.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.headers()["allow"], "GET, POST");
}

/// A body that never ends.
struct Endless;

impl http_body::Body for Endless {
    type Data = bytes::Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<bytes::Bytes>, Self::Error>>> {
        std::task::Poll::Pending
    }
}

/// Connections that say nothing must not be kept for ever.
#[tokio::test]
async fn a_body_that_does_not_come_is_given_up() {
    let server: TestServer<_> = TestServer { validator: Accounts(MemoryStore::default()) };
    let environment = Environment::new().body_timeout(Duration::from_millis(1));
    let service = server.start_in(environment).unwrap();
    for path in ["/token", "/authorize", "/introspect"] {
        let response = service.respond(Request::post(path).body(Endless).unwrap()).await;
        assert_eq!(response.status(), StatusCode::REQUEST_TIMEOUT, "{path}");
        assert_eq!(response.headers()["connection"], "close");
    }
}
