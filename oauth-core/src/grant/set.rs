//! The grants of a server, as a tuple of types.

use bytes::Bytes;

use super::{Grant, GrantType, ResponseType};
use crate::authorization::{AuthorizationParameters, AuthorizationRequest};
use crate::endpoint::device_authorization::DeviceAuthorizationResponse;
use crate::endpoint::end_session::LogoutRequest;
use crate::error::{Error, ErrorCode, Result};
use crate::http::Response;
use crate::interaction::Decision;
use crate::request::Request;
use crate::server::{AuthorizationServer, RunningServer};
use crate::token::TokenResponse;

/// A tuple of [`Grant`]s.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a set of grants",
    note = "write a tuple of grants, such as `(AuthorizationCode, RefreshToken)`; one grant is `(ClientCredentials,)`"
)]
pub trait GrantSet<S: AuthorizationServer>: 'static {
    /// Whether `refresh_token` is among them.
    const HAS_REFRESH_TOKEN: bool;

    /// Whether one of them begins at the device authorization endpoint.
    const HAS_DEVICE_AUTHORIZATION: bool;

    /// The `grant_type` of each.
    const GRANT_TYPES: &'static [Option<&'static str>];

    /// The paths of the pages of each.
    const PAGES: &'static [&'static [&'static str]];

    /// Whether any of them is asked for at the token endpoint.
    const USES_TOKEN_ENDPOINT: bool;

    /// All that they add to authorization responses; `None`: none of them uses the authorization endpoint.
    const RESPONSE_TYPE: Option<ResponseType>;

    /// Whether an interaction of theirs has sessions.
    const HAS_SESSIONS: bool;

    /// Whether a `grant_type` is among them that the token endpoint is asked for: `implicit` never is.
    fn has_grant_type(grant_type: &GrantType) -> bool;

    /// Checks what only a run can tell of their one interaction.
    ///
    /// # Errors
    ///
    /// What is wrong, in a line.
    fn check_interaction(server: &S) -> std::result::Result<(), String>;

    /// Answers a token request.
    fn token(
        server: &RunningServer<S>,
        request: &mut Request,
    ) -> impl Future<Output = Result<TokenResponse>> + Send;

    /// Asks the person.
    fn decide(
        server: &RunningServer<S>,
        request: &mut Request,
        authorization: &AuthorizationRequest,
    ) -> impl Future<Output = Result<Decision>> + Send;

    /// Adds to the response what was asked for.
    fn authorize(
        server: &RunningServer<S>,
        request: &mut Request,
        authorization: &AuthorizationRequest,
        response: &mut AuthorizationParameters,
    ) -> impl Future<Output = Result<()>> + Send;

    /// Signs the person out, or asks them.
    fn end_session(
        server: &RunningServer<S>,
        logout: &LogoutRequest,
        request: &Request,
    ) -> impl Future<Output = Result<Response>> + Send;

    /// Answers a device authorization request.
    fn device_authorization(
        server: &RunningServer<S>,
        request: &mut Request,
    ) -> impl Future<Output = Result<DeviceAuthorizationResponse>> + Send;

    /// Answers a request for a page.
    fn page(
        server: &RunningServer<S>,
        page: &str,
        request: &::http::Request<Bytes>,
    ) -> impl Future<Output = Result<Response>> + Send;
}

