//! The types that are no scope, and a router whose state validates nothing.
use axum::extract::FromRequestParts;
use oauth_core::prelude::*;
use oauth_core::resource::ResourceState;

#[scope("calendar.read")]
struct CalendarRead;

struct Calendar;

fn extracts<T: FromRequestParts<S>, S: Sync>() {}
fn validates<S: ResourceState>() {}

fn main() {
    extracts::<Bearer<Calendar>, std::sync::Arc<Missing>>();
    extracts::<Bearer<(CalendarRead, Calendar)>, std::sync::Arc<Missing>>();
    extracts::<Bearer<CalendarRead>, ()>();
    validates::<String>();
}

/// Nothing is missing here.
enum Missing {}

impl ResourceState for Missing {
    type Validator = Never;

    fn resource(&self) -> &oauth_core::resource::ProtectedResource<Never> {
        match *self {}
    }
}

struct Never;

impl oauth_core::resource::TokenValidator for Never {
    async fn validate(&self, _: &str) -> oauth_core::Result<oauth_core::resource::ValidatedToken> {
        Err(Error::invalid_token("never"))
    }
}
