//! Numbers, lifetimes and scopes that come near to what is refused.
#![deny(warnings)]

use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com", body_limit = 0x1_0000)]
struct Hexadecimal(#[validator] Accounts);

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com", body_limit = 1_024)]
struct Least(#[validator] Accounts);

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com", body_limit = 16_777_216)]
struct Most(#[validator] Accounts);

#[token_generator(opaque, entropy = 0b1_0000_0000)]
struct Binary;

/// What all of them live together is less than what one would by default.
#[authorization_server(
    grants(authorization_code, refresh_token),
    issuer = "https://auth.example.com",
    refresh_token_max_lifetime = "7d"
)]
struct Weekly {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

/// As long as the access tokens, and as long as all of them together.
#[authorization_server(
    grants(authorization_code, refresh_token),
    issuer = "https://auth.example.com",
    refresh_token_lifetime = "1h",
    refresh_token_max_lifetime = "1h"
)]
struct Hourly {
    #[validator]
    accounts: Accounts,
    #[interaction]
    pages: LoginPages,
}

#[token_generator(opaque, expires_in = "20s")]
struct Short;

#[authorization_server(
    grants(device_code, refresh_token),
    issuer = "https://auth.example.com",
    refresh_token_lifetime = "30s",
    refresh_token_grace = "30s",
    device_code_lifetime = "6s"
)]
struct Impatient {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: Short,
    #[interaction]
    pages: LoginPages,
}

/// Without refresh tokens, none of them is dead.
#[token_generator(opaque, expires_in = "60d", allow(long_lived_access_tokens, reason = "sensors"))]
struct Long;

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com")]
struct Sensors {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: Long,
}

/// A television logs people in, too.
#[authorization_server(
    grants(device_code, refresh_token),
    scopes("openid", "profile", "offline_access"),
    default_scopes("profile"),
    issuer = "https://auth.example.com"
)]
struct Televisions {
    #[validator]
    accounts: Accounts,
    #[id_token]
    id_tokens: IdTokenKeys,
    #[interaction]
    pages: LoginPages,
}

/// Knows whom it trusts.
#[validator(custom)]
struct Trusting {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Trusting {
    fn validate_jwt_bearer_token(
        &self,
        _: &UnverifiedAssertion<'_>,
        _: &mut Request,
    ) -> Result<AcceptedAssertion> {
        Err(Error::invalid_grant("nobody is trusted"))
    }
}

/// What a trusted issuer says of somebody, the userinfo endpoint adds to.
#[authorization_server(
    grants(jwt_bearer, client_credentials),
    scopes("openid", "jobs"),
    default_scopes("jobs"),
    issuer = "https://auth.example.com"
)]
struct Federated {
    #[validator]
    accounts: Trusting,
    #[id_token]
    id_tokens: IdTokenKeys,
}

fn main() {
    assert_eq!(Hexadecimal::CONFIG.body_limit, 65_536);
    assert_eq!((Least::CONFIG.body_limit, Most::CONFIG.body_limit), (1024, 16 * 1024 * 1024));
    let accounts = || Accounts { store: MemoryStore::default() };
    let pages = LoginPages::new;
    assert!(Weekly { accounts: accounts(), pages: pages() }.into_service().is_ok());
    assert!(Hourly { accounts: accounts(), pages: pages() }.into_service().is_ok());
    assert!(Impatient { accounts: accounts(), tokens: Short, pages: pages() }.into_service().is_ok());
    assert!(Sensors { accounts: accounts(), tokens: Long }.into_service().is_ok());
    let id_tokens = || IdTokenKeys::new(SigningKey::generate(Algorithm::RS256).unwrap());
    let televisions = Televisions { accounts: accounts(), id_tokens: id_tokens(), pages: pages() };
    assert!(televisions.into_service().is_ok());
    assert!(Federated { accounts: Trusting { store: MemoryStore::default() }, id_tokens: id_tokens() }.into_service().is_ok());
    let _ = Binary;
}
