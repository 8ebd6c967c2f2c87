//! The implicit grant, RFC 6749 §4.2: an access token straight to the browser.

use super::{Grant, GrantType, context, issue};
use crate::authorization::{AuthorizationParameters, AuthorizationRequest};
use crate::endpoint::end_session::LogoutRequest;
use crate::error::Result;
use crate::grant::ResponseType;
use crate::http::Response;
use crate::interaction::{Decision, Interaction};
use crate::request::Request;
use crate::server::{AuthorizationServer, RunningServer};
use crate::token::IncludeRefreshToken;

/// `implicit`. RFC 9700 §2.1.2: clients "SHOULD NOT use the implicit grant"; it is gone from OAuth 2.1.
#[derive(Debug, Clone, Copy)]
pub struct Implicit;

impl<S> Grant<S> for Implicit
where
    S: AuthorizationServer,
    S::Interaction: Interaction<S::Validator>,
{
    const GRANT_TYPE: Option<&'static str> = Some(GrantType::IMPLICIT_NAME);
    const RESPONSE_TYPE: Option<ResponseType> = Some(ResponseType::TOKEN);
    const USES_TOKEN_ENDPOINT: bool = false;
    const PAGES: &'static [&'static str] = <S::Interaction as Interaction<S::Validator>>::PAGES;
    const HAS_SESSIONS: bool = <S::Interaction as Interaction<S::Validator>>::HAS_SESSIONS;

    fn check_interaction(server: &S) -> std::result::Result<(), String> {
        server.interaction().check()
    }

    async fn decide(
        server: &RunningServer<S>,
        request: &mut Request,
        authorization: &AuthorizationRequest,
    ) -> Result<Decision> {
        server.interaction().decide(&context(server), authorization, request).await
    }

    async fn authorize(
        server: &RunningServer<S>,
        request: &mut Request,
        _authorization: &AuthorizationRequest,
        response: &mut AuthorizationParameters,
    ) -> Result<()> {
        // RFC 6749 §4.2.2: "The authorization server MUST NOT issue a refresh token."
        response.token = Some(issue(server, request, IncludeRefreshToken::No).await?);
        Ok(())
    }

    async fn end_session(
        server: &RunningServer<S>,
        logout: &LogoutRequest,
        request: &Request,
    ) -> Result<Response> {
        server.interaction().end_session(&context(server), logout, request).await
    }

    async fn page(
        server: &RunningServer<S>,
        page: &str,
        request: &::http::Request<bytes::Bytes>,
    ) -> Result<Response> {
        server.interaction().page(&context(server), page, request).await
    }
}
