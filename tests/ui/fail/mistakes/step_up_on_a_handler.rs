//! Wanted: a handler that needs a second factor.
use axum::Json;
use axum::Router;
use axum::routing::get;
use oauth_core::prelude::*;

#[scope("calendar.read")]
struct CalendarRead;

#[oauth_core::resource_server(issuer = "https://auth.example.com", audience = "https://api.example.com", jwks)]
struct Api;

#[step_up(acr = "urn:example:mfa")] //~ here
async fn events(_: Bearer<CalendarRead>) -> Json<&'static str> {
    Json("nothing today")
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let api = Api.into_resource()?;
    let _app: Router = Router::new().route("/events", get(events)).with_state(api);
    Ok(())
}
