//! `response_mode`: how an authorization response reaches the client (OAuth 2.0 Multiple Response Type Encoding Practices
//! §2.1).

use super::{Flow, Parameters, response_type};
use crate::client::ResponseType;
use crate::error::{Error, Result};
use crate::frame::AuthorizationServer;
use crate::request::ResponseMode;

/// OAuth 2.0 Multiple Response Types §2.1, §3: `invalid_request` if the mode is unknown, or `query` for tokens, "the Response
/// Mode value `query` MUST NOT be used" then.
pub(super) fn check<S: AuthorizationServer>(
    flow: &Flow<'_, S>,
    response_type: ResponseType,
) -> Result<ResponseMode> {
    parse(flow.parameters, response_type)
}

/// The way that an error travels, whatever is wrong with the request: as it asks for, if that can be.
pub(super) fn of_errors<S: AuthorizationServer>(flow: &Flow<'_, S>) -> ResponseMode {
    let response_type = response_type::of_errors(flow);
    parse(flow.parameters, response_type).unwrap_or(ResponseMode::default_of(response_type))
}

fn parse(parameters: &Parameters, response_type: ResponseType) -> Result<ResponseMode> {
    let Some(requested) = parameters.get("response_mode") else {
        return Ok(ResponseMode::default_of(response_type));
    };
    match ResponseMode::ALL.into_iter().find(|mode| mode.as_str() == requested) {
        None => Err(Error::invalid_request("this server does not offer the response_mode")),
        Some(ResponseMode::Query) if response_type.is_front_channel() => {
            Err(Error::invalid_request("response_mode query would put tokens into the query"))
        }
        Some(mode) => Ok(mode),
    }
}
