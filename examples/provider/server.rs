//! The server: every feature of the framework, over any store.

use oauth_core::prelude::*;
use oauth_core::store::{CodeStore, ConsentStore, DeviceStore, SessionStore, TokenStore};

/// What is kept beyond the two files.
pub(crate) trait Store:
    CodeStore + TokenStore + DeviceStore + SessionStore + ConsentStore + 'static
{
}

impl<S: CodeStore + TokenStore + DeviceStore + SessionStore + ConsentStore + 'static> Store for S {}

/// Clients and users are those of the files, and of no earlier run; the rest is in the store.
#[validator]
pub(crate) struct Accounts<S: Store> {
    #[clients]
    pub(crate) clients: MemoryStore,
    #[users]
    pub(crate) users: MemoryStore,
    #[store]
    pub(crate) store: S,
}

#[token_generator(jwt, issuer = self.issuer, expires_in = "15m")]
pub(crate) struct AccessTokens {
    pub(crate) issuer: String,
    #[signing_key]
    pub(crate) keys: KeyRing,
}

#[authorization_server(
    // Of OAuth 2.0, for clients that cannot change: `implicit` and `password`.
    profile = "oauth2.0",
    grants(authorization_code, refresh_token, client_credentials, device_code, implicit, password),
    scopes("profile" = "Know your name", "calendar" = "See your calendar"),
)]
pub(crate) struct AuthServer<S: Store> {
    #[validator]
    pub(crate) accounts: Accounts<S>,
    #[access_token]
    pub(crate) tokens: AccessTokens,
    #[interaction]
    pub(crate) pages: LoginPages,
}

#[cfg(test)]
mod tests {
    use super::*;

    oauth_core::conformance!(AuthServer<MemoryStore>, |fixture| {
        let (clients, users, store) = (MemoryStore::default(), MemoryStore::default(), MemoryStore::default());
        users.save_user(fixture.user()?).await?;
        let keys = KeyRing::from(SigningKey::generate(Algorithm::ES256)?);
        AuthServer {
            accounts: Accounts { clients, users, store },
            tokens: AccessTokens { issuer: "http://127.0.0.1:9000".to_owned(), keys },
            pages: LoginPages::new(),
        }
    });
}
