//! The resolution of names.

use std::net::{SocketAddr, ToSocketAddrs as _};
use std::pin::Pin;

use super::HttpError;

/// Resolves the names of hosts for a [`Fetcher`](super::Fetcher), which judges what it answers: for a DNS server of your own, or
/// for tests.
///
/// ```
/// use std::net::SocketAddr;
///
/// use oauth_core::http::{HttpError, Resolver};
///
/// struct OneHost;
///
/// impl Resolver for OneHost {
///     async fn resolve(&self, _host: &str) -> Result<Vec<SocketAddr>, HttpError> {
///         // Port 0: that of the URL.
///         Ok(vec![SocketAddr::from(([192, 0, 2, 1], 0))])
///     }
/// }
/// ```
pub trait Resolver: Send + Sync + 'static {
    /// The addresses of a host. Port 0 is that of the URL.
    ///
    /// # Errors
    ///
    /// If the name cannot be resolved.
    fn resolve(&self, host: &str) -> impl Future<Output = Result<Vec<SocketAddr>, HttpError>> + Send;
}

/// The resolver of the system.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemResolver;

impl Resolver for SystemResolver {
    async fn resolve(&self, host: &str) -> Result<Vec<SocketAddr>, HttpError> {
        let host = host.to_owned();
        let lookup = tokio::task::spawn_blocking(move || (host.as_str(), 0).to_socket_addrs());
        let addresses = lookup.await.map_err(HttpError::failed)?.map_err(HttpError::failed)?;
        Ok(addresses.collect())
    }
}

type Resolved<'a> = Pin<Box<dyn Future<Output = Result<Vec<SocketAddr>, HttpError>> + Send + 'a>>;

/// [`Resolver`] without its type.
pub(super) trait AnyResolver: Send + Sync {
    fn resolve<'a>(&'a self, host: &'a str) -> Resolved<'a>;
}

impl<R: Resolver> AnyResolver for R {
    fn resolve<'a>(&'a self, host: &'a str) -> Resolved<'a> {
        Box::pin(Resolver::resolve(self, host))
    }
}
