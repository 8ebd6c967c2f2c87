//! The operator `?` in a hook on whatever a database, a file or a parser returns.
#![deny(warnings, missing_docs, unreachable_pub)]

use std::fmt;
use std::io;

use oauth_core::prelude::*;

/// An error like those of database drivers: an enum with a boxed source, `Send`, `Sync` and `'static`.
#[derive(Debug)]
pub enum DatabaseError {
    /// The connection broke.
    Io(io::Error),
    /// Something else did.
    Protocol(Box<dyn std::error::Error + Send + Sync>),
}

impl fmt::Display for DatabaseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the database is gone")
    }
}

impl std::error::Error for DatabaseError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Io(cause) => Some(cause),
            Self::Protocol(cause) => Some(&**cause),
        }
    }
}

async fn tenant(client_id: &str) -> std::result::Result<u32, DatabaseError> {
    client_id.parse().map_err(|cause| DatabaseError::Protocol(Box::new(cause)))
}

/// A validator that reads from elsewhere.
#[validator(custom)]
pub struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    async fn validate_client_id(&self, client_id: &str, request: &mut Request) -> Result<()> {
        request.claims.insert("tenant", tenant(client_id).await?)
    }

    fn validate_grant_type(&self, _: &Client, _: &GrantType, _: &mut Request) -> Result<()> {
        let allowed = std::fs::read_to_string("/etc/allowed")?;
        allowed.trim().parse::<u32>()?;
        Ok(())
    }

    async fn rotate_refresh_token(&self, request: &mut Request) -> Result<bool> {
        // An error of ours goes on as it is.
        let client = request.require_client()?;
        Ok(self.store.client(&client.client_id).await?.is_some())
    }

    #[claim("client")]
    async fn client(&self, request: &Request) -> Result<String> {
        Ok(std::str::from_utf8(request.require_client()?.client_id.as_bytes())?.to_owned())
    }
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com", shared_validator)]
struct AuthServer {
    #[validator]
    accounts: Accounts,
}

fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
    let server = AuthServer { accounts: Accounts { store: MemoryStore::new() } };
    let _: axum::Router = server.into_router()?;
    let secret = ClientSecret::new("a secret that is long enough for this")?;
    Client::confidential("web", &secret).build()?;
    // The other way: ours, where any error may be.
    User::new("1", "alice").with_password("correct horse battery staple")?;
    Ok(())
}
