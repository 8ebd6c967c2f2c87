//! The grants of a server, as a tuple of types.

use bytes::Bytes;

use super::{Grant, GrantType};
use crate::endpoint::authorization::{AuthorizationRequest, AuthorizationResponse};
use crate::endpoint::device_authorization::DeviceAuthorizationResponse;
use crate::error::{Error, ErrorCode, Result};
use crate::http::Response;
use crate::request::Request;
use crate::server::AuthorizationServer;
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

    /// Their `grant_type` values, one a grant; `None`: nothing to ask the token endpoint for.
    const GRANT_TYPES: &'static [Option<&'static str>];

    /// Their `grant_type` values: `grant_types_supported`.
    fn grant_types() -> Vec<&'static str>;

    /// Their `response_type` values: `response_types_supported`.
    fn response_types() -> Vec<&'static str>;

    /// Whether a `grant_type` is among them.
    fn has_grant_type(grant_type: &GrantType) -> bool;

    /// Whether a `response_type` is among them.
    fn has_response_type(response_type: &str) -> bool;

    /// The paths of their pages.
    fn pages() -> Vec<&'static str>;

    /// Answers a token request.
    fn token(server: &S, request: &mut Request) -> impl Future<Output = Result<TokenResponse>> + Send;

    /// Answers an authorization request.
    fn authorize(
        server: &S,
        request: &mut Request,
        authorization: &AuthorizationRequest,
    ) -> impl Future<Output = Result<AuthorizationResponse>> + Send;

    /// Answers a device authorization request.
    fn device_authorization(
        server: &S,
        request: &mut Request,
    ) -> impl Future<Output = Result<DeviceAuthorizationResponse>> + Send;

    /// Answers a request for a page.
    fn page(
        server: &S,
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

                fn grant_types() -> Vec<&'static str> {
                    Self::GRANT_TYPES.iter().copied().flatten().collect()
                }

                fn response_types() -> Vec<&'static str> {
                    [$first::RESPONSE_TYPES, $($rest::RESPONSE_TYPES),*].concat()
                }

                fn has_grant_type(grant_type: &GrantType) -> bool {
                    Self::GRANT_TYPES.contains(&Some(grant_type.as_str()))
                }

                fn has_response_type(response_type: &str) -> bool {
                    $first::RESPONSE_TYPES.contains(&response_type)
                        $(|| $rest::RESPONSE_TYPES.contains(&response_type))*
                }

                fn pages() -> Vec<&'static str> {
                    [$first::PAGES, $($rest::PAGES),*].concat()
                }

                async fn token(server: &S, request: &mut Request) -> Result<TokenResponse> {
                    if $first::GRANT_TYPE == request.grant_type.as_ref().map(GrantType::as_str) {
                        return $first::token(server, request).await;
                    }
                    $(if $rest::GRANT_TYPE == request.grant_type.as_ref().map(GrantType::as_str) {
                        return $rest::token(server, request).await;
                    })*
                    Err(GrantType::unsupported())
                }

                async fn authorize(
                    server: &S,
                    request: &mut Request,
                    authorization: &AuthorizationRequest,
                ) -> Result<AuthorizationResponse> {
                    let response_type = authorization.response_type.as_str();
                    if $first::RESPONSE_TYPES.contains(&response_type) {
                        return $first::authorize(server, request, authorization).await;
                    }
                    $(if $rest::RESPONSE_TYPES.contains(&response_type) {
                        return $rest::authorize(server, request, authorization).await;
                    })*
                    Err(ErrorCode::UnsupportedResponseType.into())
                }

                async fn device_authorization(
                    server: &S,
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

                async fn page(server: &S, page: &str, request: &::http::Request<Bytes>) -> Result<Response> {
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

/// `==` is not `const`.
const fn is_refresh_token(grant_type: Option<&str>) -> bool {
    matches!(grant_type, Some(name) if matches!(name.as_bytes(), b"refresh_token"))
}
