//! Scopes as types, in servers and in handlers.
#![deny(warnings, missing_docs)]
#![forbid(unsafe_code)]

use axum::Router;
use axum::routing::get;
use oauth_core::prelude::*;
use oauth_core::resource::ResourceState;

/// Seeing it.
#[scope("calendar.read", "See your calendar")]
pub struct CalendarRead;

#[scope("calendar.write")]
struct CalendarWrite;

mod nested {
    #[oauth_core::scope("https://example.com/admin", crate = oauth_core)]
    #[derive(Debug)]
    pub(crate) struct Admin {}
}

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    scopes(CalendarRead, "mail" = "Read your mail", self::CalendarWrite, crate::nested::Admin),
    default_scopes("mail", CalendarRead, "calendar.write"),
)]
struct AuthServer {
    #[validator]
    accounts: Accounts,
}

async fn any(_: Bearer<()>) {}
async fn one(token: Bearer<CalendarRead>) -> String {
    token.subject().unwrap_or_default().to_owned()
}
async fn all(_: Bearer<(CalendarRead, CalendarWrite)>) {}
async fn either(_: Bearer<AnyOf<(CalendarWrite, nested::Admin)>>) {}
async fn optional(_: Option<Bearer<CalendarRead>>) {}

fn routes<S: ResourceState + Clone + 'static>() -> Router<S> {
    Router::new()
        .route("/any", get(any))
        .route("/one", get(one))
        .route("/all", get(all))
        .route("/either", get(either))
        .route("/optional", get(optional))
}

fn main() {
    let names: Vec<_> = AuthServer::CONFIG.scopes.iter().map(|scope| scope.name).collect();
    assert_eq!(names, ["calendar.read", "mail", "calendar.write", "https://example.com/admin"]);
    assert_eq!(AuthServer::CONFIG.default_scopes, ["mail", "calendar.read", "calendar.write"]);
    assert_eq!(AuthServer::CONFIG.scopes[0].description, Some("See your calendar"));
    let server = AuthServer { accounts: Accounts { store: MemoryStore::default() } }.into_service().unwrap();
    let resource = server.protected_resource(ResourceConfig::new()).unwrap();
    let _: Router = routes().with_state(resource);
}
