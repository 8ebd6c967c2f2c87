//! `response_type`: what the client asks for.

use super::Flow;
use crate::client::{Client, ResponseType};
use crate::error::{Error, ErrorCode, Result};
use crate::frame::AuthorizationServer;
use crate::validator::RequestValidator as _;

/// RFC 6749 §3.1.1: "If an authorization request is missing the "response_type" parameter, or if the response type is not
/// understood, the authorization server MUST return an error response".
pub(super) async fn check<S: AuthorizationServer>(
    flow: &mut Flow<'_, S>,
    client: &Client,
) -> Result<ResponseType> {
    let requested = flow.parameters.get("response_type");
    let requested = requested.ok_or_else(|| Error::invalid_request("response_type is missing"))?;
    let response_type = offered(flow, requested)?;
    flow.server.validator().validate_response_type(client, response_type, flow.request).await?;
    Ok(response_type)
}

/// The response type that an error answers: of what is not offered, a code's.
pub(super) fn of_errors<S: AuthorizationServer>(flow: &Flow<'_, S>) -> ResponseType {
    flow.parameters
        .get("response_type")
        .and_then(|name| offered(flow, name).ok())
        .unwrap_or(ResponseType::CODE)
}

fn offered<S: AuthorizationServer>(flow: &Flow<'_, S>, name: &str) -> Result<ResponseType> {
    let response_type: ResponseType = name.parse()?;
    if flow.server.metadata().has_response_type(response_type) {
        Ok(response_type)
    } else {
        Err(ErrorCode::UnsupportedResponseType.into())
    }
}
