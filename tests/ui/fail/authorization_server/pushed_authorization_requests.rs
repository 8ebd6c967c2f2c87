//! Pushed authorization requests: options that are none, and what they need.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(authorization_code),
    issuer = "https://auth.example.com",
    pushed_authorization_requests(require, expires_in = "11m")
)]
struct Options {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(
    grants(authorization_code),
    issuer = "https://auth.example.com",
    pushed_authorization_requests = "60s"
)]
struct Assigned {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    pushed_authorization_requests
)]
struct Machines {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(
    grants(authorization_code),
    issuer = "https://auth.example.com",
    endpoints(pushed_authorization_request = "/oauth/par")
)]
struct PathAlone {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(
    grants(authorization_code),
    issuer = "https://auth.example.com",
    pushed_authorization_requests(expires_in = 60, required = true),
    endpoints(pushed_authorization_request = off)
)]
struct Off {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

fn main() {}
