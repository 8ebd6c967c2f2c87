//! Wanted: the scopes of an API.
use axum::Json;
use axum::Router;
use axum::routing::get;
use oauth_core::prelude::*;

#[scope("calendar.read")]
struct CalendarRead;

pub const CALENDAR_WRITE: &str = "calendar.write";

#[oauth_core::resource_server(issuer = "https://auth.example.com", audience = "https://api.example.com", jwks, scopes(CalendarRead, CALENDAR_WRITE))] //~ here
struct Api;

async fn events(_: Bearer<CalendarRead>) -> Json<&'static str> {
    Json("nothing today")
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let api = Api.into_resource()?;
    let _app: Router = Router::new().route("/events", get(events)).with_state(api);
    Ok(())
}
