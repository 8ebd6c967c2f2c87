//! The requests, as they are on the wire.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::servers::{CLIENT, SECRET};

/// The form of the token requests of all servers.
pub(crate) const CLIENT_CREDENTIALS: &str = "grant_type=client_credentials&scope=jobs";

/// The value of the `Authorization` header of a client: all have one secret.
pub(crate) fn basic(client: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{client}:{SECRET}")))
}

/// A form of the client of all servers, with more headers, each of which ends its line.
pub(crate) fn post(path: &str, headers: &str, form: &str) -> String {
    let authorization = basic(CLIENT);
    format!(
        "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: {authorization}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\n{headers}Content-Length: {}\r\n\r\n{form}",
        form.len()
    )
}

/// Asks for what is at a path, with headers, each of which ends its line.
pub(crate) fn get(path: &str, headers: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}\r\n")
}
