//! [`Fetcher`]: GET requests to URLs that strangers name.

mod cache;
mod connection;
#[cfg(feature = "conformance")]
mod documents;
mod error;
mod freshness;
mod pace;
mod resolver;
mod target;

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use rustls::ClientConfig;

pub(crate) use self::cache::Cache;
#[cfg(feature = "conformance")]
pub(crate) use self::documents::Documents;
pub use self::error::FetchError;
use self::pace::Pace;
use self::resolver::AnyResolver;
pub use self::resolver::{Resolver, SystemResolver};
use self::target::Target;
use super::{HttpError, https};
use crate::client::is_public_address;
use crate::clock::within;
use crate::limits::Network;

/// Fetches documents from URLs that strangers name: the metadata of clients that come by themselves, and the keys of clients.
/// Whoever names a URL makes this server send a request, so that it may not reach what only this server can:
///
/// - `https` alone, without user information and without a fragment. A redirect is an error, as is every status but 200; proxies
///   of the environment are passed over.
/// - The name is resolved once. If *any* of its addresses is special (RFC 6890: loopback, private, link-local, metadata services of
///   clouds, IPv4 within IPv6), nothing is sent; the connection goes to an address that was judged. Names without a dot,
///   `localhost`, `*.local` and `*.internal` are not even resolved.
/// - A whole fetch takes 2.5 seconds at most, and its body has a limit.
/// - Fetches are limited by the address that asks for them, by the host that is asked, and in total.
///
/// The field `#[fetcher]` of a server is one; a server without has the default. Cloning shares the limits. It needs a Tokio
/// runtime.
///
/// ```
/// use oauth_core::http::Fetcher;
///
/// let fetcher = Fetcher::new()?;
/// # Ok::<(), oauth_core::http::HttpError>(())
/// ```
#[derive(Clone)]
pub struct Fetcher {
    tls: Arc<ClientConfig>,
    resolver: Arc<dyn AnyResolver>,
    loopback_port: Option<u16>,
    pace: Arc<Pace>,
    /// The web, where tests stand for it.
    #[cfg(feature = "conformance")]
    documents: Option<Documents>,
}

/// A body, and how long it may be kept.
pub(crate) struct Fetched {
    pub(crate) body: Bytes,
    pub(crate) fresh_for: Duration,
}

/// The reason of a fetch, as far as it changes how it is limited.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wish {
    /// The address of whoever made us fetch, where it is known.
    pub(crate) address: Option<Network>,
    /// True if the URL had a valid document before: no stranger keeps it from being asked again.
    pub(crate) is_known: bool,
    /// The time, by the server's clock.
    pub(crate) now: Instant,
}

impl Fetcher {
    /// The time of a whole fetch, from the resolution of the name to the end of the body.
    pub const TIMEOUT: Duration = Duration::from_millis(2500);

    /// A fetcher that trusts the system's certificates and resolves names as the system does.
    ///
    /// # Errors
    ///
    /// If TLS cannot be set up.
    pub fn new() -> Result<Self, HttpError> {
        Self::trusting(https::tls(https::system_roots())?)
    }

    /// A fetcher that trusts these root certificates (PEM) instead of the system's.
    ///
    /// # Errors
    ///
    /// If the text is no PEM, or has no certificate.
    pub fn with_root_certificates(pem: impl AsRef<[u8]>) -> Result<Self, HttpError> {
        Self::trusting(https::tls(https::roots_of_pem(pem)?)?)
    }

    #[allow(clippy::unnecessary_wraps, reason = "its callers are fallible")]
    fn trusting(tls: ClientConfig) -> Result<Self, HttpError> {
        Ok(Self {
            tls: Arc::new(tls),
            resolver: Arc::new(SystemResolver),
            loopback_port: None,
            pace: Arc::default(),
            #[cfg(feature = "conformance")]
            documents: None,
        })
    }

    /// Sets who resolves names: what it answers is judged as the system's answers are.
    #[must_use]
    pub fn resolver(mut self, resolver: impl Resolver) -> Self {
        self.resolver = Arc::new(resolver);
        self
    }

    /// Lets documents on loopback be fetched at this one port, for development and tests: everything else on the machine stays
    /// out of reach. Not for production: who can make this server fetch speaks to what listens there.
    #[must_use]
    pub const fn danger_loopback_port(mut self, port: u16) -> Self {
        self.loopback_port = Some(port);
        self
    }

    /// Fetches a document of at most this many bytes.
    pub(crate) async fn fetch(&self, url: &str, most: usize, wish: Wish) -> Result<Fetched, FetchError> {
        let target = Target::parse(url, self.loopback_port)?;
        let _turn = self.pace.begin(target.host(), wish)?;
        #[cfg(feature = "conformance")]
        if let Some(documents) = &self.documents {
            return documents.get(url, most);
        }
        let exchange = async {
            let addresses = self.addresses(&target).await?;
            connection::get(&self.tls, &target, addresses, most).await
        };
        within(Self::TIMEOUT, exchange).await.unwrap_or(Err(FetchError::Http(HttpError::Timeout)))
    }

    /// The addresses of a host, resolved once and all of them judged: what is connected to is one of these.
    async fn addresses(&self, target: &Target) -> Result<Vec<SocketAddr>, FetchError> {
        let addresses = match target.literal() {
            Some(address) => vec![SocketAddr::new(address, target.port())],
            None => self.resolver.resolve(target.host()).await.map_err(FetchError::Http)?,
        };
        let port = |address: &SocketAddr| if address.port() == 0 { target.port() } else { address.port() };
        let addresses: Vec<_> =
            addresses.into_iter().map(|address| SocketAddr::new(address.ip(), port(&address))).collect();
        if addresses.is_empty() {
            return Err(FetchError::Refused("its host has no address"));
        }
        if !addresses.iter().all(|address| self.may_be_asked(address.ip(), address.port())) {
            return Err(FetchError::Refused("an address of its host is a special one (RFC 6890)"));
        }
        Ok(addresses)
    }

    fn may_be_asked(&self, address: IpAddr, port: u16) -> bool {
        is_public_address(address) || address.is_loopback() && self.loopback_port == Some(port)
    }
}

impl fmt::Debug for Fetcher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fetcher").field("loopback_port", &self.loopback_port).finish_non_exhaustive()
    }
}
