//! Grants: how a client turns a right into tokens. One file a grant.
//!
//! A server names its grants as a tuple of types. A grant asks for what it needs in its `impl` (a store for codes, a
//! login), so that a server which lacks it does not compile.

pub mod authorization_code;
pub mod client_credentials;
mod grant_type;
pub mod pkce;
pub mod refresh_token;
mod set;

use bytes::Bytes;

pub use self::authorization_code::AuthorizationCode;
pub use self::client_credentials::ClientCredentials;
pub use self::grant_type::GrantType;
pub use self::refresh_token::RefreshToken;
pub use self::set::GrantSet;
use crate::endpoint::authorization::{AuthorizationRequest, AuthorizationResponse};
use crate::error::{Error, ErrorCode, Result};
use crate::http::Response;
use crate::request::Request;
use crate::server::AuthorizationServer;
use crate::token::{BearerToken, IncludeRefreshToken, TokenResponse};

/// A grant of the server `S`.
pub trait Grant<S: AuthorizationServer>: 'static {
    /// `grant_type`; `None`: nothing to ask the token endpoint for.
    const GRANT_TYPE: Option<GrantType>;

    /// `response_type` values that it answers at the authorization endpoint.
    const RESPONSE_TYPES: &'static [&'static str] = &[];

    /// Paths of pages that it brings along, relative to the issuer.
    const PAGES: &'static [&'static str] = &[];

    /// Answers a token request. The client is authenticated and may use the grant.
    fn token(server: &S, request: &mut Request) -> impl Future<Output = Result<TokenResponse>> + Send;

    /// Answers a valid authorization request with one of [`RESPONSE_TYPES`](Self::RESPONSE_TYPES).
    fn authorize(
        _server: &S,
        _request: &mut Request,
        _authorization: &AuthorizationRequest,
    ) -> impl Future<Output = Result<AuthorizationResponse>> + Send {
        async { Err(ErrorCode::UnsupportedResponseType.into()) }
    }

    /// Answers a request for one of [`PAGES`](Self::PAGES).
    fn page(_server: &S, _request: &::http::Request<Bytes>) -> impl Future<Output = Result<Response>> + Send {
        async { Err(ErrorCode::InvalidRequest.into()) }
    }
}

/// The engine of a server, with its generators and lifetimes.
pub(crate) fn bearer<S: AuthorizationServer>(
    server: &S,
) -> BearerToken<'_, S::Validator, &S::AccessTokens, &S::RefreshTokens> {
    BearerToken::new(server.validator())
        .token_generator(server.access_tokens())
        .refresh_token_generator(server.refresh_tokens())
}

/// Whether a client gets a refresh token with this response: the server has the grant and so has the client.
pub(crate) fn include_refresh_token<S: AuthorizationServer>(request: &Request) -> IncludeRefreshToken {
    let allowed = S::Grants::HAS_REFRESH_TOKEN
        && request.client.as_ref().is_some_and(|client| client.grant_types.contains(&GrantType::REFRESH_TOKEN));
    if allowed { IncludeRefreshToken::Yes } else { IncludeRefreshToken::No }
}

/// Checks the `scope` of a token request against the server's and the client's, or takes the defaults (RFC 6749 §3.3).
pub(crate) async fn requested_scopes<S: AuthorizationServer>(server: &S, request: &mut Request) -> Result<()> {
    let client = request.require_client()?.clone();
    let scopes = match request.param("scope") {
        Some(text) => {
            let scopes = crate::scope::ScopeSet::parse(text)?;
            if !scopes.is_subset(&S::CONFIG.scope_set()) {
                return Err(Error::invalid_scope("a scope is unknown"));
            }
            server.validator().validate_scopes(&client, &scopes, request).await?;
            scopes
        }
        None => server.validator().get_default_scopes(&client, &S::CONFIG.default_scope_set(), request).await?,
    };
    request.scopes = Some(scopes);
    Ok(())
}

use crate::validator::RequestValidator as _;
