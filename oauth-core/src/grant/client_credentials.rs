//! The client credentials grant, RFC 6749 §4.4: the client speaks for itself.

use crate::error::{Error, Result};
use crate::frame::{AuthorizationServer, Grant, RunningServer};
use crate::issuing::{issue, scopes_of_body};
use crate::request::Request;
use crate::response::TokenResponse;
use crate::token::IncludeRefreshToken;

/// `client_credentials`.
#[derive(Debug, Clone, Copy)]
pub struct ClientCredentials;

impl<S: AuthorizationServer> Grant<S> for ClientCredentials {
    const GRANT_TYPE: Option<&'static str> = Some("client_credentials");
    const IS_OURS: bool = true;

    async fn token(server: &RunningServer<S>, request: &mut Request) -> Result<TokenResponse> {
        // RFC 6749 §4.4: "The client credentials grant type MUST only be used by confidential clients."
        if !request.client_is_authenticated() {
            return Err(Error::unauthorized_client("the client did not authenticate"));
        }
        request.validated.scopes = Some(scopes_of_body(server, request).await?);
        // §4.4.3: "A refresh token SHOULD NOT be included."
        issue(server, request, IncludeRefreshToken::No).await
    }
}
