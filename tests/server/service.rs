//! The tower service by itself, without axum's router.

use http::{Request, StatusCode};
use http_body_util::{BodyExt as _, Full};
use oauth_core::prelude::*;
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
    assert_eq!(service.respond(request).await.status(), StatusCode::NOT_FOUND);
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
