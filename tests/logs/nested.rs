//! A server that is nested, and so is not where its metadata says.

use axum::Router;
use axum::body::Body;
use http::{Request, StatusCode};
use oauth_core::prelude::*;
use oauth_tests::{Accounts, TestServer};
use tower::ServiceExt as _;

use crate::Log;

const WELL_KNOWN: &str = "/.well-known/oauth-authorization-server";

/// A server whose issuer has a path.
#[authorization_server(issuer = "https://auth.example.com/tenant", grants(client_credentials))]
struct Tenant {
    #[validator]
    accounts: Accounts<MemoryStore>,
}

fn server() -> TestServer<Accounts<MemoryStore>> {
    TestServer { validator: Accounts(MemoryStore::default()) }
}

fn tenant() -> Tenant {
    Tenant { accounts: Accounts(MemoryStore::default()) }
}

async fn get(app: &Router, path: &str) -> StatusCode {
    let request = Request::get(path).body(Body::empty()).unwrap();
    app.clone().oneshot(request).await.unwrap().status()
}

/// RFC 8414 §3.1: clients look for the metadata where the issuer says.
#[tokio::test]
async fn a_nested_router_says_once_that_nobody_finds_it() {
    let log = Log::started();
    let said = || log.text().matches("is nested below `/accounts`").count();
    let merged = Router::new().merge(server().into_router().unwrap());
    assert_eq!(get(&merged, WELL_KNOWN).await, StatusCode::OK);
    assert_eq!(said(), 0);
    let nested = Router::new().nest("/accounts", server().into_router().unwrap());
    for _ in 0..2 {
        assert_eq!(get(&nested, &format!("/accounts{WELL_KNOWN}")).await, StatusCode::OK);
    }
    assert_eq!(get(&nested, "/accounts/token").await, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(said(), 1, "{}", log.text());
    assert!(
        log.text().contains("in the issuer, `https://auth.example.com/accounts`, and `merge` the router")
    );
}

#[tokio::test]
async fn a_nested_service_says_so_too_whatever_is_asked_for_first() {
    let log = Log::started();
    for (prefix, first) in [("/found", "/found/token"), ("/lost", "/lost/nothing"), ("/bare", "/bare")] {
        let app = Router::new().nest_service(prefix, server().into_service().unwrap());
        for path in [first, first, &format!("{prefix}/token")] {
            get(&app, path).await;
        }
        let said = log.text().matches(&format!("is nested below `{prefix}`, where")).count();
        assert_eq!(said, 1, "{prefix}: {}", log.text());
    }
}

#[tokio::test]
async fn an_issuer_with_a_path_is_merged_and_says_nothing() {
    let log = Log::started();
    let service = tenant().into_service().unwrap();
    for app in [
        Router::new().merge(tenant().into_router().unwrap()),
        Router::new().fallback_service(service.clone()),
        Router::new()
            .route_service("/tenant/{*path}", service.clone())
            .route_service(&format!("{WELL_KNOWN}/tenant"), service),
    ] {
        assert_eq!(get(&app, &format!("{WELL_KNOWN}/tenant")).await, StatusCode::OK);
        assert_eq!(get(&app, "/tenant/token").await, StatusCode::METHOD_NOT_ALLOWED);
    }
    let own = "with which its paths begin already, as its issuer `https://auth.example.com/tenant` does";
    assert_eq!(log.text().matches(own).count(), 0);

    // Its paths have that of the issuer: what takes it away leaves nothing of them.
    let nested = Router::new().nest("/tenant", tenant().into_router().unwrap());
    assert_eq!(get(&nested, "/tenant/token").await, StatusCode::NOT_FOUND);
    assert_eq!(log.text().matches(own).count(), 0, "axum has not asked the server");
    assert_eq!(get(&nested, "/tenant/tenant/token").await, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(log.text().matches(own).count(), 1);
    let nested = Router::new().nest_service("/tenant", tenant().into_service().unwrap());
    for _ in 0..2 {
        assert_eq!(get(&nested, "/tenant/token").await, StatusCode::NOT_FOUND);
    }
    assert_eq!(log.text().matches(own).count(), 2, "{}", log.text());
}
