//! A validator with a mistake of its own: its server adds none to it.
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

fn main() {}
