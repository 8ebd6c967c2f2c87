//! Fields without a mark, whose types have a role: nothing would use them.
#![allow(dead_code)]

use oauth_core::binding::NonceKey;
use oauth_core::http::{Fetcher, HttpsClient};
use oauth_core::jose::{DecryptionKey, EncryptionKey};
use oauth_core::openid::{BackChannel, IdTokenKeys, PairwiseKey};
use oauth_core::prelude::*;
use oauth_core::resource::Credentials;
use oauth_core::token::Opaque;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[token_generator(jwt, issuer = "https://auth.example.com", expires_in = "15m")]
struct AccessTokens {
    #[signing_key]
    keys: KeyRing,
}

#[authorization_server(
    issuer = "https://auth.example.com",
    grants(authorization_code, refresh_token),
    scopes("openid")
)]
struct OpaqueByMistake {
    #[validator]
    accounts: Accounts,
    #[id_token]
    id_tokens: KeyRing,
    #[refresh_token]
    refresh_tokens: Opaque,
    tokens: AccessTokens,
    pairwise_key: PairwiseKey,
    nonces: NonceKey,
    back_channel: BackChannel,
    fetcher: Fetcher,
    #[interaction]
    pages: LoginPages,
    login: LoginPages,
}

#[authorization_server(issuer = "https://auth.example.com", grants(client_credentials), scopes("calendar"))]
struct Idle<V: RequestValidator + 'static>(
    #[validator] V,
    Accounts,
    IdTokenKeys,
    #[access_token] Opaque,
    Opaque,
    #[cfg(any())] Opaque,
);

#[token_generator(jwt, issuer = "https://auth.example.com", expires_in = "15m")]
struct InTheClear {
    #[signing_key]
    keys: KeyRing,
    recipient: EncryptionKey,
}

#[resource_server(issuer = "https://auth.example.com", audience = "https://api.example.com", jwks)]
struct Api {
    client: HttpsClient,
    credentials: Credentials,
    key: DecryptionKey,
}

/// A store of people, and of nothing else.
#[derive(Clone)]
struct Members;

impl oauth_core::store::UserStore for Members {
    async fn user_by_username(&self, _: &str) -> oauth_core::store::Result<Option<User>> {
        Ok(None)
    }
    async fn user(&self, _: &str) -> oauth_core::store::Result<Option<User>> {
        Ok(None)
    }
    async fn save_user(&self, _: User) -> oauth_core::store::Result<()> {
        Ok(())
    }
    async fn rehash_password(&self, _: &str, _: &str, _: &str) -> oauth_core::store::Result<bool> {
        Ok(false)
    }
    async fn delete_user(&self, _: &str) -> oauth_core::store::Result<bool> {
        Ok(false)
    }
}

#[validator]
struct Divided {
    #[clients]
    #[tokens]
    #[users]
    store: MemoryStore,
    sessions: MemoryStore,
    others: MemoryStore,
}

#[validator]
struct People {
    #[store]
    store: MemoryStore,
    members: Members,
}

fn main() {}
