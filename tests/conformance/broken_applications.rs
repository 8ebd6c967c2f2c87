//! Applications that hide their server are caught. What they may say instead of it is in `mutants`.

use axum::Router;
use axum::routing::any;
use http::StatusCode;
use oauth_core::prelude::*;
use oauth_core::server::RunningServer;
use oauth_tests::{Accounts, TestServer};

use crate::outcomes::{assert_caught, assert_failed, assert_says, failures};

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
async fn an_application_that_hides_the_metadata_is_caught() {
    let failures = failures(async |fixture| {
        fixture.application(|service: RunningServer<Server>| {
            let nothing = any(async || StatusCode::NOT_FOUND);
            Router::new().route("/.well-known/{*document}", nothing).fallback_service(service)
        });
        Ok(server())
    })
    .await;
    let rule = "rfc8414_section_3_1_the_document_is_at_the_well_known_path";
    assert_caught(&failures, &[rule]);
    assert_says(&failures[rule], &["RFC 8414 §3.1", "status 200", "in front of the service"]);
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
