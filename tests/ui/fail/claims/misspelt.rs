//! The compiler knows the helper attributes of a derive.
use oauth_core::prelude::*;

#[derive(Claims)]
struct Tenancy {
    #[clam("https://example.com/roles")]
    roles: Vec<String>,
}

fn main() {}
