//! `response_mode`: how an authorization response reaches the client (OAuth 2.0 Multiple Response Type Encoding Practices
//! §2.1).

use crate::error::{Error, Result};
use crate::grant::ResponseType;

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

    /// The mode of a request.
    ///
    /// # Errors
    ///
    /// `invalid_request` if it is unknown, or `query` for tokens: Multiple Response Types §3, "the Response Mode value
    /// `query` MUST NOT be used" then.
    pub(crate) fn parse(requested: Option<&str>, response_type: ResponseType) -> Result<Self> {
        let Some(requested) = requested else {
            return Ok(Self::default_of(response_type));
        };
        match Self::ALL.into_iter().find(|mode| mode.as_str() == requested) {
            None => Err(Error::invalid_request("this server does not offer the response_mode")),
            Some(Self::Query) if response_type.is_front_channel() => {
                Err(Error::invalid_request("response_mode query would put tokens into the query"))
            }
            Some(mode) => Ok(mode),
        }
    }
}
