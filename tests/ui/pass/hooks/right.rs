//! Hooks that their servers ask: behind `#[cfg]`, by hand, forwarded, of extension grants, and of whatever nobody can see.
#![deny(warnings)]

use oauth_core::endpoint::introspection::Introspection;
use oauth_core::grant::token_exchange::{ExchangeApproval, TokenExchangePolicy, TokenExchangeRequest};
use oauth_core::prelude::*;
use oauth_core::validator::{Hook, Hooks};

/// What is not compiled is not there.
#[validator(custom)]
struct Conditional {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Conditional {
    fn validate_client_id(&self, _: &str, _: &mut Request) -> Result<()> {
        Ok(())
    }

    #[cfg(any())]
    fn is_pkce_required(&self, _: &Client, _: &mut Request) -> Result<bool> {
        Ok(true)
    }

    #[cfg(all())]
    fn get_token_resources(&self, resources: &[String], _: &mut Request) -> Result<Vec<String>> {
        Ok(resources.to_vec())
    }

    /// Whatever authenticates clients may fetch their keys.
    fn allow_fetch(&self, url: &str, _: &mut Request) -> Result<bool> {
        Ok(url.starts_with("https://clients.example/"))
    }
}

#[authorization_server(grants(client_credentials), scopes("jobs"), issuer = "https://auth.example.com")]
struct Machines {
    #[validator]
    accounts: Conditional,
}

/// By hand, and it says nothing of it.
#[validator(custom)]
struct ByHand {
    #[store]
    store: MemoryStore,
}

impl RequestValidator for ByHand {
    async fn validate_jwt_bearer_token(
        &self,
        _: &UnverifiedAssertion<'_>,
        _: &mut Request,
    ) -> Result<AcceptedAssertion> {
        Err(Error::invalid_grant("nobody is trusted"))
    }

    async fn is_pkce_required(&self, _: &Client, _: &mut Request) -> Result<bool> {
        Ok(true)
    }
}

#[authorization_server(grants(jwt_bearer), scopes("jobs"), issuer = "https://auth.example.com")]
struct Federated {
    #[validator]
    accounts: ByHand,
}

/// By hand, and it says so.
#[validator(custom)]
struct Said {
    #[store]
    store: MemoryStore,
}

impl RequestValidator for Said {
    const HOOKS: Hooks = Hooks::These(&[Hook::VALIDATE_JWT_BEARER_TOKEN, Hook::ROTATE_REFRESH_TOKEN]);

    async fn validate_jwt_bearer_token(
        &self,
        _: &UnverifiedAssertion<'_>,
        _: &mut Request,
    ) -> Result<AcceptedAssertion> {
        Err(Error::invalid_grant("nobody is trusted"))
    }

    async fn rotate_refresh_token(&self, _: &mut Request) -> Result<bool> {
        Ok(true)
    }
}

#[authorization_server(
    grants(jwt_bearer, authorization_code, refresh_token),
    scopes("jobs"),
    issuer = "https://auth.example.com"
)]
struct FederatedToo {
    #[validator]
    accounts: Said,
    #[interaction]
    pages: LoginPages,
}

/// A validator around another: its hooks are those of the inner one.
#[validator(custom)]
struct Logging<V: RequestValidator + 'static> {
    #[store]
    store: MemoryStore,
    inner: V,
}

impl<V: RequestValidator + 'static> RequestValidator for Logging<V> {
    const HOOKS: Hooks = V::HOOKS;

    async fn introspect_token(
        &self,
        token: &str,
        hint: Option<&str>,
        request: &mut Request,
    ) -> Result<Option<Introspection>> {
        self.inner.introspect_token(token, hint, request).await
    }
}

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

#[authorization_server(grants(client_credentials), scopes("jobs"), issuer = "https://auth.example.com")]
struct Logged {
    #[validator]
    accounts: Logging<Describing>,
}

/// A grant of the application's own asks what the validator knows.
#[validator(custom)]
struct Passwords {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Passwords {
    async fn validate_user(&self, name: &str, password: &str, _: &mut Request) -> Result<Option<User>> {
        let _ = (name, password);
        Err(Error::server("no directory"))
    }
}

#[extension_grant("urn:example:grant-type:password-and-code")]
struct WithCode;

impl ExtensionGrant<Passwords> for WithCode {
    async fn approve(accounts: &Passwords, request: &mut Request) -> Result<GrantApproval> {
        let name = request.body().get("username").unwrap_or_default().to_owned();
        let user = RequestValidator::validate_user(accounts, &name, "", request).await?;
        user.map(|user| GrantApproval::of_user(user.subject)).ok_or_else(|| Error::invalid_grant("unknown"))
    }
}

#[authorization_server(grants(client_credentials, WithCode), scopes("jobs"), issuer = "https://auth.example.com")]
struct Branches {
    #[validator]
    accounts: Passwords,
}

/// The policy of a grant asks what it likes, and so does a grant of an unlisted hook.
#[validator(custom)]
struct Exchanging {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Exchanging {
    fn is_pkce_required(&self, client: &Client, _: &Request) -> Result<bool> {
        Ok(client.is_public())
    }
}

impl TokenExchangePolicy for Exchanging {
    async fn may_exchange(&self, exchange: &TokenExchangeRequest, request: &Request) -> Result<ExchangeApproval> {
        let client = request.require_client()?;
        let _ = (exchange, self.is_pkce_required(&client, request));
        Ok(ExchangeApproval::delegation())
    }
}

#[authorization_server(
    grants(client_credentials, token_exchange),
    scopes("jobs"),
    issuer = "https://auth.example.com"
)]
struct Exchange {
    #[validator]
    accounts: Exchanging,
}

#[extension_grant("urn:example:grant-type:proof")]
struct WithProof;

impl ExtensionGrant<Exchanging> for WithProof {
    async fn approve(accounts: &Exchanging, request: &mut Request) -> Result<GrantApproval> {
        let client = request.require_client()?.clone();
        if accounts.is_pkce_required(&client, request)? {
            return Err(Error::invalid_request("no proof"));
        }
        Ok(GrantApproval::of_client())
    }
}

#[authorization_server(grants(client_credentials, WithProof), scopes("jobs"), issuer = "https://auth.example.com")]
struct Proving {
    #[validator]
    accounts: Exchanging,
}

fn main() {
    let store = MemoryStore::default;
    Machines { accounts: Conditional { store: store() } }.start().unwrap();
    Federated { accounts: ByHand { store: store() } }.start().unwrap();
    let pages = LoginPages::new();
    FederatedToo { accounts: Said { store: store() }, pages }.start().unwrap();
    let inner = Describing { store: store() };
    Logged { accounts: Logging { store: store(), inner } }.start().unwrap();
    Branches { accounts: Passwords { store: store() } }.start().unwrap();
    Exchange { accounts: Exchanging { store: store() } }.start().unwrap();
    Proving { accounts: Exchanging { store: store() } }.start().unwrap();
}
