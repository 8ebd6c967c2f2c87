//! Wanted: an API.
use axum::Router;
use axum::routing::get;
use oauth_core::prelude::*;

#[scope("calendar.read", "See your calendar")]
struct CalendarRead;

#[resource_server(issuer = "https://auth.example.com", aud = "https://api.example.com", jwks)] //~ here
struct Api;

async fn events(token: Bearer<CalendarRead>) -> String {
    token.subject().unwrap_or_default().to_owned()
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let api = Api.into_resource()?;
    let _app: Router = Router::new().route("/events", get(events)).with_state(api.clone()).merge(api.router());
    Ok(())
}
