//! Access tokens that no store keeps, and a store that cannot tell which of them are revoked.
use std::time::Duration;

use oauth_core::prelude::*;
use oauth_core::secret::TokenHash;
use oauth_core::store::{
    AccessToken, RefreshToken, Result as StoreResult, Revocation, Rotation, Saving, Successor, TokenStore,
};
use oauth_core::time::UnixTime;

/// A store of the time before.
struct Table;

impl TokenStore for Table {
    async fn save_tokens(
        &self,
        _: Option<AccessToken>,
        _: Option<RefreshToken>,
        _: UnixTime,
    ) -> StoreResult<Saving> {
        Ok(Saving::Saved)
    }

    async fn access_token(&self, _: &TokenHash, _: UnixTime) -> StoreResult<Option<AccessToken>> {
        Ok(None)
    }

    async fn refresh_token(&self, _: &TokenHash, _: UnixTime) -> StoreResult<Option<RefreshToken>> {
        Ok(None)
    }

    async fn rotate_refresh_token(
        &self,
        _: &TokenHash,
        _: Successor,
        _: Option<AccessToken>,
        _: UnixTime,
        _: Duration,
    ) -> StoreResult<Rotation> {
        Ok(Rotation::Unknown)
    }

    async fn revoke(&self, _: &Revocation, _: UnixTime) -> StoreResult<()> {
        Ok(())
    }
}

#[validator]
struct Accounts {
    #[tokens]
    tokens: Table,
    #[store]
    store: MemoryStore,
}

#[token_generator(jwt, issuer = "https://auth.example.com", self_contained)]
struct SelfContained(#[signing_key] SigningKey);

#[token_generator(jwt, issuer = "https://auth.example.com")]
struct Kept(#[signing_key] SigningKey);

#[authorization_server(grants(client_credentials))]
struct Asking {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: SelfContained,
}

// With what such a store keeps, it does.
#[authorization_server(grants(client_credentials))]
struct Keeping {
    #[validator]
    accounts: Accounts,
    #[access_token]
    tokens: Kept,
}

fn main() {}
