//! Pushed authorization requests, RFC 9126, as a server is configured for them.

use std::time::Duration;

/// The way that clients push authorization requests: `pushed_authorization_requests(…)` of `#[authorization_server]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct PushedAuthorizationRequests {
    /// True if every client must (RFC 9126 §5). Default: those that registered so.
    pub is_required: bool,
    /// The time until a browser must have loaded what was pushed, from five seconds to ten minutes (RFC 9126 §2.2: "relatively short
    /// (e.g., between 5 and 600 seconds)"). Default: one minute.
    pub expires_in: Duration,
}

impl PushedAuthorizationRequests {
    /// The defaults.
    pub const fn new() -> Self {
        Self { is_required: false, expires_in: Duration::from_mins(1) }
    }

    /// Refuses every authorization request that was not pushed.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.is_required = true;
        self
    }

    /// Sets the time until a browser must have loaded what was pushed.
    #[must_use]
    pub const fn expires_in(mut self, expires_in: Duration) -> Self {
        self.expires_in = expires_in;
        self
    }
}

impl Default for PushedAuthorizationRequests {
    fn default() -> Self {
        Self::new()
    }
}
