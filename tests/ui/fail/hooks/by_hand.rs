//! Validators by hand that say which hooks they override, and one that forwards to another.
use oauth_core::prelude::*;
use oauth_core::validator::{Hook, Hooks};

#[validator(custom)]
struct Secrets {
    #[store]
    store: MemoryStore,
}

impl RequestValidator for Secrets {
    const HOOKS: Hooks = Hooks::These(&[Hook::GET_CLIENT_SECRET, Hook::VALIDATE_CLIENT_ID]);

    async fn get_client_secret(&self, _: &Client, _: &mut Request) -> Result<Option<SecretString>> {
        Ok(None)
    }

    async fn validate_client_id(&self, _: &str, _: &mut Request) -> Result<()> {
        Ok(())
    }
}

/// Clients sign nothing here.
#[authorization_server(
    grants(client_credentials),
    scopes("jobs"),
    issuer = "https://auth.example.com",
    token_endpoint_auth_methods("client_secret_basic")
)]
struct Basic {
    #[validator]
    accounts: Secrets,
}

#[validator(custom)]
struct Asserting {
    #[store]
    store: MemoryStore,
}

impl RequestValidator for Asserting {
    const HOOKS: Hooks = Hooks::These(&[Hook::VALIDATE_JWT_BEARER_TOKEN]);

    async fn validate_jwt_bearer_token(
        &self,
        _: &UnverifiedAssertion<'_>,
        _: &mut Request,
    ) -> Result<AcceptedAssertion> {
        Err(Error::invalid_grant("nobody is trusted"))
    }
}

/// No assertion comes here.
#[authorization_server(grants(client_credentials), scopes("jobs"), issuer = "https://auth.example.com")]
struct Machines {
    #[validator]
    accounts: Asserting,
}

/// What is said of itself by hand is believed.
#[authorization_server(grants(jwt_bearer), scopes("jobs"), issuer = "https://auth.example.com")]
struct Federated {
    #[validator]
    accounts: Secrets,
}

fn main() {}
