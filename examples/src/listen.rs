//! Listening, and errors in one line.

use std::error::Error;
use std::io::ErrorKind;
use std::net::SocketAddr;

use tokio::net::TcpListener;

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
