//! The environment that a server runs in: what it does not know of itself.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::declared::Declared;
use crate::binding::{AnyBinding, Binding};
use crate::client_auth::{AnyClientAuth, ClientAuth};
use crate::clock::Clock;
use crate::event::{Log, Observer};
use crate::frame::{AuthorizationServer, Endpoint, ListedEndpoint, Resource};
use crate::keys::StoredKeys;
use crate::limits::Cidr;
use crate::scope::Scope;
use crate::standing::Step;
use crate::store::{AnyReplayStore, AuditTable, ReplayStore};

/// The parts that a running server is given beside its own configuration, for
/// [`start_in`](super::Start::start_in). The default is what production needs.
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
    pub(super) instance: Option<String>,
    pub(super) audit: Option<AuditTable>,
    pub(super) endpoints: Vec<ListedEndpoint<S>>,
    pub(super) trusted_proxies: Vec<Cidr>,
    pub(super) body_timeout: Duration,
    pub(super) pending_device_codes: u32,
    pub(crate) bindings: Vec<Arc<dyn AnyBinding>>,
    pub(crate) replay_ids: Option<Arc<dyn AnyReplayStore>>,
    pub(super) client_authentication: Vec<Arc<dyn AnyClientAuth>>,
    pub(super) declared: Declared,
    pub(super) background: Vec<Step>,
    pub(super) keys: Vec<StoredKeys>,
}

impl<S> Environment<S> {
    /// The environment of production.
    pub fn new() -> Self {
        Self {
            clock: Clock::system(),
            observer: Arc::new(Log),
            instance: None,
            audit: None,
            endpoints: Vec::new(),
            trusted_proxies: Vec::new(),
            body_timeout: Duration::from_secs(30),
            pending_device_codes: 10_000,
            bindings: Vec::new(),
            replay_ids: None,
            client_authentication: Vec::new(),
            declared: Declared::default(),
            background: Vec::new(),
            keys: Vec::new(),
        }
    }

    /// Sets the clock. Default: the system's.
    #[must_use]
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Sets who sees the [events](crate::event). Default: [`Log`], a line each; several are [`All`](crate::event::All).
    #[must_use]
    pub fn observer(mut self, observer: impl Observer) -> Self {
        self.observer = Arc::new(observer);
        self
    }

    /// Keeps the events in an audit table, beside what the observer does with them. [`maintain`](super::RunningServer::maintain) writes it,
    /// and [`serve`](crate::serve()) the last of it. Default: none.
    #[must_use]
    pub fn audit(mut self, table: AuditTable) -> Self {
        self.audit = Some(table);
        self
    }

    /// Names this process in its events, where several are behind one issuer. Default: 8 random characters, others at each start.
    #[must_use]
    pub fn instance(mut self, name: impl Into<String>) -> Self {
        self.instance = Some(name.into());
        self
    }

    /// Names the reverse proxies in front of the server, by their addresses as it sees them: their `X-Forwarded-For` or `Forwarded`
    /// (RFC 7239) says where a request comes from. Default: none.
    ///
    /// What counts by address is not limited where the peer is on loopback or in a private network, unless this names it: see
    /// [`limits`](crate::limits).
    ///
    /// ```
    /// # use oauth_core::server::Environment;
    /// # fn environment<S>() -> Result<Environment<S>, oauth_core::limits::InvalidCidr> {
    /// Ok(Environment::new().trusted_proxies(["127.0.0.1".parse()?, "10.0.0.0/8".parse()?]))
    /// # }
    /// ```
    #[must_use]
    pub fn trusted_proxies(mut self, proxies: impl IntoIterator<Item = Cidr>) -> Self {
        self.trusted_proxies = proxies.into_iter().collect();
        self
    }

    /// Sets how long the body of a request may take, then the answer is 408. Default: 30 seconds. Headers come before the server
    /// sees a request: whoever accepts its connections sets a deadline for them.
    #[must_use]
    pub const fn body_timeout(mut self, timeout: Duration) -> Self {
        self.body_timeout = timeout;
        self
    }

