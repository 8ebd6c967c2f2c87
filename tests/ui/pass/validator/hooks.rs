//! Hooks as `fn` and as `async fn`, a request by shared and by exclusive reference, claims and token generators.
#![deny(warnings, missing_docs, unreachable_pub)]

use oauth_core::prelude::*;

/// A validator with hooks.
#[validator(custom)]
pub struct Accounts {
    #[store]
    store: MemoryStore,
    tenant: String,
}

#[validator]
impl Accounts {
    /// Asynchronous, and with a change to the request.
    async fn validate_client_id(&self, client_id: &str, request: &mut Request) -> Result<()> {
        request.claims.insert("aud", client_id)
    }

    /// Neither.
    fn is_pkce_required(&self, client: &Client, _request: &Request) -> Result<bool> {
        Ok(client.is_public())
    }

    fn validate_redirect_uri(&self, _: &Client, redirect_uri: &str, _: &mut Request) -> oauth_core::Result<()> {
        if redirect_uri.starts_with("https://") { Ok(()) } else { Err(Error::invalid_request("https only")) }
    }

    /// Returns a future by itself.
    fn rotate_refresh_token(&self, _request: &mut Request) -> impl Future<Output = Result<bool>> + Send {
        async { Ok(true) }
    }

    #[claim("tenant", scope = "profile")]
    fn tenant(&self, _request: &Request) -> Option<String> {
        Some(self.tenant.clone())
    }

    #[claim("client")]
    async fn client(&self, request: &Request) -> Result<String> {
        Ok(request.require_client()?.client_id.clone())
    }

    /// Borrows from the request.
    #[claim("subject_length")]
    fn subject_length<'a>(&self, request: &'a Request) -> Option<&'a str> {
        request.subject.as_deref()
    }

    #[token_generator]
    fn any_name(&self, request: &Request) -> Result<String> {
        Ok(format!("{}-{}", self.tenant, request.client_id().unwrap_or("local")))
    }

    #[token_generator(refresh)]
    async fn generate_refresh_token(&self, _request: &Request) -> Result<String> {
        Ok(SecretString::random().expose().to_owned())
    }
}

fn main() {
    const { assert!(Accounts::GENERATES_ACCESS_TOKENS && Accounts::GENERATES_REFRESH_TOKENS) };
    assert_eq!(Accounts::CLAIMS.map_names(), ["tenant", "client", "subject_length"]);
}

trait Names {
    fn map_names(&self) -> Vec<&'static str>;
}

impl Names for &[oauth_core::claims::ClaimDeclaration] {
    fn map_names(&self) -> Vec<&'static str> {
        self.iter().flat_map(|claim| claim.names).copied().collect()
    }
}
