//! Exceptions with their reasons, and what is denied without being done.
#![deny(warnings, missing_docs)]
#![forbid(unsafe_code)]

use oauth_core::prelude::*;
use oauth_core::server::Exception;

/// Up to a day nothing is said.
#[token_generator(opaque, expires_in = "1d", deny(rfc6750, rfc9068, warnings))]
pub struct Daily;

/// Signs with a secret.
#[token_generator(
    jwt,
    issuer = "https://auth.example.com",
    algorithm = "HS256",
    expires_in = "30d",
    allow(long_lived_access_tokens, hmac_access_tokens, reason = "sensors, which nobody visits"),
    deny(rfc6750, warnings)
)]
pub struct Monthly(#[signing_key] SigningKey);

/// Lives for a day, though nobody is told that one is revoked.
#[token_generator(
    jwt,
    issuer = "https://auth.example.com",
    self_contained,
    expires_in = "24h",
    allow(long_lived_self_contained_tokens, reason = "the one API asks every minute what is revoked")
)]
pub struct DailySelfContained(#[signing_key] SigningKey);

/// Everything that a server can be allowed.
#[authorization_server(
    grants(authorization_code, implicit, password, refresh_token),
    profile = "oauth2.0",
    danger_pkce_optional,
    refresh_token_lifetime = "3650d",
    endpoints(revocation = off),
    scopes("calendar", "offline_access"),
    registration,
    unverified_scopes("calendar"),
    allow(implicit_grant, password_grant, danger_pkce_optional, reason = "clients of 2014"),
    allow(long_lived_refresh_tokens, reason = "televisions"),
    allow(irrevocable_refresh_tokens, reason = "televisions have no log-out"),
    allow(offline_access_is_not_for_strangers, reason = "no client here reads metadata"),
    deny(rfc9700, rfc7009, rfc6750, warnings)
)]
pub struct Legacy {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: Monthly,
    #[interaction]
    pages: LoginPages,
}

/// A server that depends on a type parameter: what it does is for `into_router` to deny.
#[authorization_server(grants(client_credentials), deny(rfc6750))]
pub struct Generic<T: TokenGenerator + 'static> {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: T,
}

/// Everything that can be, of one that validates by keys.
#[resource_server(
    issuer = "https://auth.example.com",
    audience = "https://api.example.com",
    jwks,
    body_token,
    danger_query_token,
    danger_typ_jwt,
    allow(body_token, danger_query_token, reason = "a feed reader"),
    allow(danger_typ_jwt, reason = "an issuer of 2014"),
    deny(rfc6750, rfc9700, rfc9068, rfc8725)
)]
pub struct Api;

/// The same of one that asks.
#[resource_server(
    issuer = "https://auth.example.com",
    audience = "https://api.example.com",
    introspection,
    danger_absent_audience,
    allow(danger_absent_audience, reason = "the issuer has one API"),
    deny(danger_absent_audience)
)]
pub struct Asking(#[credentials] Credentials);

/// Knows the clients.
#[validator]
pub struct Accounts {
    #[store]
    store: MemoryStore,
}

fn rules(exceptions: &[Exception]) -> Vec<&str> {
    exceptions.iter().map(|exception| exception.rule).collect()
}

fn main() {
    assert_eq!(rules(DailySelfContained::EXCEPTIONS), ["long_lived_self_contained_tokens"]);
    assert_eq!(rules(Monthly::EXCEPTIONS), ["long_lived_access_tokens", "hmac_access_tokens"]);
    assert_eq!(Monthly::EXCEPTIONS[1], Exception::new("hmac_access_tokens", "sensors, which nobody visits"));
    assert_eq!(<&Monthly as TokenGenerator>::EXCEPTIONS, Monthly::EXCEPTIONS);
    assert!(Monthly::WARNINGS.is_empty() && Daily::EXCEPTIONS.is_empty());
    let expected = [
        "implicit_grant",
        "password_grant",
        "danger_pkce_optional",
        "long_lived_refresh_tokens",
        "irrevocable_refresh_tokens",
        "offline_access_is_not_for_strangers",
    ];
    assert_eq!(rules(Legacy::CONFIG.exceptions), expected);
    assert_eq!(Generic::<Daily>::CONFIG.denied, ["rfc6750"]);
    assert_eq!(rules(Api::CONFIG.exceptions), ["body_token", "danger_query_token", "danger_typ_jwt"]);
    assert_eq!(Asking::CONFIG.exceptions[0].reason, "the issuer has one API");
}
