//! Grants: how a client turns a right into tokens. One file a grant.
//!
//! A server names its grants as a tuple of types. A grant asks for what it needs in its `impl` (a store for codes, a
//! login), so that a server which lacks it does not compile.

pub mod authorization_code;
pub mod client_credentials;
pub mod device_code;
pub mod extension;
mod grant_type;
pub mod implicit;
mod issue;
mod jwt_bearer;
#[cfg(feature = "pages")]
pub mod password;
pub mod pkce;
pub mod refresh_token;
mod response_type;
mod set;
mod user_code;

use bytes::Bytes;

pub use self::authorization_code::AuthorizationCode;
pub use self::client_credentials::ClientCredentials;
pub use self::device_code::DeviceCode;
pub use self::extension::{Extension, ExtensionGrant, ExtensionGrantType, GrantApproval};
pub use self::grant_type::GrantType;
pub use self::implicit::Implicit;
pub(crate) use self::issue::{
    access_token_lifetime, include_refresh_token, issue, issue_to_subject, mint, refresh_lifetimes,
    revoke_family,
};
pub use self::jwt_bearer::JwtBearer;
#[cfg(feature = "pages")]
pub use self::password::Password;
pub use self::refresh_token::RefreshToken;
pub use self::response_type::ResponseType;
pub use self::set::GrantSet;
pub use self::user_code::UserCode;
use crate::endpoint::authorization::{AuthorizationParameters, AuthorizationRequest};
use crate::endpoint::device_authorization::DeviceAuthorizationResponse;
use crate::endpoint::end_session::LogoutRequest;
use crate::error::{Error, ErrorCode, Result};
use crate::http::Response;
use crate::interaction::{Context, Decision};
use crate::openid::Provider;
use crate::request::Request;
use crate::scope::ScopeSet;
use crate::server::{AuthorizationServer, RunningServer};
use crate::token::{BearerToken, TokenResponse};
use crate::validator::RequestValidator;

/// A grant of the server `S`.
pub trait Grant<S: AuthorizationServer>: 'static {
    /// Its name among `grant_types_supported`; `None`: it has none.
    const GRANT_TYPE: Option<&'static str>;

    /// What it adds to an authorization response; `None`: it does not use the authorization endpoint.
    const RESPONSE_TYPE: Option<ResponseType> = None;

    /// Whether clients ask the token endpoint for it.
    const USES_TOKEN_ENDPOINT: bool = true;

    /// Paths of pages that it brings along, relative to the issuer.
    const PAGES: &'static [&'static str] = &[];

    /// Whether people sign out of what it asked them for: its interaction has sessions.
    const HAS_SESSIONS: bool = false;

    /// Whether it begins at the device authorization endpoint (RFC 8628 §3.1).
    const HAS_DEVICE_AUTHORIZATION: bool = false;

    /// Checks what only a run can tell of its interaction. `into_router` reports it.
    ///
    /// # Errors
    ///
    /// One line that says what is wrong and what to write instead.
    fn check_interaction(_server: &S) -> std::result::Result<(), String> {
        Ok(())
    }

    /// Answers a token request. The client is authenticated and may use the grant.
    fn token(
        _server: &RunningServer<S>,
        _request: &mut Request,
    ) -> impl Future<Output = Result<TokenResponse>> + Send {
        async { Err(GrantType::unsupported()) }
    }

    /// Checks an authorization request that asks for its [`RESPONSE_TYPE`](Self::RESPONSE_TYPE), before anybody is asked.
    fn check(
        _server: &RunningServer<S>,
        _request: &mut Request,
        _authorization: &AuthorizationRequest,
    ) -> impl Future<Output = Result<()>> + Send {
        async { Ok(()) }
    }

    /// Asks the person; only where it has a [`RESPONSE_TYPE`](Self::RESPONSE_TYPE).
    fn decide(
        _server: &RunningServer<S>,
        _request: &mut Request,
        _authorization: &AuthorizationRequest,
    ) -> impl Future<Output = Result<Decision>> + Send {
        async { Err(ErrorCode::UnsupportedResponseType.into()) }
    }

    /// Adds its part to the response, where that is asked for. The request has the subject and the granted scopes.
    fn authorize(
        _server: &RunningServer<S>,
        _request: &mut Request,
        _authorization: &AuthorizationRequest,
        _response: &mut AuthorizationParameters,
    ) -> impl Future<Output = Result<()>> + Send {
        async { Ok(()) }
    }

    /// Signs the person out, or asks them; only where it [has sessions](Self::HAS_SESSIONS).
    fn end_session(
        _server: &RunningServer<S>,
        _logout: &LogoutRequest,
        _request: &Request,
    ) -> impl Future<Output = Result<Response>> + Send {
        async { Err(ErrorCode::InvalidRequest.into()) }
    }

    /// Answers a device authorization request (RFC 8628 §3.2). The client is authenticated and may use the grant.
    fn device_authorization(
        _server: &RunningServer<S>,
        _request: &mut Request,
    ) -> impl Future<Output = Result<DeviceAuthorizationResponse>> + Send {
        async { Err(GrantType::unsupported()) }
    }

    /// Answers a request for one of [`PAGES`](Self::PAGES).
    fn page(
        _server: &RunningServer<S>,
        _page: &str,
        _request: &::http::Request<Bytes>,
    ) -> impl Future<Output = Result<Response>> + Send {
        async { Err(ErrorCode::InvalidRequest.into()) }
    }
}

/// What an interaction is told of a server.
pub(crate) fn context<S: AuthorizationServer>(server: &RunningServer<S>) -> Context<'_, S::Validator> {
    Context {
        validator: server.validator(),
        issuer: server.issuer(),
        clock: server.clock(),
        authorization_endpoint: S::CONFIG.endpoints.authorization,
        scopes: S::CONFIG.scopes,
        provider: Provider::of(server),
    }
}

/// The engine of a server, with its generators and lifetimes.
pub(crate) fn bearer<S: AuthorizationServer>(
    server: &RunningServer<S>,
) -> BearerToken<'_, S::Validator, &S::AccessTokens, &S::RefreshTokens> {
    BearerToken::new(server.validator())
        .token_generator(server.access_tokens())
        .refresh_token_generator(server.refresh_tokens())
        .issuer(Some(server.issuer()))
        .pairwise_key(server.pairwise_key())
}

/// Checks a requested `scope` against the server's and the client's, or takes the defaults (RFC 6749 §3.3).
pub(crate) async fn requested_scopes<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
    requested: Option<&str>,
) -> Result<ScopeSet> {
    let client = request.require_client()?;
    let Some(requested) = requested else {
        let defaults = S::CONFIG.default_scope_set();
        let scopes = server.validator().get_default_scopes(&client, &defaults, request).await?;
        return Ok(S::CONFIG.declared_of(&scopes));
    };
    let requested = ScopeSet::parse(requested)?;
    let scopes = S::CONFIG.declared_of(&requested);
    if scopes != requested {
        return Err(Error::invalid_scope("a scope is unknown"));
    }
    server.validator().validate_scopes(&client, &scopes, request).await?;
    Ok(scopes)
}
