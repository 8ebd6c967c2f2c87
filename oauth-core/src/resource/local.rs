//! Tokens of an authorization server in the same process.

use super::protected::Identity;
use super::{ProtectedResource, ResourceConfig, TokenValidator, ValidatedToken};
use crate::endpoint::introspection::Introspection;
use crate::error::{Error, Result};
use crate::request::Request;
use crate::scope::{Scope, ScopeSet};
use crate::server::{AuthorizationServer, ConfigurationError, RunningServer};
use crate::store::ClientStore as _;
use crate::validator::{RequestValidator as _, StoreRoles as _};

/// Validates tokens by the authorization server's own
/// [`validate_bearer_token`](crate::validator::RequestValidator::validate_bearer_token): a revoked token is refused at once,
/// and so is one whose client is gone.
///
/// [`subject`](ValidatedToken::subject) is the server's own subject, by which its accounts are found, also where the client
/// knows the person by a pairwise identifier (OIDC Core §8): it must not be in what such a client is answered.
#[derive(Debug)]
pub struct Local<S> {
    service: RunningServer<S>,
    audience: Option<&'static str>,
}

impl<S: AuthorizationServer> RunningServer<S> {
    /// A resource beside this server, which takes its tokens.
    ///
    /// Where `config` has an audience, `aud` of a token must name it: the claim of the request that the token was issued
    /// for, or else what [the generator says](crate::token::TokenGenerator::audience). Without, every access token of the
    /// server will do.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the configuration, all at once.
    pub fn protected_resource(
        &self,
        config: ResourceConfig,
    ) -> Result<ProtectedResource<Local<S>>, ConfigurationError> {
        let local = Local { service: self.clone(), audience: config.audience };
        let scopes = config.scopes.unwrap_or(S::CONFIG.scopes);
        let identity = Identity { issuer: self.issuer(), audience: config.audience, scopes };
        ProtectedResource::assemble(local, &identity, &config, self.bindings().to_vec(), Vec::new())
    }
}

impl<S: AuthorizationServer> TokenValidator for Local<S> {
    const SCOPES: Option<&'static [Scope]> = Some(S::CONFIG.scopes);

    async fn validate(&self, token: &str) -> Result<ValidatedToken> {
        let server = self.service.server();
        let mut request = Request::default();
        let record = server.validator().validate_bearer_token(token, &ScopeSet::new(), &mut request).await?;
        if server.validator().clients().client(&record.client_id).await?.is_none() {
            return Err(Error::invalid_token("the client of the access token is gone"));
        }
        let mut claims = Introspection::from(record).to_json(self.service.issuer());
        claims.remove("active");
        let token = ValidatedToken::from_claims(claims)?;
        match self.audience {
            Some(audience) if !token.is_for(audience) => {
                Err(Error::invalid_token("the access token is meant for another audience"))
            }
            _ => Ok(token),
        }
    }
}
