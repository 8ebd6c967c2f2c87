//! Hooks of endpoints that are off, and of one that is not there.
use oauth_core::endpoint::introspection::Introspection;
use oauth_core::prelude::*;

#[validator(custom)]
struct Describing {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Describing {
    async fn introspect_token(&self, _: &str, _: Option<&str>, _: &mut Request) -> Result<Option<Introspection>> {
        Ok(None)
    }
}

#[authorization_server(
    grants(client_credentials),
    scopes("jobs"),
    issuer = "https://auth.example.com",
    endpoints(introspection = off)
)]
struct Undescribed {
    #[validator]
    accounts: Describing,
}

#[validator(custom)]
struct Revoking {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Revoking {
    async fn revoke_token(&self, _: &str, _: Option<&str>, _: &mut Request) -> Result<()> {
        Ok(())
    }
}

#[authorization_server(
    grants(client_credentials),
    scopes("jobs"),
    issuer = "https://auth.example.com",
    endpoints(revocation = off)
)]
struct Irrevocable {
    #[validator]
    accounts: Revoking,
}

#[validator(custom)]
struct Asking {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Asking {
    fn pre_authorization(&self, request: &mut Request) -> Result<()> {
        request.claims.insert("asked", true)
    }
}

#[authorization_server(grants(password, refresh_token), profile = "oauth2.0", scopes("jobs"), issuer = "https://auth.example.com")]
struct Unasked {
    #[validator]
    accounts: Asking,
}

fn main() {}
