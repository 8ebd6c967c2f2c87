//! Clients that come by themselves.
#![deny(warnings)]

use oauth_core::http::Fetcher;
use oauth_core::prelude::*;
use serde_json::{Map, Value};

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    async fn allow_fetch(&self, url: &str, _: &mut Request) -> Result<bool> {
        Ok(url.starts_with("https://clients.example/"))
    }

    fn allow_client(&self, client: &Client, _: &mut Request) -> Result<bool> {
        Ok(client.is_public())
    }

    async fn validate_initial_access_token(&self, _: &str, _: &mut Request) -> Result<bool> {
        Ok(false)
    }

    async fn claim_initial_access_token(&self, _: &str, _: &mut Request) -> Result<bool> {
        Ok(false)
    }

    fn validate_software_statement(&self, _: &str, _: &mut Request) -> Result<Option<Map<String, Value>>> {
        Ok(None)
    }
}

#[authorization_server(
    grants(authorization_code, refresh_token),
    scopes("profile" = "See your name", "calendar"),
    issuer = "https://auth.example.com",
    client_id_metadata_documents,
    registration(initial_access_token, path = "/connect/register", unused_lifetime = "1h", idle_lifetime = "30d"),
    unverified_scopes("profile")
)]
struct AuthServer {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
    #[fetcher]
    fetcher: Fetcher,
}

#[scope("calendar.read")]
struct CalendarRead;

/// Types and strings name the same scopes.
#[authorization_server(
    grants(authorization_code, refresh_token),
    scopes("profile", "calendar", "offline_access", CalendarRead, "admin"),
    issuer = "https://auth.example.com",
    registration,
    unverified_scopes("calendar", "offline_access", CalendarRead, "profile"),
    shared_validator
)]
struct Open {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

/// The same two the other way round, and the registration of those who are vouched for.
#[authorization_server(
    grants(authorization_code, refresh_token),
    scopes(CalendarRead, "calendar", "offline_access"),
    issuer = "https://auth.example.com",
    client_id_metadata_documents,
    unverified_scopes("calendar", "offline_access"),
    shared_validator
)]
struct ByDocuments {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

/// Who has an initial access token is no stranger.
#[authorization_server(
    grants(authorization_code),
    scopes("profile"),
    issuer = "https://auth.example.com",
    registration(initial_access_token)
)]
struct VouchedFor {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

/// A type names a scope that is declared as a string.
#[authorization_server(
    grants(authorization_code),
    scopes("calendar.read", "profile"),
    default_scopes(CalendarRead),
    issuer = "https://auth.example.com",
    registration,
    unverified_scopes(CalendarRead),
    shared_validator
)]
struct ByType {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

/// Strangers who may have nothing but that somebody logged in, and a server that has no scopes.
#[authorization_server(
    grants(authorization_code),
    scopes("profile"),
    issuer = "https://auth.example.com",
    registration,
    unverified_scopes(),
    shared_validator
)]
struct Nothing {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(
    grants(authorization_code),
    issuer = "https://auth.example.com",
    registration,
    shared_validator
)]
struct WithoutScopes {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

fn main() {
    assert_eq!(Nothing::CONFIG.unverified_scopes, Some(&[][..]));
    assert_eq!(Open::CONFIG.unverified_scopes.unwrap()[2], "calendar.read");
    assert!(VouchedFor::CONFIG.unverified_scopes.is_none() && WithoutScopes::CONFIG.unverified_scopes.is_none());
    assert_eq!(ByType::CONFIG.unverified_scopes, Some(&["calendar.read"][..]));
    assert!(ByDocuments::CONFIG.unverified_scopes.is_some());
    let server = AuthServer {
        accounts: Accounts { store: MemoryStore::new() },
        pages: LoginPages::new(),
        fetcher: Fetcher::new().unwrap(),
    };
    assert!(server.start().unwrap().paths().any(|path| path == "/connect/register"));
}
