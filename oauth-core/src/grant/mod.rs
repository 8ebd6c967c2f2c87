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
mod jwt_bearer;
#[cfg(feature = "pages")]
pub mod password;
pub mod pkce;
pub mod refresh_token;
mod response_type;
mod set;
mod user_code;

use std::time::Duration;

use bytes::Bytes;

pub use self::authorization_code::AuthorizationCode;
pub use self::client_credentials::ClientCredentials;
pub use self::device_code::DeviceCode;
pub use self::extension::{Extension, ExtensionGrant, ExtensionGrantType, GrantApproval};
pub use self::grant_type::GrantType;
pub use self::implicit::Implicit;
pub use self::jwt_bearer::JwtBearer;
#[cfg(feature = "pages")]
pub use self::password::Password;
pub use self::refresh_token::RefreshToken;
pub use self::response_type::ResponseType;
pub use self::set::GrantSet;
pub use self::user_code::UserCode;
use crate::authorization::{AuthorizationParameters, AuthorizationRequest};
use crate::endpoint::device_authorization::DeviceAuthorizationResponse;
use crate::endpoint::end_session::LogoutRequest;
use crate::error::{Error, ErrorCode, Result};
use crate::http::Response;
use crate::interaction::{Context, Decision};
use crate::openid::Provider;
use crate::request::Request;
use crate::scope::ScopeSet;
use crate::server::{AuthorizationServer, RunningServer};
use crate::store::{self, TokenStore as _};
use crate::token::{BearerToken, IncludeRefreshToken, TokenExtras, TokenGenerator as _, TokenResponse};
use crate::validator::{RequestValidator, StoreRoles as _};

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
        observer: server.observer(),
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

/// Whether a client gets a refresh token with this response: the server has the grant and so has the client.
pub(crate) fn include_refresh_token<S: AuthorizationServer>(request: &Request) -> IncludeRefreshToken {
    let allowed = S::Grants::HAS_REFRESH_TOKEN
        && request
            .client
            .as_ref()
            .is_some_and(|client| client.grant_types.contains(&GrantType::REFRESH_TOKEN));
    if allowed { IncludeRefreshToken::Yes } else { IncludeRefreshToken::No }
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

/// Makes the tokens of a response and keeps the access token.
pub(crate) async fn issue<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
    include: IncludeRefreshToken,
) -> Result<TokenResponse> {
    bearer(server).identify_subject(request)?;
    // Implicit tokens are made at the authorization endpoint, which has hooks of its own.
    if request.grant_type.is_some() {
        server.validator().post_token(request).await?;
    }
    let mut token = bearer(server).create_token(request, include).await?;
    server.validator().token_modifier(&mut TokenExtras::new(&mut token), request).await?;
    server.validator().save_bearer_token(&token, request).await?;
    Ok(token)
}

/// Makes the tokens of a response for the request's subject, as a family of their own, and keeps them: with a refresh
/// token where the server and the client have the grant.
pub(crate) async fn issue_to_subject<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
) -> Result<TokenResponse> {
    request.family = Some(store::FamilyId::random());
    // Claims that are set for this one token are made anew for each.
    let claims = request.claims.as_map().clone();
    let token = issue(server, request, include_refresh_token::<S>(request)).await?;
    if let Some(refresh_token) = &token.refresh_token {
        let record = store::RefreshToken::issued(refresh_token, S::CONFIG.refresh_token_lifetime, request)?;
        server.validator().tokens().save_refresh_token(store::RefreshToken { claims, ..record }).await?;
    }
    Ok(token)
}

/// Revokes all that was issued from one authorization, until the last of it would have expired by itself.
///
/// `lifetime` is that of a refresh token of the family, which an earlier configuration may have made longer.
pub(crate) async fn revoke_family<S: AuthorizationServer>(
    server: &RunningServer<S>,
    family: store::FamilyId,
    lifetime: Duration,
) -> Result<()> {
    let refresh = lifetime.max(S::CONFIG.refresh_token_lifetime);
    let until = server.now() + S::CONFIG.code_lifetime + refresh + access_token_lifetime::<S>(server);
    tracing::warn!(target: "oauth_core", %family, "a code or refresh token was used twice: its tokens are revoked");
    Ok(server.validator().tokens().revoke_family(family, until).await?)
}

/// How long the access tokens of a server live.
pub(crate) fn access_token_lifetime<S: AuthorizationServer>(server: &S) -> Duration {
    server.access_tokens().expires_in().unwrap_or(BearerToken::<S::Validator>::DEFAULT_EXPIRES_IN)
}
