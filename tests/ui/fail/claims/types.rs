//! Types that are no claims, and structs that have none: one error each, at the type.
use axum::extract::FromRequestParts;
use oauth_core::prelude::*;
use oauth_core::resource::ResourceState;

struct Plan;

#[derive(serde::Serialize)]
struct WriteOnly;

#[derive(Claims)]
struct Tenancy {
    plan: Plan,
    plans: Option<Vec<Plan>>,
    written: WriteOnly,
    borrowed: &'static str,
    tenant: String,
}

#[derive(Claims)]
struct Generic<R> {
    roles: Vec<R>,
}

struct Underived {
    tenant: String,
}

fn of_a_token(token: &oauth_core::resource::ValidatedToken) {
    let _ = token.claims_as::<Generic<Plan>>();
    let _ = token.claims_as::<Underived>();
}

fn of_a_request(request: &mut Request) -> Result<()> {
    request.claims.insert_all(&Underived { tenant: String::new() })
}

fn extracts<T: FromRequestParts<S>, S: ResourceState>() {}

fn of_a_handler<S: ResourceState>() {
    extracts::<Bearer<(), Underived>, S>();
    extracts::<Bearer<(), Option<Tenancy>>, S>();
}

fn main() {}
