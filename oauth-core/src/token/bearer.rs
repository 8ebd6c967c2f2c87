//! stub
use super::{Opaque, TokenGenerator, TokenResponse};
use crate::error::{Error, Result};
use crate::request::Request;
use crate::store::AccessToken;
use crate::validator::RequestValidator;
use std::time::Duration;
/// Whether [`BearerToken::create_token`] adds a refresh token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IncludeRefreshToken {
    /// stub
    Yes,
    /// stub
    No,
}
/// stub
#[derive(Debug)]
pub struct BearerToken<'a, V, A = Opaque, R = Opaque> {
    validator: &'a V,
    access: A,
    refresh: R,
}
impl<'a, V: RequestValidator> BearerToken<'a, V> {
    /// An hour.
    pub const DEFAULT_EXPIRES_IN: Duration = Duration::from_secs(3600);

    /// stub
    pub const fn new(validator: &'a V) -> Self {
        Self { validator, access: Opaque::DEFAULT, refresh: Opaque::DEFAULT }
    }
}
impl<'a, V: RequestValidator, A: TokenGenerator, R: TokenGenerator> BearerToken<'a, V, A, R> {
    /// stub
    pub fn token_generator<B: TokenGenerator>(self, access: B) -> BearerToken<'a, V, B, R> {
        BearerToken { validator: self.validator, access, refresh: self.refresh }
    }
    /// stub
    pub fn refresh_token_generator<B: TokenGenerator>(self, refresh: B) -> BearerToken<'a, V, A, B> {
        BearerToken { validator: self.validator, access: self.access, refresh }
    }
    /// stub
    pub async fn create_token(
        &self,
        request: &mut Request,
        include: IncludeRefreshToken,
    ) -> Result<TokenResponse> {
        let _ = (self.validator, include);
        Ok(TokenResponse {
            access_token: crate::secret::SecretString::new(self.access.generate_token(request).await?),
            expires_in: Duration::from_secs(3600),
            refresh_token: None,
            scopes: request.scopes.clone(),
            extra_credentials: request.extra_credentials.clone(),
        })
    }
    /// stub
    pub async fn validate_request(&self, _request: &mut Request) -> Result<AccessToken> {
        Err(Error::server("stub"))
    }
}

impl AccessToken {
    pub(crate) fn issued(_: &TokenResponse, _: &Request) -> Result<Self> {
        Err(Error::server("stub"))
    }
}
