//! The hooks of a person at a browser, at a server for programs: so many that the last are not named.
use oauth_core::prelude::*;
use oauth_core::store::{AuthorizationGrant, CodeRedemption, PeekedCode};

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    fn post_authorization(&self, _: &AuthorizationRequest, _: &Request) -> Result<()> {
        Ok(())
    }

    fn code_modifier(&self, _: &mut AuthorizationExtras<'_>, _: &Request) -> Result<()> {
        Ok(())
    }

    fn validate_response_type(&self, _: &Client, _: ResponseType, _: &mut Request) -> Result<()> {
        Ok(())
    }

    fn validate_redirect_uri(&self, _: &Client, _: &str, _: &mut Request) -> Result<()> {
        Ok(())
    }

    fn get_default_redirect_uri(&self, _: &Client, _: &mut Request) -> Result<Option<String>> {
        Ok(None)
    }

    fn save_authorization_code(&self, _: &SecretString, _: AuthorizationGrant, _: &mut Request) -> Result<()> {
        Ok(())
    }

    fn peek_authorization_code(&self, _: &str, _: &mut Request) -> Result<Option<PeekedCode>> {
        Ok(None)
    }

    fn redeem_authorization_code(&self, _: &str, _: &mut Request) -> Result<CodeRedemption> {
        Ok(CodeRedemption::Unknown)
    }

    fn validate_silent_login(&self, _: &mut Request) -> Result<bool> {
        Ok(false)
    }

    fn validate_silent_authorization(&self, _: &mut Request) -> Result<bool> {
        Ok(false)
    }

    fn validate_user(&self, _: &str, _: &str, _: &mut Request) -> Result<Option<User>> {
        Ok(None)
    }

    fn get_login_key(&self, name: &str, _: &mut Request) -> Result<String> {
        Ok(name.to_owned())
    }
}

#[authorization_server(grants(client_credentials), scopes("jobs"), issuer = "https://auth.example.com")]
struct Machines {
    #[validator]
    accounts: Accounts,
}

fn main() {}
