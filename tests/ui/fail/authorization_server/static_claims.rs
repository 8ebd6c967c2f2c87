//! A claim that is static and made for each request.
use oauth_core::prelude::*;

#[token_generator(jwt, issuer = "https://auth.example.com", claims(tier = 3, plan = "gold"))] struct Fixed {
    #[signing_key]
    keys: KeyRing,
}

#[validator(custom)]
struct Plans {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Plans {
    #[claim("plan", scope = "profile")]
    fn plan(&self, _: &Request) -> Option<String> {
        None
    }
}

#[authorization_server(grants(client_credentials), scopes("profile"))]
struct ByAMethod {
    #[validator]
    accounts: Plans,
    #[access_token]
    tokens: Fixed,
}

#[derive(Claims)]
struct Subscription {
    since: u64,
    tier: u8,
}

#[validator(custom)]
struct Subscriptions {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Subscriptions {
    #[claims(to(access_token, id_token))]
    fn subscription(&self, _: &Request) -> Result<Subscription> {
        Ok(Subscription { since: 2020, tier: 1 })
    }
}

#[authorization_server(grants(client_credentials))]
struct ByAStruct {
    #[validator]
    accounts: Subscriptions,
    #[access_token]
    tokens: Fixed,
}

fn main() {}
