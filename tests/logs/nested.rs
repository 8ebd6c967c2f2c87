//! A router that is nested, and so is not where its metadata says.

use axum::Router;
use axum::body::Body;
use http::{Request, StatusCode};
use oauth_core::prelude::*;
use oauth_tests::{Accounts, TestServer};
use tower::ServiceExt as _;

use crate::Log;

const WELL_KNOWN: &str = "/.well-known/oauth-authorization-server";

async fn get(app: &Router, path: &str) -> StatusCode {
    let request = Request::get(path).body(Body::empty()).unwrap();
    app.clone().oneshot(request).await.unwrap().status()
}

/// RFC 8414 §3.1: clients look for the metadata where the issuer says.
#[tokio::test]
async fn a_nested_router_says_once_that_nobody_finds_it() {
    let log = Log::started();
    let server: TestServer<_> = TestServer { validator: Accounts(MemoryStore::default()) };
    let router = server.into_router().unwrap();
    let said = || log.text().matches("is nested below `/accounts`").count();
    let merged = Router::new().merge(router.clone());
    assert_eq!(get(&merged, WELL_KNOWN).await, StatusCode::OK);
    assert_eq!(said(), 0);
    let nested = Router::new().nest("/accounts", router);
    for _ in 0..2 {
        assert_eq!(get(&nested, &format!("/accounts{WELL_KNOWN}")).await, StatusCode::OK);
    }
    assert_eq!(get(&nested, "/accounts/token").await, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(said(), 1, "{}", log.text());
    assert!(
        log.text().contains("in the issuer, `https://auth.example.com/accounts`, and `merge` the router")
    );
}
