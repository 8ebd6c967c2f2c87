//! Wanted: tokens for the assertions of a partner; `custom` was forgotten.
use oauth_core::jose::KeySet;
use oauth_core::prelude::*;

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
    partner: KeySet,
}

#[validator]
impl Accounts { //~ here
    fn validate_jwt_bearer_token(
        &self,
        assertion: &UnverifiedAssertion<'_>,
        _request: &mut Request,
    ) -> Result<AcceptedAssertion> {
        if assertion.issuer() != Some("https://partner.example.com") {
            return Err(Error::invalid_grant("the issuer is not trusted"));
        }
        Ok(assertion.verify(&self.partner)?.for_client())
    }
}

#[authorization_server(grants(jwt_bearer), scopes("jobs"), issuer = "https://auth.example.com")]
struct AuthServer {
    #[validator]
    accounts: Accounts,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let accounts = Accounts { store: MemoryStore::default(), partner: KeySet::default() };
    let _app: axum::Router = AuthServer { accounts }.into_router()?;
    Ok(())
}
