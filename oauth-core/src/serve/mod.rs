//! Serving an application until it is told to stop, and ending in order.
//!
//! [`serve`] listens, runs the background work of servers, and drains on SIGTERM and Ctrl-C. An application that listens by itself
//! runs [`RunningServer::maintain`] beside it, and calls [`RunningServer::drain`] before it stops.

mod connections;
mod instance;
mod patience;
mod signal;

use std::fmt;
use std::future::IntoFuture;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::net::{TcpListener, ToSocketAddrs};

use self::connections::Connections;
use self::instance::{Background, Instance};
use self::signal::{Signal, stop_signals};
use crate::frame::{AuthorizationServer, RunningServer};

/// Serves an axum application over HTTP/1.1, to be awaited. Requests know the address that they come from, as a
/// [`ConnectInfo`](axum::extract::ConnectInfo), and whoever connects and says nothing is not waited for.
///
/// ```no_run
/// use oauth_core::prelude::*;
/// # #[validator] struct Accounts { #[store] store: MemoryStore }
/// # #[authorization_server(grants(client_credentials), issuer = "https://auth.example.com")]
/// # struct AuthServer { #[validator] accounts: Accounts }
/// # async fn example() -> std::result::Result<(), Box<dyn std::error::Error>> {
/// # let accounts = Accounts { store: MemoryStore::new() };
/// let server = AuthServer { accounts }.start()?;
/// let app = server.clone().into_router().merge(server.health().into_router());
/// let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
/// oauth_core::serve(listener, app).maintain(&server).await?;
/// # Ok(())
/// # }
/// ```
///
/// # Stopping
///
/// At SIGTERM or Ctrl-C the servers that it [maintains](Serve::maintain) are no longer [ready](RunningServer::health), and requests
/// are answered as before while load balancers [notice](Serve::notice). Then nothing is accepted, requests that are under way have
/// [a while](Serve::grace) to end, and what there is to tell clients over the back channel is tried once more. A second signal shortens
/// the notice. What a store has acknowledged it has kept: close it afterwards.
///
/// # Errors
///
/// If it cannot listen for signals.
pub fn serve(listener: TcpListener, app: Router) -> Serve {
    Serve {
        listener,
        app,
        instances: Vec::new(),
        notice: Serve::DEFAULT_NOTICE,
        grace: Serve::DEFAULT_GRACE,
        header_timeout: Serve::DEFAULT_HEADER_TIMEOUT,
        stop: None,
    }
}

impl<S: AuthorizationServer> RunningServer<S> {
    /// Serves its router, and nothing besides, at an address such as `"127.0.0.1:8080"`, with its background work, until the process is
    /// told to stop: [`serve`] in one line.
    ///
    /// # Errors
    ///
    /// If it cannot listen there, or not for signals.
    pub async fn serve(self, address: impl ToSocketAddrs + fmt::Display) -> io::Result<()> {
        let bound = TcpListener::bind(&address).await;
        let said =
            |cause: io::Error| io::Error::new(cause.kind(), format!("cannot listen on {address}: {cause}"));
        serve(bound.map_err(said)?, self.clone().into_router()).maintain(&self).await
    }
}

/// The serving of an application: see [`serve`].
#[must_use = "it serves once it is awaited"]
pub struct Serve {
    listener: TcpListener,
    app: Router,
    instances: Vec<Arc<dyn Instance>>,
    notice: Duration,
    grace: Duration,
    header_timeout: Duration,
    stop: Option<Stop>,
}

type Stop = Pin<Box<dyn Future<Output = ()> + Send>>;

impl Serve {
    /// The time that load balancers have to notice, unless set: five seconds.
    pub const DEFAULT_NOTICE: Duration = Duration::from_secs(5);
    /// The time that requests under way have to end, unless set: 25 seconds.
    pub const DEFAULT_GRACE: Duration = Duration::from_secs(25);
    /// The time that the headers of a request may take, unless set: 30 seconds.
    pub const DEFAULT_HEADER_TIMEOUT: Duration = Duration::from_secs(30);

    /// Runs the [background work](RunningServer::maintain) of a server that the application answers with, and drains it at the end.
    pub fn maintain<S: AuthorizationServer>(mut self, server: &RunningServer<S>) -> Self {
        self.instances.push(Arc::new(server.clone()));
        self
    }

    /// Sets how long it goes on accepting once it is told to stop, so that load balancers see that it is not
    /// [ready](RunningServer::health). Default: five seconds, where there is a server that says so.
    pub const fn notice(mut self, notice: Duration) -> Self {
        self.notice = notice;
        self
    }

    /// Sets how long requests under way have to end. Default: 25 seconds.
    pub const fn grace(mut self, grace: Duration) -> Self {
        self.grace = grace;
        self
    }

    /// Sets how long the headers of a request may take, and a connection be idle. Default: 30 seconds. Bodies have
    /// [a deadline of the server](crate::server::Environment::body_timeout).
    pub const fn header_timeout(mut self, timeout: Duration) -> Self {
        self.header_timeout = timeout;
        self
    }

    /// Sets what it stops at. Default: SIGTERM and Ctrl-C.
    pub fn until(mut self, stop: impl Future<Output = ()> + Send + 'static) -> Self {
        self.stop = Some(Box::pin(stop));
        self
    }

    async fn run(mut self) -> io::Result<()> {
        let mut signals = match self.stop.take() {
            Some(stop) => Signal::Once(stop),
            None => stop_signals()?,
        };
        let background: Vec<_> = self.instances.iter().map(Background::start).collect();
        let connections = Connections::new(self.header_timeout);
        connections.accept_until(&self.listener, &self.app, signals.next()).await;
        self.instances.iter().for_each(|instance| instance.drain());
        if !self.instances.is_empty() {
            let notice = tokio::time::timeout(self.notice, signals.next());
            connections.accept_until(&self.listener, &self.app, notice).await;
        }
        drop(self.listener);
        connections.finish(self.grace).await;
        drop(background);
        for instance in &self.instances {
            instance.finish().await;
        }
        Ok(())
    }
}

impl IntoFuture for Serve {
    type Output = io::Result<()>;
    type IntoFuture = Pin<Box<dyn Future<Output = io::Result<()>> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl fmt::Debug for Serve {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Serve")
            .field("listener", &self.listener)
            .field("notice", &self.notice)
            .field("grace", &self.grace)
            .finish_non_exhaustive()
    }
}
