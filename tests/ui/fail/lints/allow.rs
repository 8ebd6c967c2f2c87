//! The words that `allow(…)` takes.
use oauth_core::prelude::*;

#[token_generator(opaque, expires_in = "30d", allow(long_lived_access_tokens))]
struct NoReason;

#[token_generator(opaque, expires_in = "30d", allow(long_lived_access_tokens, reason = " "))]
struct EmptyReason;

#[token_generator(opaque, expires_in = "30d", allow(long_lived_access_tokens, reason = 3))]
struct Number;

#[token_generator(opaque, expires_in = "30d", allow(long_lived_access_tokens, because = "devices"))]
struct Because;

#[token_generator(opaque, expires_in = "30d", allow(reason = "devices"))]
struct NoRule;

#[token_generator(opaque, expires_in = "30d", allow())]
struct Empty;

#[token_generator(opaque, expires_in = "30d", allow)]
struct Bare;

#[token_generator(opaque, allow(long_live_access_tokens, reason = "devices"))]
struct Misspelt;

#[token_generator(opaque, allow(unused, reason = "devices"))]
struct OfTheCompiler;

#[token_generator(opaque, allow(rfc6750, reason = "devices"))]
struct Document;

#[token_generator(opaque, allow(warnings, reason = "devices"))]
struct Warnings;

#[token_generator(opaque, allow(rfc8414_section_2_the_issuer_is_an_https_url, reason = "tests"))]
struct AnError;

#[token_generator(opaque, allow(danger_query_token, reason = "a feed reader"))]
struct Elsewhere;

#[token_generator(opaque, expires_in = "1d", allow(long_lived_access_tokens, reason = "devices"))]
struct ForNothing;

#[token_generator(
    opaque,
    expires_in = "30d",
    allow(long_lived_access_tokens, reason = "devices"),
    allow(long_lived_access_tokens, reason = "devices")
)]
struct Twice;

#[token_generator(opaque, expires_in = "30d", allow("long_lived_access_tokens", reason = "a", reason = "b"))]
struct TwoReasons;

// One mistake is one error: what is allowed is not judged beside it.
#[token_generator(opaque, expires_in = "30 days", allow(long_lived_access_tokens, reason = "devices"))]
struct Malformed;

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    allow(danger_pkce_optional, implicit_grant, reason = "legacy")
)]
struct Server(#[validator] Accounts);

#[resource_server(
    issuer = "https://auth.example.com",
    audience = "https://api.example.com",
    jwks,
    allow(danger_typ_jwt, reason = "an issuer of theirs")
)]
struct Api;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

fn main() {}
