//! The programs of the guide about other stacks, as they stand there: each is served on a port of its own, and answers as a server in
//! axum does.

// The programs are as people write them: a handler, or a function that middleware calls, is `async` and takes what it is given.
#![allow(clippy::needless_pass_by_value, clippy::unused_async, reason = "the frameworks ask for it")]

use oauth_core::prelude::*;
use oauth_core::server::{Environment, RunningServer};

#[path = "../../oauth-core/src/guide/how_to/other_stacks/programs/actix_web.rs"]
mod actix_web_program;
#[allow(dead_code, reason = "other tests use the rest of it")]
#[path = "../../examples/tests/support/browser.rs"]
mod browser;
mod calendar;
mod grpc;
#[path = "../../oauth-core/src/guide/how_to/other_stacks/programs/poem.rs"]
mod poem_program;
#[path = "../../oauth-core/src/guide/how_to/other_stacks/programs/tonic.rs"]
mod tonic_program;
mod world;

/// The server of a program, behind a proxy on this machine.
macro_rules! server {
    ($program:ident) => {{
        use $program::{Accounts, AuthServer, CalendarRead, CalendarWrite};

        assert_eq!((CalendarRead::SCOPE.name, CalendarWrite::SCOPE.name), world::SCOPES);
        let accounts = Accounts { store: world::store().await };
        let proxies = ["127.0.0.1/32".parse().unwrap()];
        let server = AuthServer { accounts, pages: LoginPages::new() };
        server.start_in(Environment::new().trusted_proxies(proxies)).unwrap()
    }};
}

/// A listener on a free port, and its origin.
fn listener() -> (std::net::TcpListener, String) {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    listener.set_nonblocking(true).unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    (listener, origin)
}

async fn poem() -> String {
    let (listener, origin) = listener();
    let listener = tokio::net::TcpListener::from_std(listener).unwrap();
    tokio::spawn(poem_program::serve(listener, server!(poem_program)));
    origin
}

async fn actix_web() -> String {
    let (listener, origin) = listener();
    let server = server!(actix_web_program);
    std::thread::spawn(move || {
        ::actix_web::rt::System::new().block_on(actix_web_program::serve(listener, server))
    });
    origin
}

async fn tonic() -> String {
    let (listener, origin) = listener();
    let listener = tokio::net::TcpListener::from_std(listener).unwrap();
    tokio::spawn(tonic_program::serve(listener, server!(tonic_program)));
    origin
}

/// What the others must be like.
async fn axum() -> String {
    let (listener, origin) = listener();
    let listener = tokio::net::TcpListener::from_std(listener).unwrap();
    let server: RunningServer<poem_program::AuthServer> = server!(poem_program);
    let app = server.clone().into_router();
    tokio::spawn(async move { oauth_core::serve(listener, app).maintain(&server).await });
    origin
}

/// A test of each, for each.
macro_rules! in_each {
    ($($stack:ident),*) => {
        $(mod $stack {
            #[tokio::test]
            async fn answers_as_axum_does() {
                crate::world::answers_alike(&crate::$stack().await, &crate::axum().await).await;
            }

            #[tokio::test]
            async fn issues_a_token_and_refuses_one() {
                crate::world::issues_and_refuses(&crate::$stack().await).await;
            }

            #[tokio::test]
            async fn a_person_logs_in_on_pages_that_are_protected() {
                crate::world::logs_in(&crate::$stack().await).await;
            }

            #[tokio::test]
            async fn a_body_has_the_limit_of_the_server() {
                crate::world::limits_bodies(&crate::$stack().await).await;
            }

            #[tokio::test]
            async fn who_guesses_keeps_nobody_at_another_address_out() {
                crate::world::limits_by_address(&crate::$stack().await).await;
            }
        })*
    };
}

mod each {
    in_each!(poem, actix_web, tonic);
}

/// RFC 6750 §3.1, at handlers.
#[tokio::test]
async fn a_handler_of_poem_is_guarded() {
    world::guards_handlers(&poem().await).await;
}

#[tokio::test]
async fn a_handler_of_actix_web_is_guarded() {
    world::guards_handlers(&actix_web().await).await;
}

#[tokio::test]
async fn a_service_of_tonic_is_guarded() {
    grpc::guards(&tonic().await).await;
}
