//! `deny(…)` makes errors of advice, and what is allowed is not denied.
use oauth_core::prelude::*;

#[token_generator(opaque, expires_in = "30d", deny(rfc6750))]
struct ByDocument;

#[token_generator(opaque, expires_in = "30d", deny(long_lived_access_tokens))]
struct ByName;

#[token_generator(
    jwt,
    issuer = "https://auth.example.com",
    algorithm = "HS256",
    expires_in = "30d",
    allow(long_lived_access_tokens, reason = "the batch runs once a month"),
    deny(warnings)
)]
struct ByLevel(#[signing_key] SigningKey);

// What a profile and an argument name is silent, unless a document is denied.
#[authorization_server(
    grants(authorization_code, implicit, password, refresh_token), deny(rfc9700),
    profile = "oauth2.0",
    issuer = "https://auth.example.com",
    danger_pkce_optional, deny(danger_pkce_optional),
    refresh_token_lifetime = "3650d",
    endpoints(revocation = off),
    deny(rfc7009, warnings)
)]
struct Legacy {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(
    grants(authorization_code, implicit),
    profile = "oauth2.0",
    scopes("openid"),
    response_types("code", "id_token", "id_token token"),
    issuer = "https://auth.example.com",
    deny(implicit_grant)
)]
struct Hybrid {
    #[validator]
    accounts: Accounts,
    #[id_token]
    keys: KeyRing,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(
    preset = "legacy_application",
    profile = "oauth2.0",
    issuer = "https://auth.example.com",
    deny(rfc9700)
)]
struct Preset {
    #[validator]
    accounts: Accounts,
}

#[resource_server(
    issuer = "https://auth.example.com",
    audience = "https://api.example.com",
    jwks,
    body_token, deny(rfc6750),
    danger_query_token, deny(danger_query_token),
    danger_typ_jwt, deny(rfc9068),
)]
struct Lenient;

#[resource_server(
    issuer = "https://auth.example.com",
    audience = "https://api.example.com",
    introspection,
    danger_absent_audience, deny(danger_absent_audience)
)]
struct Asking(#[credentials] Credentials);

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

fn main() {}
