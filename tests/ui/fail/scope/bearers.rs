//! The types that are no scope, and no private claims, where a handler takes them.
use oauth_core::prelude::*;

#[scope("calendar.read")]
struct CalendarRead;

#[scope("calendar.write")]
struct CalendarWrite;

async fn text(_: Bearer<String>) {}

async fn two(_: Bearer<CalendarRead, CalendarWrite>) {}

fn main() {
    let _handlers = (text, two);
}
