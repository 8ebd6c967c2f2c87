//! The constants of the registration of clients by themselves.

use std::time::Duration;

/// The registration of clients by themselves, RFC 7591 and RFC 7592. `registration(…)` of `#[authorization_server]` writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RegistrationConfig {
    /// The path of the endpoint, relative to the issuer. Default: `/register`.
    pub path: &'static str,
    /// True if an initial access token is needed (RFC 7591 §3), which
    /// [`validate_initial_access_token`](crate::validator::RequestValidator::validate_initial_access_token) knows, and
    /// [`claim_initial_access_token`](crate::validator::RequestValidator::claim_initial_access_token) uses up. Such a client may have
    /// `client_credentials`. Default: no, anybody may register.
    pub initial_access_token: bool,
    /// The time in which a client must get a first token: else it is forgotten. Default: 24 hours.
    pub unused_lifetime: Duration,
    /// The time after its last token in which a client is forgotten. Default: 90 days.
    pub idle_lifetime: Duration,
    /// The most clients that are registered at once. Default: 10 000.
    pub most: u64,
}

impl RegistrationConfig {
    /// Open registration, with the defaults.
    pub const OPEN: Self = Self {
        path: "/register",
        initial_access_token: false,
        unused_lifetime: Duration::from_hours(24),
        idle_lifetime: Duration::from_hours(90 * 24),
        most: 10_000,
    };

    /// Demands an initial access token.
    #[must_use]
    pub const fn initial_access_token(mut self) -> Self {
        self.initial_access_token = true;
        self
    }

    /// Sets the path.
    #[must_use]
    pub const fn path(mut self, path: &'static str) -> Self {
        self.path = path;
        self
    }

    /// Sets the time in which a client must get a first token.
    #[must_use]
    pub const fn unused_lifetime(mut self, lifetime: Duration) -> Self {
        self.unused_lifetime = lifetime;
        self
    }

    /// Sets the time after its last token in which a client is forgotten.
    #[must_use]
    pub const fn idle_lifetime(mut self, lifetime: Duration) -> Self {
        self.idle_lifetime = lifetime;
        self
    }

    /// The duration of this name.
    pub(crate) fn duration(&self, name: &str) -> Option<Duration> {
        Some(match name {
            "unused_lifetime" => self.unused_lifetime,
            "idle_lifetime" => self.idle_lifetime,
            _ => return None,
        })
    }

    /// Sets how many clients may be registered at once.
    #[must_use]
    pub const fn most(mut self, clients: u64) -> Self {
        self.most = clients;
        self
    }
}
