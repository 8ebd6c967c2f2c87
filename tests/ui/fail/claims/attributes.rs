//! Attributes of the struct and of its fields.
use oauth_core::prelude::*;

#[derive(Claims)]
#[claims(crat = oauth_core, scope = "profile")]
struct OfTheStruct {
    tenant: String,
}

#[derive(Claims)]
#[claims]
struct Bare {
    tenant: String,
}

#[derive(Claims)]
#[claim("tenancy")]
struct Named {
    tenant: String,
}

#[derive(Claims)]
struct OfFields {
    #[claim]
    missing: String,
    #[claim()]
    nothing: String,
    #[claim = "https://example.com/roles"]
    assigned: String,
    #[claim(name = "https://example.com/plan")]
    argument: String,
    #[claim(roles)]
    unquoted: String,
    #[claim("one", "two")]
    several: String,
    #[claim("three")]
    #[claim("four")]
    repeated: String,
    #[claim("five", scope = "profile", to(id_token))]
    of_the_method: String,
    #[claims("six")]
    misplaced: String,
    #[claim("seven" = 7)]
    with_value: String,
}

fn main() {}