macro_rules! tuples {
    ($($first:ident $($rest:ident)*)?) => {
        $(
            impl<S: AuthorizationServer, $first: Grant<S>, $($rest: Grant<S>),*> GrantSet<S> for ($first, $($rest,)*) {
                const HAS_REFRESH_TOKEN: bool =
                    is_refresh_token($first::GRANT_TYPE) $(|| is_refresh_token($rest::GRANT_TYPE))*;
                const HAS_DEVICE_AUTHORIZATION: bool =
                    $first::HAS_DEVICE_AUTHORIZATION $(|| $rest::HAS_DEVICE_AUTHORIZATION)*;
                const GRANT_TYPES: &'static [Option<&'static str>] = &[$first::GRANT_TYPE, $($rest::GRANT_TYPE),*];
                const PAGES: &'static [&'static [&'static str]] = &[$first::PAGES, $($rest::PAGES),*];

                const USES_TOKEN_ENDPOINT: bool = $first::USES_TOKEN_ENDPOINT $(|| $rest::USES_TOKEN_ENDPOINT)*;

                const RESPONSE_TYPE: Option<ResponseType> =
                    union(&[$first::RESPONSE_TYPE, $($rest::RESPONSE_TYPE),*]);

                const HAS_SESSIONS: bool = $first::HAS_SESSIONS $(|| $rest::HAS_SESSIONS)*;

                fn has_grant_type(grant_type: &GrantType) -> bool {
                    let asked = Some(grant_type.as_str());
                    ($first::USES_TOKEN_ENDPOINT && $first::GRANT_TYPE == asked)
                        $(|| ($rest::USES_TOKEN_ENDPOINT && $rest::GRANT_TYPE == asked))*
                }

                fn check_interaction(server: &S) -> std::result::Result<(), String> {
                    $first::check_interaction(server)?;
                    $($rest::check_interaction(server)?;)*
                    Ok(())
                }

                async fn token(server: &RunningServer<S>, request: &mut Request) -> Result<TokenResponse> {
                    if $first::GRANT_TYPE == request.grant_type.as_ref().map(GrantType::as_str) {
                        return $first::token(server, request).await;
                    }
                    $(if $rest::GRANT_TYPE == request.grant_type.as_ref().map(GrantType::as_str) {
                        return $rest::token(server, request).await;
                    })*
                    Err(GrantType::unsupported())
                }

                async fn decide(
                    server: &RunningServer<S>,
                    request: &mut Request,
                    authorization: &AuthorizationRequest,
                ) -> Result<Decision> {
                    if $first::RESPONSE_TYPE.is_some() {
                        return $first::decide(server, request, authorization).await;
                    }
                    $(if $rest::RESPONSE_TYPE.is_some() {
                        return $rest::decide(server, request, authorization).await;
                    })*
                    Err(ErrorCode::UnsupportedResponseType.into())
                }

                async fn authorize(
                    server: &RunningServer<S>,
                    request: &mut Request,
                    authorization: &AuthorizationRequest,
                    response: &mut AuthorizationParameters,
                ) -> Result<()> {
                    if is_asked_for(authorization, $first::RESPONSE_TYPE) {
                        $first::authorize(server, request, authorization, response).await?;
                    }
                    $(if is_asked_for(authorization, $rest::RESPONSE_TYPE) {
                        $rest::authorize(server, request, authorization, response).await?;
                    })*
                    Ok(())
                }

                async fn end_session(
                    server: &RunningServer<S>,
                    logout: &LogoutRequest,
                    request: &Request,
                ) -> Result<Response> {
                    if $first::HAS_SESSIONS {
                        return $first::end_session(server, logout, request).await;
                    }
                    $(if $rest::HAS_SESSIONS {
                        return $rest::end_session(server, logout, request).await;
                    })*
                    Err(Error::server("an end-session endpoint was routed, and no grant has sessions"))
                }

                async fn device_authorization(
                    server: &RunningServer<S>,
                    request: &mut Request,
                ) -> Result<DeviceAuthorizationResponse> {
                    if $first::HAS_DEVICE_AUTHORIZATION {
                        return $first::device_authorization(server, request).await;
                    }
                    $(if $rest::HAS_DEVICE_AUTHORIZATION {
                        return $rest::device_authorization(server, request).await;
                    })*
                    Err(GrantType::unsupported())
                }

                async fn page(server: &RunningServer<S>, page: &str, request: &::http::Request<Bytes>) -> Result<Response> {
                    if $first::PAGES.contains(&page) {
                        return $first::page(server, page, request).await;
                    }
                    $(if $rest::PAGES.contains(&page) {
                        return $rest::page(server, page, request).await;
                    })*
                    Err(Error::server("a page was routed that no grant brings"))
                }
            }
            tuples!($($rest)*);
        )?
    };
}

tuples!(A B C D E F G H I J K L);

fn is_asked_for(authorization: &AuthorizationRequest, part: Option<ResponseType>) -> bool {
    part.is_some_and(|part| authorization.response_type.contains(part))
}

const fn union(mut parts: &[Option<ResponseType>]) -> Option<ResponseType> {
    let mut all = None;
    while let [part, rest @ ..] = parts {
        all = match (all, *part) {
            (Some(all), Some(part)) => Some(ResponseType::union(all, part)),
            (None, part) => part,
            (all, None) => all,
        };
        parts = rest;
    }
    all
}

/// `==` is not `const`.
const fn is_refresh_token(grant_type: Option<&str>) -> bool {
    matches!(grant_type, Some(name) if matches!(name.as_bytes(), b"refresh_token"))
}
