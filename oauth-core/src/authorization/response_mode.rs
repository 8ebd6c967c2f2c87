//! `response_mode`: how an authorization response reaches the client (OAuth 2.0 Multiple Response Type Encoding Practices
//! §2.1).

use super::{Flow, Parameters, response_type};
use crate::error::{Error, Result};
use crate::grant::ResponseType;
use crate::server::AuthorizationServer;

/// How the parameters of an authorization response travel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ResponseMode {
    /// In the query of the redirect URI.
    Query,
    /// In its fragment.
    Fragment,
    /// In the body of a POST (OAuth 2.0 Form Post Response Mode §2).
    FormPost,
}

impl ResponseMode {
    /// Those that a server offers.
    pub(crate) const ALL: [Self; 3] = [Self::Query, Self::Fragment, Self::FormPost];

    /// The value as it is sent.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::Fragment => "fragment",
            Self::FormPost => "form_post",
        }
    }

    /// Multiple Response Types §5: what carries tokens goes into the fragment by default, all else into the query.
    pub const fn default_of(response_type: ResponseType) -> Self {
        if response_type.is_front_channel() { Self::Fragment } else { Self::Query }
    }
}

/// OAuth 2.0 Multiple Response Types §2.1, §3: `invalid_request` if the mode is unknown, or `query` for tokens, "the Response
/// Mode value `query` MUST NOT be used" then.
pub(super) fn check<S: AuthorizationServer>(
    flow: &Flow<'_, S>,
    response_type: ResponseType,
) -> Result<ResponseMode> {
    parse(flow.parameters, response_type)
}

/// How an error travels, whatever is wrong with the request: as it asks for, if that can be.
pub(super) fn of_errors<S: AuthorizationServer>(parameters: &Parameters) -> ResponseMode {
    let response_type = response_type::of_errors::<S>(parameters);
    parse(parameters, response_type).unwrap_or(ResponseMode::default_of(response_type))
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