    /// Sets how many device codes of one client may be pending at once, about: each is kept until it expires, and a public client
    /// is whoever says so. More are refused with 503. Default: 10 000.
    #[must_use]
    pub const fn pending_device_codes(mut self, most: u32) -> Self {
        self.pending_device_codes = most;
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

    /// Sets where a resource of another server keeps the identifiers of DPoP proofs (RFC 9449 §11.1), so that its instances share
    /// them. Default: each has a memory of its own. A server keeps them where its validator says.
    #[must_use]
    pub fn replay_ids(mut self, store: impl ReplayStore + 'static) -> Self {
        self.replay_ids = Some(Arc::new(store));
        self
    }

    /// Adds scopes that are data, such as those of a database, to the ones that the server declares. Requests, clients, consent, metadata
    /// and report know both alike; a description counts before that of the same scope in the server. The start refuses what
    /// `scopes(…)` would. A handler asks for scopes that the server itself declares: no compiler sees these.
    ///
    /// A [`Scope`] borrows its text for as long as the program runs: what was read is [leaked](String::leak), once a start.
    ///
    /// ```
    /// use oauth_core::prelude::*;
    /// use oauth_core::server::{Environment, Resource};
    ///
    /// # #[validator] struct Accounts { #[store] store: MemoryStore }
    /// # #[authorization_server(grants(client_credentials), issuer = "https://auth.example.com")]
    /// # struct AuthServer { #[validator] accounts: Accounts }
    /// # let accounts = Accounts { store: MemoryStore::new() };
    /// let rows = vec![("mail.read".to_owned(), "Read your mail".to_owned())];
    /// let scopes = rows.into_iter().map(|(name, text)| Scope::described(name.leak(), text.leak()));
    /// let mail = Resource::new("https://api.example.com/mail").scopes(&["mail.read"]);
    /// let server = AuthServer { accounts }.start_in(Environment::new().scopes(scopes).resources([mail]))?;
    /// assert_eq!(server.report().scopes[0].name, "mail.read");
    /// # Ok::<(), oauth_core::server::ConfigurationError>(())
    /// ```
    #[must_use]
    pub fn scopes(mut self, scopes: impl IntoIterator<Item = Scope>) -> Self {
        self.declared.scopes.extend(scopes);
        self
    }

    /// Adds scopes that clients may have which came by themselves, as [`scopes`](Self::scopes) does: to those of
    /// `unverified_scopes(…)`.
    #[must_use]
    pub fn unverified_scopes(mut self, names: impl IntoIterator<Item = &'static str>) -> Self {
        self.declared.unverified_scopes.extend(names);
        self
    }

    /// Adds resources that the server issues tokens for (RFC 8707), as [`scopes`](Self::scopes) does.
    #[must_use]
    pub fn resources(mut self, resources: impl IntoIterator<Item = Resource>) -> Self {
        self.declared.resources.extend(resources);
        self.declared.has_resources = true;
        self
    }

    /// Adds background work of the application's own, which [`maintain`](super::RunningServer::maintain) does: a step that is done again
    /// and again, and says how long to wait until the next. It sees to its own failures.
    ///
    /// ```
    /// use std::time::Duration;
    ///
    /// # use oauth_core::server::Environment;
    /// # async fn fetch_partners() {}
    /// # fn environment<S>() -> Environment<S> {
    /// Environment::new().background(|| async {
    ///     fetch_partners().await;
    ///     Duration::from_secs(60)
    /// })
    /// # }
    /// ```
    #[must_use]
    pub fn background<F>(mut self, step: impl Fn() -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Duration> + Send + 'static,
    {
        self.background.push(Arc::new(move || Box::pin(step())));
        self
    }

    /// Keeps up with keys that instances share, wherever the server has rings of them: they are read once a minute, and the next are made
    /// in time. It is [background](Self::background) work. Their events are events of the server, unless their policy
    /// [names an observer](crate::keys::KeyPolicy::observer).
    #[must_use]
    pub fn keys(mut self, keys: StoredKeys) -> Self {
        self.keys.push(keys.clone());
        self.background(move || {
            let keys = keys.clone();
            async move {
                keys.keep_up().await;
                Duration::ZERO
            }
        })
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
