//! Fields that play no part and need no mark: what is none of the framework's, and what code of the application's own may use.
#![deny(warnings)]
#![allow(dead_code)]

use std::sync::Arc;

use oauth_core::http::HttpsClient;
use oauth_core::prelude::*;
use oauth_core::token::Opaque;

#[validator]
struct Plain {
    #[store]
    store: MemoryStore,
    shared: Arc<MemoryStore>,
    name: Option<&'static str>,
}

/// Hooks may ask a store that plays no role.
#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
    archive: MemoryStore,
    webhooks: SigningKey,
}

#[validator]
impl Accounts {
    async fn validate_client_id(&self, client_id: &str, _: &mut Request) -> Result<()> {
        self.archive.client(client_id).await?.map(|_| ()).ok_or_else(|| Error::access_denied("unknown"))
    }
}

#[token_generator(jwt, issuer = "https://auth.example.com")]
struct AccessTokens {
    #[signing_key]
    keys: KeyRing,
    next: SigningKey,
}

#[authorization_server(grants(client_credentials))]
struct AuthServer {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: AccessTokens,
    keys: KeyRing,
    archive: MemoryStore,
    pages: LoginPages,
    another: Option<AccessTokens>,
    shared: Arc<Plain>,
    greet: Box<dyn Fn(&str) -> String + Send + Sync>,
    work: fn(&str),
    #[cfg(any())]
    absent: Opaque,
}

#[authorization_server(issuer = "https://auth.example.com", grants(client_credentials))]
struct Generic<V: RequestValidator + 'static, T: Send + Sync + 'static, const N: usize> {
    #[validator]
    accounts: V,
    anything: T,
    list: [T; N],
    numbers: [u8; 3],
}

#[resource_server(issuer = "https://auth.example.com", audience = "https://api.example.com", jwks)]
struct Api<T: Send + Sync + 'static> {
    name: String,
    downstream: Arc<HttpsClient>,
    anything: T,
}

fn require<S: AuthorizationServer>() {}

fn main() {
    require::<AuthServer>();
    require::<Generic<Plain, Opaque, 1>>();
}
