//! An application that keeps from its server which resources are meant is caught.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::middleware::map_request;
use http::Request;
use oauth_core::server::RunningServer;

use crate::outcomes::{assert_failed, assert_says, failures};
use crate::servers::with_resources::{Server, server};

fn without_resources(parameters: &str) -> String {
    let pairs = parameters.split('&').filter(|pair| !pair.starts_with("resource="));
    pairs.collect::<Vec<_>>().join("&")
}

/// As a proxy does that lets known parameters pass.
async fn strip(request: Request<Body>) -> Request<Body> {
    let (mut parts, body) = request.into_parts();
    if let Some(query) = parts.uri.query() {
        parts.uri = format!("{}?{}", parts.uri.path(), without_resources(query)).parse().unwrap();
    }
    let body = to_bytes(body, usize::MAX).await.unwrap();
    let stripped = match std::str::from_utf8(&body) {
        Ok(text) => Body::from(without_resources(text)),
        Err(_) => Body::from(body),
    };
    Request::from_parts(parts, stripped)
}

#[tokio::test(flavor = "multi_thread")]
async fn resources_that_get_lost_are_noticed() {
    let failures = failures(async |fixture| {
        fixture.application(|service: RunningServer<Server>| {
            Router::new().fallback_service(service).layer(map_request(strip))
        });
        Ok(server())
    })
    .await;
    let rule = "rfc8707_section_2_2_a_token_is_for_its_resource";
    assert_failed(
        &failures,
        &[
            rule,
            "rfc8707_section_2_1_an_unknown_resource_is_an_invalid_target",
            "rfc8707_section_2_2_an_invalid_target_uses_no_code_up",
            "rfc8707_section_2_2_a_client_for_itself_names_a_known_resource",
        ],
    );
    assert_says(&failures[rule], &["RFC 8707 §2.2", "https://api.example.com"]);
}
