//! Issuer, audience, validation: all mistakes at once.
use oauth_core::prelude::*;

#[resource_server]
struct Nothing;

#[resource_server(issuer = "https://auth.example.com", jwks)]
struct NoAudience;

#[resource_server(issuer = "https://auth.example.com", audience = "a")]
struct NoValidation;

#[resource_server(issuer = "https://auth.example.com", audience = "a", jwks, introspection)]
struct Both {
    #[credentials]
    credentials: Credentials,
}

#[resource_server(
    issuer = "http://auth.example.com/",
    audience = " ",
    jwks = "http://auth.example.com/keys",
    leeway = "6m",
    algorithms("ES256", "ES256", "none", "HS256", RS256, "ES255"),
    danger_typ_jwt = true,
    jwks_max_age = "0s",
    jwks_refresh_interval = "2h",
    realm = "\"quoted\"",
    resource = "api.example.com",
    scopes(Calendar, Calendar, "calendar.read", mail, "b" = "description"),
    audiences = "b",
    jwsk
)]
struct Literals;

#[resource_server(
    issuer = "https://auth.example.com",
    audience = "a",
    introspection,
    introspection_cache = "10m",
    jwks_max_age = "5m",
    algorithms()
)]
struct OfTheOther {
    #[credentials]
    credentials: Credentials,
}

#[resource_server(issuer = "https://auth.example.com", audience = "a", jwks, introspection_cache = "10s")]
struct NothingToKeep;

#[resource_server(issuer = self.isuer, audience = self.audience, jwks)]
struct Fields {
    issuer: String,
}

#[resource_server(issuer = "https://auth.example.com", audience = "a", jwks = "https://auth.example.com/keys#1")]
struct Fragment;

#[resource_server(issuer = "https://auth.example.com", audience = "a", jwks)]
mod misplaced {}

#[scope("calendar")]
struct Calendar;

fn main() {
    // Nothing that is wrong above makes an error here.
    let _ = Nothing.into_resource();
    let _ = Literals.into_resource();
}
