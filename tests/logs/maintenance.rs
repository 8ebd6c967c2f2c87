//! A server that has background work, and nobody does it.

use std::time::Duration;

use oauth_core::clock::Clock;
use oauth_core::prelude::*;
use oauth_core::server::Environment;
use oauth_tests::App;

use crate::Log;

const SAID: &str = "nobody does the background work of this server";

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com")]
struct AuthServer {
    #[validator]
    accounts: Accounts,
}

#[tokio::test]
async fn a_server_that_nobody_maintains_says_so_once_and_not_at_its_start() {
    let log = Log::started();
    let said = || log.text().matches(SAID).count();
    let clock = Clock::manual();
    let server = |environment: Environment<AuthServer>| {
        let server = AuthServer { accounts: Accounts { store: MemoryStore::new() } };
        server.start_in(environment.clock(clock.clone())).unwrap()
    };
    let with_work = || Environment::new().background(async || Duration::from_mins(1));
    let (idle, maintained, neglected) =
        (server(Environment::new()), server(with_work()), server(with_work()));
    let background = maintained.clone();
    let background = tokio::spawn(async move { background.maintain().await });
    tokio::task::yield_now().await;
    let apps = [idle, maintained, neglected].map(|server| App::over_router(server.into_router()));
    let ask = async || {
        for app in &apps {
            app.get("/.well-known/oauth-authorization-server").await;
        }
    };
    ask().await;
    assert_eq!(said(), 0);
    clock.advance(Duration::from_mins(1));
    ask().await;
    ask().await;
    assert_eq!(said(), 1, "once, by the one that has some and is not maintained");
    background.abort();
}
