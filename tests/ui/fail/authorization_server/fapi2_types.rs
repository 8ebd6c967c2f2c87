//! The profile `fapi2`: what two items say, and what one of them lacks.
use oauth_core::prelude::*;

#[validator(custom)]
struct Rotating {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Rotating {
    fn rotate_refresh_token(&self, _request: &mut Request) -> Result<bool> {
        Ok(true)
    }
}

#[authorization_server(
    profile = "fapi2",
    grants(authorization_code, refresh_token),
    issuer = "https://auth.example.com"
)]
struct Rotates {
    #[validator]
    accounts: Rotating,
    #[interaction]
    pages: LoginPages,
}

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[token_generator(jwt, issuer = "https://auth.example.com", algorithm = "RS256")]
struct WithRsa {
    #[signing_key]
    keys: KeyRing,
}

#[authorization_server(profile = "fapi2", grants(authorization_code), scopes("openid"))]
struct SignsWithRsa {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: WithRsa,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(
    profile = "fapi2",
    grants(authorization_code),
    scopes("openid"),
    issuer = "https://auth.example.com"
)]
struct SignsIdsWithRsa {
    #[validator]
    accounts: Accounts,
    #[id_token]
    ids: WithRsa,
    #[interaction]
    pages: LoginPages,
}

#[validator]
struct Forgetful {
    #[clients]
    clients: MemoryStore,
    #[tokens]
    tokens: MemoryStore,
    #[codes]
    codes: MemoryStore,
}

struct Approves;

impl<V: Sync> Interaction<V> for Approves {
    async fn decide(&self, _: &Context<'_, V>, _: &AuthorizationRequest, _: &Request) -> Result<Decision> {
        Ok(Decision::approve("alice"))
    }
}

#[authorization_server(profile = "fapi2", grants(authorization_code), issuer = "https://auth.example.com")]
struct KeepsNothing {
    #[validator]
    accounts: Forgetful,
    #[interaction]
    approves: Approves,
}

fn main() {}
