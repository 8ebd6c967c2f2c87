//! Wanted: a scope with a name.
use axum::Json;
use axum::Router;
use axum::routing::get;
use oauth_core::prelude::*;

#[scope("calendar.read")] //~ here
pub const READ: &str = "calendar.read";

#[oauth_core::resource_server(issuer = "https://auth.example.com", audience = "https://api.example.com", jwks)]
struct Api;

async fn events(_: Bearer<()>) -> Json<&'static str> {
    Json("nothing today")
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let api = Api.into_resource()?;
    let _app: Router = Router::new().route("/events", get(events)).with_state(api);
    Ok(())
}
