//! Grants: how a client turns a right into tokens. One file a grant.
//!
//! A server names its grants as a tuple of types. A grant asks for what it needs in its `impl` (a store for codes, a
//! login), so that a server which lacks it does not compile.

mod asks;
pub mod authorization_code;
pub mod client_credentials;
pub mod device_code;
pub mod extension;
mod grant_type;
pub mod implicit;
mod issue;
mod jwt_bearer;
mod listed;
mod pace;
#[cfg(feature = "pages")]
pub mod password;
pub mod pkce;
pub mod refresh_token;
mod response_type;
pub(crate) mod set;
mod user_code;

pub use self::asks::Asks;
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
pub use self::listed::{ListedGrant, ListedPart, ResponsePart};
pub(crate) use self::pace::RefreshPace;
#[cfg(feature = "pages")]
pub use self::password::Password;
pub use self::refresh_token::RefreshToken;
pub use self::response_type::ResponseType;
pub use self::set::GrantSet;
pub use self::user_code::UserCode;
use crate::endpoint::ListedEndpoint;
use crate::error::{Error, Result};
use crate::interaction::Context;
use crate::openid::Provider;
use crate::request::Request;
use crate::scope::ScopeSet;
use crate::server::{AuthorizationServer, RunningServer};
use crate::token::{BearerToken, IncludeRefreshToken, TokenResponse};
use crate::validator::RequestValidator;

/// A grant of the server `S`: its name, what it answers at the token endpoint, and constant data about the rest.
pub trait Grant<S: AuthorizationServer>: 'static {
    /// Its name among `grant_types_supported`; `None`: it has none.
    const GRANT_TYPE: Option<&'static str>;

    /// Whether clients ask the token endpoint for it.
    const USES_TOKEN_ENDPOINT: bool = true;

    /// Parameters of its token requests that may be repeated, as their specification says (RFC 6749 §3.2 says of all: no).
    const REPEATABLE: &'static [&'static str] = &[];

    /// What it adds to authorization responses; `None`: it does not use the authorization endpoint.
    const RESPONSE: Option<ListedPart<S>> = None;

    /// What asks people for it; `None`: nobody is asked.
    const ASKS: Option<Asks<S>> = None;

    /// The endpoints that it brings along, such as the one where it begins (RFC 8628 §3.1).
    const ENDPOINTS: &'static [ListedEndpoint<S>] = &[];

    /// Answers a token request. The client is authenticated and may use the grant.
    ///
    /// # Errors
    ///
    /// What the token endpoint sends, RFC 6749 §5.2.
    fn token(
        _server: &RunningServer<S>,
        _request: &mut Request,
    ) -> impl Future<Output = Result<TokenResponse>> + Send {
        async { Err(GrantType::unsupported()) }
    }
}

/// For a [`Grant`] of an application's own.
impl<S: AuthorizationServer> RunningServer<S> {
    /// The scopes that a token request asks for, checked against the server's and the client's, or the defaults (RFC 6749 §3.3).
    ///
    /// # Errors
    ///
    /// `invalid_scope`.
    pub async fn requested_scopes(&self, request: &mut Request) -> Result<ScopeSet> {
        let scope = request.body().get("scope").map(str::to_owned);
        requested_scopes(self, request, scope.as_deref()).await
    }

    /// Makes the tokens of a response, with the hooks around, and keeps the access token. The request has its scopes, and its
    /// subject, where it speaks for a person.
    ///
    /// # Errors
    ///
    /// What hooks, generators and stores return.
    pub async fn issue(&self, request: &mut Request, include: IncludeRefreshToken) -> Result<TokenResponse> {
        issue(self, request, include).await
    }
}

/// What an interaction is told of a server.
pub(crate) fn context<S: AuthorizationServer>(server: &RunningServer<S>) -> Context<'_, S::Validator> {
    Context {
        validator: server.validator(),
        issuer: server.issuer(),
        clock: server.clock(),
        observer: server.observer(),
        #[cfg(feature = "pages")]
        limits: server.limits(),
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
        .bindings(server.bindings())
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
