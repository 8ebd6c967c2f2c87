//! What rules are about.

use std::fmt;

use crate::grant::{GrantType, ResponseType};
use crate::openid::SubjectType;
use crate::server::{Report, Route};

/// What a server can have or lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Feature {
    /// The authorization endpoint.
    AuthorizationEndpoint,
    /// The token endpoint.
    TokenEndpoint,
    /// The grant `authorization_code`.
    AuthorizationCode,
    /// `danger_pkce_optional`.
    OptionalPkce,
    /// The response type `token`.
    Implicit,
    /// The grant `refresh_token`.
    RefreshToken,
    /// A grace for lost refresh responses.
    RefreshGrace,
    /// The grant `client_credentials`.
    ClientCredentials,
    /// The grant `urn:ietf:params:oauth:grant-type:device_code`.
    DeviceCode,
    /// The grant `password`.
    Password,
    /// ID tokens.
    OpenId,
    /// The userinfo endpoint.
    Userinfo,
    /// The end session endpoint.
    EndSession,
    /// The client authentication method `client_secret_basic`.
    ClientSecretBasic,
    /// The client authentication method `client_secret_post`.
    ClientSecretPost,
    /// The client authentication method `private_key_jwt`.
    ClientAssertions,
    /// Clients that authenticate.
    ConfidentialClients,
    /// Clients that do not authenticate: the method `none`.
    PublicClients,
    /// The revocation endpoint.
    Revocation,
    /// The introspection endpoint.
    Introspection,
    /// A published key set.
    Jwks,
    /// Access tokens that the published keys verify.
    SignedAccessTokens,
    /// The response type `none`.
    ResponseTypeNone,
    /// A response type with a code and a token beside it.
    Hybrid,
    /// The grant `urn:ietf:params:oauth:grant-type:jwt-bearer`.
    JwtBearer,
    /// A grant of the application's own.
    ExtensionGrant,
    /// Pairwise subject identifiers.
    Pairwise,
    /// The page that watches the session.
    CheckSession,
    /// Back-channel logout.
    BackChannelLogout,
}

impl Feature {
    /// Whether a server with this report has it.
    pub fn is_enabled(self, report: &Report) -> bool {
        let routes = |route| report.endpoints.iter().any(|endpoint| endpoint.route == route);
        let grants = |grant_type: &GrantType| report.grants.contains(&grant_type.as_str());
        let authenticates = |name: &str| report.client_authentication.iter().any(|method| method == name);
        match self {
            Self::AuthorizationEndpoint => routes(Route::AUTHORIZATION),
            Self::TokenEndpoint => routes(Route::TOKEN),
            Self::AuthorizationCode => {
                grants(&GrantType::AUTHORIZATION_CODE) && report.response_types.contains(&ResponseType::CODE)
            }
            Self::OptionalPkce => report.pkce_is_optional,
            Self::Implicit => report.response_types.contains(&ResponseType::TOKEN),
            Self::RefreshToken => grants(&GrantType::REFRESH_TOKEN),
            Self::RefreshGrace => {
                grants(&GrantType::REFRESH_TOKEN) && report.lifetimes.refresh_token_grace.as_secs() > 0
            }
            Self::ClientCredentials => grants(&GrantType::CLIENT_CREDENTIALS),
            Self::DeviceCode => routes(Route::DEVICE_AUTHORIZATION),
            Self::Password => grants(&GrantType::PASSWORD),
            Self::OpenId => report.is_openid_provider,
            Self::Userinfo => routes(Route::USERINFO),
            Self::EndSession => routes(Route::END_SESSION),
            Self::ClientSecretBasic => authenticates("client_secret_basic"),
            Self::ClientSecretPost => authenticates("client_secret_post"),
            Self::ClientAssertions => routes(Route::TOKEN) && authenticates("private_key_jwt"),
            Self::ConfidentialClients => report.client_authentication.iter().any(|method| method != "none"),
            Self::PublicClients => authenticates("none"),
            Self::Revocation => routes(Route::REVOCATION),
            Self::Introspection => routes(Route::INTROSPECTION),
            Self::Jwks => routes(Route::JWKS),
            Self::SignedAccessTokens => report.access_tokens.is_signed(),
            Self::ResponseTypeNone => report.response_types.contains(&ResponseType::NONE),
            Self::Hybrid => report.response_types.iter().any(|asked| asked.is_hybrid()),
            Self::JwtBearer => grants(&GrantType::JWT_BEARER),
            // RFC 6749 §4.5: its name is an absolute URI.
            Self::ExtensionGrant => report.grants.iter().any(|grant| {
                grant.contains(':')
                    && ![GrantType::DEVICE_CODE_NAME, GrantType::JWT_BEARER_NAME].contains(grant)
            }),
            Self::Pairwise => report.subject_types.contains(&SubjectType::Pairwise),
            Self::CheckSession => routes(Route::CHECK_SESSION),
            Self::BackChannelLogout => report.has_back_channel && routes(Route::END_SESSION),
        }
    }
}

impl fmt::Display for Feature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AuthorizationEndpoint => "the authorization endpoint",
            Self::TokenEndpoint => "the token endpoint",
            Self::AuthorizationCode => "the grant `authorization_code`",
            Self::OptionalPkce => "`danger_pkce_optional`",
            Self::Implicit => "the response type `token`",
            Self::RefreshToken => "the grant `refresh_token`",
            Self::RefreshGrace => "a grace for lost refresh responses",
            Self::ClientCredentials => "the grant `client_credentials`",
            Self::DeviceCode => "the grant `device_code`",
            Self::Password => "the grant `password`",
            Self::OpenId => "OpenID Connect",
            Self::Userinfo => "the userinfo endpoint",
            Self::EndSession => "the end session endpoint",
            Self::ClientSecretBasic => "the client authentication method `client_secret_basic`",
            Self::ClientSecretPost => "the client authentication method `client_secret_post`",
            Self::ClientAssertions => "the client authentication method `private_key_jwt`",
            Self::ConfidentialClients => "clients that authenticate",
            Self::PublicClients => "public clients",
            Self::Revocation => "the revocation endpoint",
            Self::Introspection => "the introspection endpoint",
            Self::Jwks => "a key set",
            Self::SignedAccessTokens => "access tokens that published keys verify",
            Self::ResponseTypeNone => "the response type `none`",
            Self::Hybrid => "a hybrid flow",
            Self::JwtBearer => "the grant `jwt_bearer`",
            Self::ExtensionGrant => "an extension grant",
            Self::Pairwise => "pairwise subject identifiers",
            Self::CheckSession => "the page that watches the session",
            Self::BackChannelLogout => "back-channel logout",
        })
    }
}
