//! Listening, and ending in order.

use std::error::Error;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;

/// How long requests under way may take to end; some never would.
const GRACE: Duration = Duration::from_secs(3);

/// Listens on the address in the first argument; without one, on `127.0.0.1:8080`.
pub async fn listen() -> Result<TcpListener, String> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8080".to_owned());
    let address =
        address.parse().map_err(|_| format!("`{address}` is not an address such as 127.0.0.1:8080"))?;
    listen_on(address).await
}

/// Listens on an address.
pub async fn listen_on(address: SocketAddr) -> Result<TcpListener, String> {
    TcpListener::bind(address).await.map_err(|cause| match cause.kind() {
        ErrorKind::AddrInUse => format!(
            "cannot listen on {address}: another program uses this port; stop it, or choose another port"
        ),
        _ => format!("cannot listen on {address}: {cause}"),
    })
}

/// Serves until Ctrl-C or SIGTERM, and then ends what is under way.
pub async fn serve(listener: TcpListener, app: Router) -> io::Result<()> {
    let (stop, stopped) = tokio::sync::oneshot::channel();
    let stop_signal = stop_signal()?;
    let signal = async {
        stop_signal.await;
        // The receiver is below, and waits.
        let _ = stop.send(());
    };
    let server = axum::serve(listener, app).with_graceful_shutdown(signal);
    let overtime = async {
        match stopped.await {
            Ok(()) => tokio::time::sleep(GRACE).await,
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! {
        ended = server => ended,
        () = overtime => Ok(()),
    }
}

/// Waits for Ctrl-C or SIGTERM. From now on, and not only once it is polled, neither ends the process by itself.
#[cfg(unix)]
fn stop_signal() -> io::Result<impl Future<Output = ()> + Send> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Waits for Ctrl-C.
#[cfg(not(unix))]
fn stop_signal() -> io::Result<impl Future<Output = ()> + Send> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}

/// An error that leaves its causes to [`source`](Error::source), with them, in one line.
pub fn one_line(error: &(dyn Error + 'static)) -> String {
    let mut line = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        line.push_str(": ");
        line.push_str(&cause.to_string());
        next = cause.source();
    }
    line
}
