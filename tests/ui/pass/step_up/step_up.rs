//! Logins that handlers require, and a server that offers them.
#![deny(warnings)]

use std::time::Duration;

use oauth_core as renamed;
use oauth_core::prelude::*;
use oauth_core::resource::{Challenge, ProtectedResource, TokenValidator, ValidatedToken};
use oauth_core::scope::{RequiredAuthentication, RequiredScopes};

#[scope("calendar.write", "Change your calendar")]
pub struct CalendarWrite;

/// A second factor.
#[step_up(acr = "urn:example:mfa", max_age = 300)]
pub struct SecondFactor;

#[step_up(acr_values("phr", "phrh"))]
struct Mfa;

#[step_up(max_age = 60)]
pub(crate) struct Recent {}

#[step_up(crate = renamed, acr = "pwd")]
struct Renamed();

async fn delete(token: Bearer<StepUp<SecondFactor, CalendarWrite>>) -> String {
    token.subject().unwrap_or("nobody").to_owned()
}

async fn nested(_: Bearer<StepUp<Mfa, StepUp<Recent, CalendarWrite>>>, _: Option<Bearer<StepUp<Renamed>>>) {}

async fn bound(_: Bearer<Bound<StepUp<Mfa, CalendarWrite>>>, _: Bearer<(CalendarWrite, StepUp<Mfa>)>) {}

fn within<V: TokenValidator>(api: &ProtectedResource<V>, token: &ValidatedToken) -> Result<(), Challenge> {
    api.require_authentication::<Mfa>(token)
}

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(authorization_code),
    scopes(CalendarWrite),
    issuer = "https://auth.example.com",
    acr_values("urn:example:mfa", "phr", "phrh")
)]
struct AuthServer {
    #[validator]
    accounts: Accounts,
    #[interaction]
    login: Proxy,
}

struct Proxy;

impl<V: RequestValidator> Interaction<V> for Proxy {
    async fn decide(&self, _: &Context<'_, V>, _: &AuthorizationRequest, _: &Request) -> Result<Decision> {
        Ok(Decision::redirect("/sso"))
    }
}

const _: () = assert!(AuthServer::METADATA.acr_values.len() == 3);

fn main() {
    let requirements = SecondFactor::REQUIREMENTS;
    assert_eq!(requirements.acceptable_acr_values(), ["urn:example:mfa"]);
    assert_eq!(requirements.greatest_age(), Some(Duration::from_secs(300)));
    let both = <StepUp<Mfa, StepUp<Recent>> as RequiredScopes>::AUTHENTICATION;
    assert_eq!(both.acceptable_acr_values(), ["phr", "phrh"]);
    assert_eq!(both.greatest_age(), Some(Duration::from_secs(60)));
    let server = AuthServer { accounts: Accounts { store: MemoryStore::new() }, login: Proxy };
    let server = server.start().unwrap();
    let resource = server.protected_resource(ResourceConfig::new()).unwrap();
    let routes = axum::Router::new().route("/", axum::routing::delete(delete).get(nested).post(bound));
    let _: axum::Router = routes.with_state(resource);
    let _ = within::<oauth_core::resource::Local<AuthServer>>;
}
