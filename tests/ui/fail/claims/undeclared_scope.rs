//! A handler that asks for a scope which its server does not declare. The compiler finds it while it makes the handler.
use axum::Router;
use axum::routing::get;
use oauth_core::prelude::*;

#[scope("calendar.read", "See your calendar")]
struct CalendarRead;

#[scope("calendar.write", "Change your calendar")]
struct CalendarWrite;

#[resource_server(issuer = "https://auth.example.com", audience = "https://example.com", jwks, scopes(CalendarRead))]
struct Calendar;

async fn add(_: Bearer<AnyOf<(CalendarRead, CalendarWrite)>>) {}

fn main() {
    let calendar = Calendar.into_resource().unwrap();
    let _: Router = Router::new().route("/", get(add)).with_state(calendar);
}
