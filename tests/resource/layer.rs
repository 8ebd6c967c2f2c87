//! A tower layer in front of whatever service: RFC 6750 §3 at its door.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::routing::get;
use axum::{Extension, Router};
use http::{Request as HttpRequest, Response, StatusCode};
use http_body_util::{BodyExt as _, Full};
use oauth_core::prelude::*;
use oauth_core::resource::ProtectedResource;
use tower::{Layer as _, ServiceExt as _};

use crate::fixed::Fixed;
use crate::world::{CalendarRead, CalendarWrite};

fn resource() -> ProtectedResource<Fixed> {
    ProtectedResource::new(Fixed, "https://auth.example.com", &ResourceConfig::new()).unwrap()
}

fn request<B: Default>(authorization: Option<&str>) -> HttpRequest<B> {
    let mut request = HttpRequest::get("/any?color=red&color=blue");
    if let Some(authorization) = authorization {
        request = request.header("authorization", authorization);
    }
    request.body(B::default()).unwrap()
}

/// A service of `http` types that is neither axum's nor ours.
#[tokio::test]
async fn section_3_nothing_behind_it_runs_without_a_token() {
    let asked = Arc::new(AtomicUsize::new(0));
    let counted = asked.clone();
    let inner = tower::service_fn(move |request: HttpRequest<Full<bytes::Bytes>>| {
        counted.fetch_add(1, Ordering::Relaxed);
        let token = request.extensions().get::<Bearer<CalendarRead>>().unwrap();
        let name = token.subject().unwrap().to_owned();
        async move { Ok::<_, Infallible>(Response::new(Full::<bytes::Bytes>::from(name))) }
    });
    let guarded = resource().layer::<CalendarRead>().layer(inner);
    for (authorization, status, challenge) in [
        (None, StatusCode::UNAUTHORIZED, "Bearer realm="),
        (Some("Basic Zm9vOmJhcg=="), StatusCode::UNAUTHORIZED, "Bearer realm="),
        (Some("Bearer bad"), StatusCode::UNAUTHORIZED, "error=\"invalid_token\""),
        (Some("Bearer good good"), StatusCode::BAD_REQUEST, "error=\"invalid_request\""),
    ] {
        let response = guarded.clone().oneshot(request(authorization)).await.unwrap();
        assert_eq!(response.status(), status, "{authorization:?}");
        let said = response.headers()["www-authenticate"].to_str().unwrap();
        assert!(said.contains(challenge), "{said}");
        assert!(response.into_body().collect().await.unwrap().to_bytes().is_empty());
    }
    assert_eq!(asked.load(Ordering::Relaxed), 0);
    let response = guarded.oneshot(request(Some("Bearer good"))).await.unwrap();
    assert_eq!(response.into_body().collect().await.unwrap().to_bytes(), "alice");
    assert_eq!(asked.load(Ordering::Relaxed), 1);
}

/// RFC 6750 §3.1 `insufficient_scope`: a layer in front of a router of another, whose handlers know nothing of tokens.
#[tokio::test]
async fn section_3_1_a_router_needs_the_scopes_of_its_layer() {
    let whose = async |Extension(token): Extension<Bearer<CalendarRead>>| token.subject().unwrap().to_owned();
    let app = Router::new().route("/any", get(whose)).layer(resource().layer::<CalendarRead>());
    let answer = app.oneshot(request::<axum::body::Body>(Some("Bearer good"))).await.unwrap();
    assert_eq!(answer.into_body().collect().await.unwrap().to_bytes(), "alice");
    let app = Router::new().route("/any", get(async || "x")).layer(resource().layer::<CalendarWrite>());
    let refused = app.oneshot(request::<axum::body::Body>(Some("Bearer good"))).await.unwrap();
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    let said = refused.headers()["www-authenticate"].to_str().unwrap();
    assert!(
        said.contains("error=\"insufficient_scope\"") && said.contains("scope=\"calendar.write\""),
        "{said}"
    );
}
