//! What a server runs in: what it does not know of itself.

use crate::clock::Clock;

/// What a running server is given beside its own configuration, for
/// [`start_in`](super::AuthorizationServer::start_in). The default is what production needs.
///
/// ```
/// use std::time::Duration;
///
/// use oauth_core::clock::Clock;
/// use oauth_core::prelude::*;
/// use oauth_core::server::Environment;
///
/// # #[validator] struct Accounts { #[store] store: MemoryStore }
/// # #[authorization_server(grants(client_credentials), issuer = "https://auth.example.com")]
/// # struct AuthServer { #[validator] accounts: Accounts }
/// # let accounts = Accounts { store: MemoryStore::new() };
/// let clock = Clock::manual();
/// let server = AuthServer { accounts }.start_in(Environment::new().clock(clock.clone()))?;
/// let before = server.now();
/// clock.advance(Duration::from_secs(3600));
/// assert_eq!(server.now().since(before), Duration::from_secs(3600));
/// # Ok::<(), oauth_core::server::ConfigurationError>(())
/// ```
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Environment {
    /// The clock. Default: the system's.
    pub clock: Clock,
}

impl Environment {
    /// The environment of production.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the clock.
    #[must_use]
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }
}
