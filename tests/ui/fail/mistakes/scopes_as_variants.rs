//! Wanted: two scopes.
use oauth_core::prelude::*;

#[scope] //~ here
enum Scopes {
    #[scope("calendar.read")]
    CalendarRead,
    #[scope("calendar.write")]
    CalendarWrite,
}

fn main() {
    let _scopes = [Scopes::CalendarRead, Scopes::CalendarWrite];
}
