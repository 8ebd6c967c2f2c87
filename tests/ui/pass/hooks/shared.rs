//! One validator for two servers: not every hook runs at each.
#![deny(warnings)]

use std::sync::Arc;

use oauth_core::openid::IdTokenClaims;
use oauth_core::prelude::*;
use oauth_core::store;

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    fn rotate_refresh_token(&self, _: &mut Request) -> Result<bool> {
        Ok(true)
    }

    fn finalize_id_token(&self, claims: &mut IdTokenClaims, _: &Request) -> Result<()> {
        claims.insert("tenant", "acme")
    }

    fn is_pkce_required(&self, client: &Client, _: &mut Request) -> Result<bool> {
        Ok(client.require_pkce)
    }
}

#[authorization_server(
    grants(authorization_code, refresh_token),
    scopes("openid", "profile" = "See your name"),
    issuer = "https://people.example.com",
    danger_pkce_optional,
    allow(danger_pkce_optional, reason = "one client of 2014")
)]
struct People {
    #[validator]
    accounts: Accounts,
    #[id_token]
    keys: IdTokenKeys,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(
    grants(client_credentials),
    scopes("jobs"),
    issuer = "https://machines.example.com",
    shared_validator
)]
struct Machines {
    #[validator]
    accounts: Accounts,
}

/// A block that forwards to another validator overrides what it forwards, whether the other one decides anything or not.
#[validator(custom)]
struct Logging<V: RequestValidator + 'static> {
    #[store]
    store: MemoryStore,
    inner: V,
}

#[validator]
impl<V: RequestValidator + 'static> Logging<V> {
    async fn is_pkce_required(&self, client: &Client, request: &mut Request) -> Result<bool> {
        self.inner.is_pkce_required(client, request).await
    }

    async fn finalize_id_token(&self, claims: &mut IdTokenClaims, request: &Request) -> Result<()> {
        self.inner.finalize_id_token(claims, request).await
    }
}

#[authorization_server(
    grants(client_credentials),
    scopes("jobs"),
    issuer = "https://machines.example.com",
    shared_validator
)]
struct Logged {
    #[validator]
    accounts: Logging<Accounts>,
}

/// Two presets of one validator need not say so: one takes the place of the other.
#[validator(custom)]
struct Legacy {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Legacy {
    fn validate_response_type(&self, _: &Client, _: ResponseType, _: &mut Request) -> Result<()> {
        Ok(())
    }

    async fn validate_refresh_token(&self, token: &str, client: &Client, request: &mut Request) -> Result<store::RefreshToken> {
        let _ = (token, client, request);
        Err(Error::invalid_grant("none"))
    }

    #[token_generator(refresh)]
    fn handle(&self, _: &Request) -> Result<String> {
        Ok(SecretString::random().expose().to_owned())
    }
}

#[authorization_server(preset = "web_application", issuer = "https://auth.example.com")]
struct Web {
    #[validator]
    accounts: Legacy,
    #[interaction]
    pages: LoginPages,
}

#[authorization_server(preset = "backend_application", issuer = "https://auth.example.com")]
struct Backend {
    #[validator]
    accounts: Legacy,
}

fn main() {
    let machines = Machines { accounts: Accounts { store: MemoryStore::default() } };
    machines.start().unwrap();
    let inner = Accounts { store: MemoryStore::default() };
    Logged { accounts: Logging { store: MemoryStore::default(), inner } }.start().unwrap();
    Backend { accounts: Legacy { store: MemoryStore::default() } }.start().unwrap();
    let _ = |people: People, web: Web| Arc::new((people.start(), web.start()));
}
