//! The mistakes in a client's metadata.

use std::error::Error as StdError;
use std::fmt;

/// The reason why a client cannot be registered: one sentence that names the mistake and the rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidClientMetadata {
    reason: String,
    member: Option<&'static str>,
    index: Option<usize>,
}

impl InvalidClientMetadata {
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), member: None, index: None }
    }

    /// The mistake, placed in this member.
    pub(crate) const fn of(mut self, member: &'static str) -> Self {
        self.member = Some(member);
        self
    }

    /// The mistake, placed in this value of an array.
    pub(crate) const fn at(mut self, member: &'static str, index: usize) -> Self {
        self.member = Some(member);
        self.index = Some(index);
        self
    }

    /// The member that is wrong, such as `redirect_uris`.
    pub const fn member(&self) -> Option<&'static str> {
        self.member
    }

    /// The index of the value that is wrong, from 0, where the member is an array.
    pub const fn index(&self) -> Option<usize> {
        self.index
    }

    /// The `error` of a registration response, RFC 7591 §3.2.2: `invalid_redirect_uri` if "the value of one or more redirection
    /// URIs is invalid", or else `invalid_client_metadata`.
    pub fn code(&self) -> &'static str {
        if self.member == Some("redirect_uris") { "invalid_redirect_uri" } else { "invalid_client_metadata" }
    }
}

impl fmt::Display for InvalidClientMetadata {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl StdError for InvalidClientMetadata {}
