//! Tokens bound to keys of clients: at a server, beside it, and elsewhere.
#![deny(warnings)]

use oauth_core::binding::{DpopNonces, NonceKey};
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    dpop(nonces = "required")
)]
struct Instances {
    #[validator]
    accounts: Accounts,
    #[dpop_nonce_key] nonces: NonceKey,
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com", dpop)]
struct Alone {
    #[validator]
    accounts: Accounts,
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com", dpop(nonces = "off"))]
struct Plain<V: RequestValidator> {
    #[validator]
    accounts: V,
}

#[scope("calendar.write", "Change your calendar")]
pub struct CalendarWrite;

#[resource_server(
    issuer = "https://auth.example.com",
    audience = "https://calendar.example.com", jwks, dpop = "required"
)]
struct Calendar;

#[resource_server(
    issuer = "https://auth.example.com",
    audience = "calendar",
    resource = "https://calendar.example.com",
    jwks,
    dpop = "required"
)]
struct Named;

async fn delete(token: Bearer<Bound<CalendarWrite>>) -> String {
    token.subject().unwrap_or("nobody").to_owned()
}

async fn any(_: Bearer<Bound>, _: Option<Bearer<Bound<(CalendarWrite, CalendarWrite)>>>) {}

const _: () = assert!(!Alone::METADATA.dpop_signing_algorithms.is_empty());
const _: () = assert!(Calendar::METADATA.dpop_bound_access_tokens_required);

fn main() {
    let accounts = || Accounts { store: MemoryStore::new() };
    let instances = Instances { accounts: accounts(), nonces: NonceKey::new([7; 32]).unwrap() };
    assert!(instances.dpop_nonce_key().is_some());
    assert_eq!(<Instances as AuthorizationServer>::CONFIG.dpop.unwrap().nonces, DpopNonces::Required);
    let server = Alone { accounts: accounts() }.start().unwrap();
    let resource = server.protected_resource(ResourceConfig::new().dpop_required()).unwrap();
    let routes = axum::Router::new().route("/", axum::routing::delete(async |_: Bearer<Bound>| ()));
    let routes: axum::Router = routes.with_state(resource);
    let _ = (routes, Named.into_resource().unwrap(), Plain { accounts: accounts() }.start().unwrap());
    let elsewhere = axum::Router::new().route("/", axum::routing::delete(delete).get(any));
    let _: axum::Router = elsewhere.with_state(Calendar.into_resource().unwrap());
}
