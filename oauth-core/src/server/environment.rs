//! What a server runs in: what it does not know of itself.

use std::fmt;
use std::sync::Arc;

use super::AuthorizationServer;
use crate::binding::{AnyBinding, Binding};
use crate::client_auth::{AnyClientAuth, ClientAuth};
use crate::clock::Clock;
use crate::endpoint::{Endpoint, ListedEndpoint};
use crate::event::{Log, Observer};

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
pub struct Environment<S> {
    pub(crate) clock: Clock,
    pub(super) observer: Arc<dyn Observer>,
    pub(super) endpoints: Vec<ListedEndpoint<S>>,
    pub(crate) bindings: Vec<Arc<dyn AnyBinding>>,
    pub(super) client_authentication: Vec<Arc<dyn AnyClientAuth>>,
}

impl<S> Environment<S> {
    /// The environment of production.
    pub fn new() -> Self {
        Self {
            clock: Clock::system(),
            observer: Arc::new(Log),
            endpoints: Vec::new(),
            bindings: Vec::new(),
            client_authentication: Vec::new(),
        }
    }

    /// Sets the clock. Default: the system's.
    #[must_use]
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Sets who sees the [events](crate::event). Default: [`Log`], a line each.
    #[must_use]
    pub fn observer(mut self, observer: impl Observer) -> Self {
        self.observer = Arc::new(observer);
        self
    }

    /// Adds a [client authentication method](ClientAuth) of the application's own. The server offers it, whatever else it is
    /// configured to.
    #[must_use]
    pub fn client_authentication(mut self, method: impl ClientAuth + 'static) -> Self {
        self.client_authentication.push(Arc::new(method));
        self
    }

    /// Adds a [token binding](Binding) of the application's own: of a server, its resources beside it know it, too.
    #[must_use]
    pub fn binding(mut self, binding: impl Binding) -> Self {
        self.bindings.push(Arc::new(binding));
        self
    }

    /// Adds an [`Endpoint`] of the application's own.
    #[must_use]
    pub fn endpoint<E: Endpoint<S>>(mut self) -> Self
    where
        S: AuthorizationServer,
    {
        self.endpoints.push(ListedEndpoint::of::<E>());
        self
    }
}

impl<S> Default for Environment<S> {
    fn default() -> Self {
        Self::new()
    }
}

impl<S> fmt::Debug for Environment<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Environment").field("clock", &self.clock).finish_non_exhaustive()
    }
}
