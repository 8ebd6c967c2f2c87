//! Applications that hide their server, or change what it says, are caught.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::middleware::map_response;
use axum::response::Response;
use axum::routing::any;
use http::{HeaderValue, StatusCode, header};
use oauth_core::prelude::*;
use oauth_core::server::RunningServer;
use oauth_tests::{Accounts, TestServer};

use crate::outcomes::{assert_caught, assert_failed, assert_says, failures};
use crate::servers::Everything;

type Server = TestServer<Accounts<MemoryStore>>;

fn server() -> Server {
    TestServer { validator: Accounts(MemoryStore::default()) }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_application_around_a_server_is_what_is_tested() {
    let failures = failures(async |fixture| {
        fixture.application(|service: RunningServer<Server>| Router::new().fallback_service(service));
        Ok(server())
    })
    .await;
    assert_failed(&failures, &[]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_application_that_forgets_an_endpoint_is_caught() {
    let failures = failures(async |fixture| {
        fixture.application(|service: RunningServer<Server>| {
            Router::new().route("/revoke", any(async || StatusCode::NOT_FOUND)).fallback_service(service)
        });
        Ok(server())
    })
    .await;
    let rule = "rfc8414_section_2_every_advertised_endpoint_is_there";
    assert_caught(&failures, &[rule, "rfc7009_section_2_2_an_unknown_token_is_no_error"]);
    assert_says(&failures[rule], &["RFC 8414 §2", "GET /revoke", "`revocation_endpoint`"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_application_that_has_tokens_cached_is_caught() {
    let failures = failures(async |fixture| {
        fixture.application(|service: RunningServer<Server>| {
            Router::new().fallback_service(service).layer(map_response(async |mut response: Response| {
                response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("max-age=60"));
                response
            }))
        });
        Ok(server())
    })
    .await;
    let rule = "rfc6749_section_5_1_answers_are_not_cached";
    assert_caught(&failures, &[rule]);
    assert_says(&failures[rule], &["RFC 6749 §5.1", "a layer of yours"]);
}

/// The pages of the interaction, and not the one with an error that every server has.
#[tokio::test(flavor = "multi_thread")]
async fn an_application_that_lets_others_frame_its_login_is_caught() {
    let failures = failures(async |fixture| {
        fixture.application(|service: RunningServer<Everything>| {
            Router::new().fallback_service(service).layer(map_response(async |mut response: Response| {
                if response.status() == StatusCode::OK {
                    response.headers_mut().remove(header::CONTENT_SECURITY_POLICY);
                    response.headers_mut().remove(header::X_FRAME_OPTIONS);
                }
                response
            }))
        });
        Everything::new(fixture).await
    })
    .await;
    let rule = "rfc6749_section_10_13_pages_are_not_framed";
    assert_caught(&failures, &[rule]);
    assert_says(&failures[rule], &["RFC 6749 §10.13", "/login", "frame-ancestors 'none'"]);
}

#[tokio::test]
async fn an_application_of_another_server_is_told_from_its_own() {
    let failures = failures(async |fixture| {
        type Other = TestServer<Accounts<MemoryStore>, 0>;
        fixture.application(|service: RunningServer<Other>| Router::new().fallback_service(service));
        Ok(server())
    })
    .await;
    assert_says(failures.values().next().unwrap(), &["`fixture.application(…)`", "another server"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_application_that_advertises_a_grant_that_its_server_lacks_is_caught() {
    let failures = failures(async |fixture| {
        fixture.application(|service: RunningServer<Server>| {
            Router::new().fallback_service(service).layer(map_response(async |response: Response| {
                let (mut parts, body) = response.into_parts();
                let body = to_bytes(body, usize::MAX).await.unwrap();
                let (before, after) =
                    (r#""grant_types_supported":["#, r#""grant_types_supported":["urn:example:none","#);
                let text = String::from_utf8_lossy(&body).replace(before, after);
                parts.headers.remove(header::CONTENT_LENGTH);
                Response::from_parts(parts, Body::from(text))
            }))
        });
        Ok(server())
    })
    .await;
    let rule = "rfc8414_section_2_the_advertised_grants_are_those_that_work";
    assert_caught(&failures, &[rule]);
    assert_says(&failures[rule], &["RFC 8414 §2", "grant_type=urn"]);
}
