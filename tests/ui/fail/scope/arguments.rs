//! The argument of `#[scope]`, and its struct.
use oauth_core::prelude::*;

#[scope]
struct Missing;

#[scope(crate = oauth_core)]
struct StillMissing;

#[scope(calendar)]
struct Unquoted;

#[scope("calendar read")]
struct Space;

#[scope("")]
struct Empty;

#[scope("kalender.ändern")]
struct Umlaut;

#[scope("calendar", "")]
struct EmptyDescription;

#[scope("calendar" = "See your calendar")]
struct Assigned;

#[scope("calendar", "See your calendar", "mail")]
struct Two;

#[scope("calendar", description = "See your calendar")]
struct Named;

#[scope("calendar")]
struct Fields {
    name: String,
}

#[scope("calendar")]
struct Generic<T>(T);

#[scope("calendar")]
enum Choice {
    One,
}

#[scope("calendar")]
fn calendar() {}

// Nothing that is wrong above makes an error here.
fn handler(_: Bearer<(Missing, Unquoted, Space, Fields)>) {}

fn main() {}
