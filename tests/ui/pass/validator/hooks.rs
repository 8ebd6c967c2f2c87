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

/// Has a field of the request's name, and one that the request has, too.
struct Asked {
    scopes: Option<ScopeSet>,
    request: Option<Box<Asked>>,
}

/// Has names with dots, as the macros of `tracing` have.
macro_rules! note {
    ($($name:ident).+ = $value:expr) => {
        let _ = (concat!($(stringify!($name)),+), &$value);
    };
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

    /// Sets what is a hook's to set, and fields of its own things that are called as the request's are.
    fn pre_token(&self, request: &mut Request) -> Result<()> {
        request.claims = Claims::new();
        request.extra_credentials.clear();
        *(&mut request.extensions) = Default::default();
        let mut other = Asked { scopes: None, request: None };
        other.scopes = request.scopes.clone();
        other.scopes = Some(&mut request.scopes.clone()).cloned().flatten();
        let mut outer = Asked { scopes: None, request: Some(Box::new(other)) };
        if let Some(request) = outer.request.as_mut() {
            request.request = None;
        }
        outer.scopes = None;
        note!(request.scopes = outer.scopes);
        let is_asked = request.scopes == outer.scopes && request.auth_time <= Some(request.now());
        let mut request = outer;
        request.scopes = None;
        if is_asked && request.scopes.is_none() { Ok(()) } else { Err(Error::invalid_request("asked")) }
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
