//! Tokens of an authorization server in the same process.

use super::protected::Identity;
use super::{ProtectedResource, ResourceConfig, TokenValidator, ValidatedToken};
use crate::endpoint::introspection::Introspection;
use crate::error::{Error, Result};
use crate::request::Request;
use crate::scope::ScopeSet;
use crate::server::{AuthorizationServer, ConfigurationError, OAuthService};
use crate::validator::RequestValidator as _;

/// Validates tokens by the authorization server's own
/// [`validate_bearer_token`](crate::validator::RequestValidator::validate_bearer_token): a revoked token is refused at once.
#[derive(Debug)]
pub struct Local<S> {
    service: OAuthService<S>,
    audience: Option<&'static str>,
}

impl<S: AuthorizationServer> OAuthService<S> {
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
        ProtectedResource::assemble(local, &identity, &config, Vec::new())
    }
}

impl<S: AuthorizationServer> TokenValidator for Local<S> {
    async fn validate(&self, token: &str) -> Result<ValidatedToken> {
        let server = self.service.server();
        let mut request = Request::default();
        let record = server.validator().validate_bearer_token(token, &ScopeSet::new(), &mut request).await?;
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
