//! Lifetimes that contradict each other.
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[token_generator(opaque, expires_in = "60d", allow(long_lived_access_tokens, reason = "sensors"))]
struct LongLived;

/// An access token lives for an hour by default.
#[authorization_server(
    grants(authorization_code, refresh_token),
    issuer = "https://auth.example.com",
    refresh_token_lifetime = "30m"
)]
struct DeadBefore {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(
    grants(authorization_code, refresh_token),
    issuer = "https://auth.example.com",
    refresh_token_max_lifetime = "59m59s"
)]
struct DeadTogether {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

/// Refresh tokens live for 30 days by default.
#[authorization_server(grants(authorization_code, refresh_token), issuer = "https://auth.example.com")]
struct OutlivedByFar {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: LongLived,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(
    grants(authorization_code, refresh_token),
    issuer = "https://auth.example.com",
    refresh_token_lifetime = "30d",
    refresh_token_max_lifetime = "7d"
)]
struct NoneLivesThatLong {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(
    grants(authorization_code, refresh_token),
    issuer = "https://auth.example.com",
    refresh_token_lifetime = "30s",
    refresh_token_grace = "60s"
)]
struct GraceOfTheDead {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(
    grants(device_code),
    issuer = "https://auth.example.com",
    device_code_lifetime = "30s",
    device_polling_interval = "60s"
)]
struct TooLate {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

/// Devices wait for five seconds by default.
#[authorization_server(
    grants(device_code),
    issuer = "https://auth.example.com",
    device_code_lifetime = "5s"
)]
struct JustTooLate {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

fn main() {}
