//! Connections: those that come, and those that are open.

use std::convert::Infallible;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::response::Response;
use axum::routing::future::RouteFuture;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1::Builder;
use hyper::service::Service;
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tower_service::Service as _;

use super::patience::Patience;

/// The pause after a connection could not be accepted: too many files are open.
const PAUSE: Duration = Duration::from_millis(100);

/// The open connections, each of which listens to the channel and leaves it when it is closed.
pub(super) struct Connections {
    header_timeout: Duration,
    end: watch::Sender<bool>,
}

impl Connections {
    pub(super) fn new(header_timeout: Duration) -> Self {
        Self { header_timeout, end: watch::Sender::new(false) }
    }

    /// Accepts until something else happens.
    pub(super) async fn accept_until<F: Future>(&self, listener: &TcpListener, app: &Router, stop: F) {
        let mut stop = pin!(stop);
        loop {
            let accepted = tokio::select! {
                biased;
                _ = &mut stop => return,
                accepted = listener.accept() => accepted,
            };
            match accepted {
                Ok((stream, peer)) => self.open(stream, peer, app),
                Err(cause) if is_of_one_connection(&cause) => {}
                Err(cause) => {
                    tracing::warn!(target: "oauth_core", %cause, "a connection could not be accepted");
                    tokio::time::sleep(PAUSE).await;
                }
            }
        }
    }

    fn open(&self, stream: TcpStream, peer: SocketAddr, app: &Router) {
        // Answers are small and whole.
        let _ = stream.set_nodelay(true);
        let service = OfPeer { app: app.clone(), peer };
        let patience = Patience::default();
        let mut watch = patience.watch(self.header_timeout);
        let mut http = Builder::new();
        http.timer(patience).header_read_timeout(self.header_timeout);
        let connection = http.serve_connection(TokioIo::new(stream), service).with_upgrades();
        let mut end = self.end.subscribe();
        tokio::spawn(async move {
            let mut connection = pin!(connection);
            tokio::select! {
                biased;
                () = watch.over(connection.as_mut()) => return,
                _ = end.wait_for(|is_ending| *is_ending) => {}
            }
            connection.as_mut().graceful_shutdown();
            watch.over(connection).await;
        });
    }

    /// Closes what is idle, and waits until what is under way has been answered.
    pub(super) async fn finish(self, grace: Duration) {
        self.end.send_replace(true);
        if tokio::time::timeout(grace, self.end.closed()).await.is_err() {
            let open = self.end.receiver_count();
            tracing::warn!(target: "oauth_core", open, "some requests did not end in time");
        }
    }
}

/// The application, for the requests of one connection. As a layer over each of its routes, what it adds would be one more future a
/// request.
struct OfPeer {
    app: Router,
    peer: SocketAddr,
}

impl Service<Request<Incoming>> for OfPeer {
    type Response = Response;
    type Error = Infallible;
    type Future = RouteFuture<Infallible>;

    fn call(&self, mut request: Request<Incoming>) -> Self::Future {
        request.extensions_mut().insert(ConnectInfo(self.peer));
        self.app.clone().call(request)
    }
}

/// One that broke before it was accepted says nothing about the next.
fn is_of_one_connection(cause: &io::Error) -> bool {
    use ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(cause.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}
