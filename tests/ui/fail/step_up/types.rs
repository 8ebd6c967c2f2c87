//! A type that requires no login, and scopes that are none.
use oauth_core::prelude::*;

#[step_up(max_age = 60)]
struct Recent;

#[scope("calendar.write")]
struct CalendarWrite;

fn required<T: oauth_core::scope::RequiredScopes>() {}

fn main() {
    required::<StepUp<CalendarWrite, Recent>>();
    required::<StepUp<Recent, String>>();
    required::<Recent>();
}
