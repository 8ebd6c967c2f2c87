//! The server: who keeps what, what tokens are, and what clients may ask for.

use oauth_core::keys::{KeyPolicy, StoredKeys};
use oauth_core::prelude::*;
use oauth_core::server::Environment;

use crate::BoxError;
use crate::login::Login;
use crate::people::People;
use crate::settings::Settings;

/// People are in a table of yours; clients, codes and tokens in those of the store. Hooks of yours go into an `impl` of it:
/// `#[validator(custom)]` here, and `#[validator]` there.
#[validator]
pub struct Accounts {
    #[users]
    pub people: People,
    #[store]
    pub store: PostgresStore,
}

#[token_generator(jwt, issuer = self.issuer, expires_in = "15m")]
pub struct AccessTokens {
    pub issuer: String,
    #[signing_key]
    pub keys: KeyRing,
}

#[authorization_server(
    grants(authorization_code, refresh_token, client_credentials),
    scopes(
        "openid" = "Know who you are",
        "profile" = "Know your name",
        "offline_access" = "Do this while you are away",
        "calendar" = "See your calendar",
    )
)]
pub struct AuthServer {
    #[validator]
    pub accounts: Accounts,
    #[access_token]
    pub tokens: AccessTokens,
    #[id_token]
    pub id_tokens: IdTokenKeys,
    #[interaction]
    pub login: Login,
}

impl AuthServer {
    pub fn new(issuer: String, accounts: Accounts, keys: &StoredKeys) -> Result<Self, BoxError> {
        let tokens = AccessTokens { issuer, keys: keys.ring(Algorithm::ES256)? };
        Ok(Self { accounts, tokens, id_tokens: keys.id_token_keys()?, login: Login })
    }
}

/// OpenID Connect Core §15.1: every provider supports RS256.
pub fn key_policy() -> KeyPolicy {
    KeyPolicy::new([Algorithm::RS256, Algorithm::ES256])
}

impl Accounts {
    /// Opens the database, and makes the tables that are missing there.
    pub async fn open(url: &str) -> Result<Self, BoxError> {
        Ok(Self { store: PostgresStore::connect(url).await?, people: People::connect(url).await? })
    }
}

pub async fn open(settings: Settings) -> Result<(AuthServer, Environment<AuthServer>), BoxError> {
    let accounts = Accounts::open(&settings.database_url).await?;
    let keys = StoredKeys::open(accounts.store.clone(), settings.keks, key_policy()).await?;
    let server = AuthServer::new(settings.issuer, accounts, &keys)?;
    Ok((server, Environment::new().trusted_proxies(settings.trusted_proxies).keys(keys)))
}
