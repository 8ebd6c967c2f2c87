//! The implicit grant, RFC 6749 §4.2: an access token straight to the browser.

use crate::client::{GrantType, ResponseType};
use crate::error::Result;
use crate::frame::{Asks, AuthorizationServer, Grant, ListedPart, ResponsePart, RunningServer};
use crate::interaction::Interaction;
use crate::issuing::issue;
use crate::request::{AuthorizationRequest, Request};
use crate::response::AuthorizationParameters;
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
    const IS_OURS: bool = true;
    const USES_TOKEN_ENDPOINT: bool = false;
    const RESPONSE: Option<ListedPart<S>> = Some(ListedPart::of::<Self>());
    const ASKS: Option<Asks<S>> = Some(Asks::for_authorization());
}

impl<S: AuthorizationServer> ResponsePart<S> for Implicit {
    const RESPONSE_TYPE: ResponseType = ResponseType::TOKEN;

    async fn authorize(
        server: &RunningServer<S>,
        request: &mut Request,
        _: &AuthorizationRequest,
        response: &mut AuthorizationParameters,
    ) -> Result<()> {
        // RFC 6749 §4.2.2: "The authorization server MUST NOT issue a refresh token."
        response.token = Some(issue(server, request, IncludeRefreshToken::No).await?);
        Ok(())
    }
}
