//! Handlers that ask for what no challenge can say, and for what scopes do not tell.
use axum::Router;
use axum::routing::get;
use oauth_core::prelude::*;
use oauth_core::resource::{Challenge, ProtectedResource, TokenValidator, ValidatedToken};
use oauth_core::scope::{AuthenticationRequirements, RequiredAuthentication};

#[step_up(acr = "phr")]
struct Mfa;

#[step_up(acr = "phrh", max_age = 60)]
struct Hardware;

struct ByHand;

impl RequiredAuthentication for ByHand {
    const REQUIREMENTS: AuthenticationRequirements = AuthenticationRequirements::NONE.acr_values(&["phr phrh"]);
}

async fn both(_: Bearer<StepUp<Mfa, StepUp<Hardware>>>) {}

async fn within(token: Bearer<()>) -> String {
    token.allows::<StepUp<Mfa>>().to_string()
}

fn by_hand<V: TokenValidator>(api: &ProtectedResource<V>, token: &ValidatedToken) -> Result<(), Challenge> {
    api.require_authentication::<ByHand>(token)
}

#[resource_server(issuer = "https://auth.example.com", audience = "https://example.com", jwks)]
struct Calendar;

fn main() {
    let calendar = Calendar.into_resource().unwrap();
    let token = ValidatedToken::from_claims(Default::default()).unwrap();
    let _ = by_hand(&calendar, &token);
    let _: Router = Router::new().route("/", get(both).post(within)).with_state(calendar);
}
