//! A handler that asks for scopes of which its server declares none. The compiler finds it while it makes the handler.
use axum::Router;
use axum::routing::get;
use oauth_core::prelude::*;

#[scope("calendar.read", "See your calendar")]
struct CalendarRead;

#[scope("calendar.write", "Change your calendar")]
struct CalendarWrite;

#[scope("calendar.share", "Share your calendar")]
struct CalendarShare;

#[resource_server(issuer = "https://auth.example.com", audience = "https://example.com", jwks, scopes(CalendarRead))]
struct Calendar;

async fn add(_: Bearer<AnyOf<(CalendarWrite, CalendarShare)>>) {}

fn main() {
    let calendar = Calendar.into_resource().unwrap();
    let _: Router = Router::new().route("/", get(add)).with_state(calendar);
}
