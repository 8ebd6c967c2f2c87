//! Validators with a mistake of their own: their servers add none to it.
use oauth_core::prelude::*;

#[validator(custom)]
struct Secrets {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Secrets {
    fn get_client_secret(&self, _: &Client, _: &mut Request) -> Result<Option<SecretString>> {
        Ok(None)
    }

    fn validate_cleint_id(&self, _: &str, _: &mut Request) -> Result<()> {
        Ok(())
    }
}

#[authorization_server(
    grants(client_credentials),
    scopes("jobs"),
    issuer = "https://auth.example.com",
    token_endpoint_auth_methods("client_secret_jwt")
)]
struct Signed {
    #[validator]
    accounts: Secrets,
}

/// It is not `custom`.
#[validator]
struct Forgotten {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Forgotten {
    fn validate_jwt_bearer_token(&self, _: &UnverifiedAssertion<'_>, _: &mut Request) -> Result<AcceptedAssertion> {
        Err(Error::invalid_grant("nobody is trusted"))
    }
}

#[authorization_server(grants(jwt_bearer), scopes("jobs"), issuer = "https://auth.example.com")]
struct Federated {
    #[validator]
    accounts: Forgotten,
}

fn main() {}
