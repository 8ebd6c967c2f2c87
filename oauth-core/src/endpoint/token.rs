//! The token endpoint, RFC 6749 §3.2.

use super::authenticate;
use crate::error::{Error, Result};
use crate::grant::{GrantSet, GrantType, refresh_lifetimes};
use crate::openid::id_token;
use crate::request::Request;
use crate::server::{AuthorizationServer, RunningServer};
use crate::token::TokenResponse;
use crate::validator::RequestValidator;

/// Answers a token request.
pub(crate) async fn respond<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
) -> Result<TokenResponse> {
    request.grant_type = request.body().get("grant_type").map(GrantType::from);
    let client = authenticate(server, request, S::CONFIG.endpoints.token).await?;
    let grant_type =
        request.grant_type.clone().ok_or_else(|| Error::invalid_request("grant_type is missing"))?;
    if !S::Grants::has_grant_type(&grant_type) {
        return Err(GrantType::unsupported());
    }
    server.validator().validate_grant_type(&client, &grant_type, request).await?;
    server.validator().pre_token(request).await?;
    request.issuing.lifetimes = refresh_lifetimes::<S>();
    let mut token = S::Grants::token(server, request).await?;
    // A grant from outside has not made it.
    if !request.issuing.is_id_token_settled {
        token.id_token = id_token::of_token_response(server, request, &token.access_token).await?;
    }
    Ok(token)
}
