//! The requests, as they are on the wire.

/// The credentials of the client.
const AUTHORIZATION: &str = "Basic d29ya2VyOmEtc2VjcmV0LW9mLXRoaXJ0eS10d28tYnl0ZXMtb3ItbW9yZQ==";

/// The token request of all servers: `worker` with its secret, for the scope `jobs`.
pub(crate) fn client_credentials() -> String {
    post("/token", "", "grant_type=client_credentials&scope=jobs")
}

/// A form of the client's, with more headers, each of which ends its line.
pub(crate) fn post(path: &str, headers: &str, form: &str) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: {AUTHORIZATION}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\n{headers}Content-Length: {}\r\n\r\n{form}",
        form.len()
    )
}

/// Asks for what is at a path, with headers, each of which ends its line.
pub(crate) fn get(path: &str, headers: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{headers}\r\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::servers::{CLIENT, SCOPE, SECRET};

    #[test]
    fn the_request_is_the_client_s() {
        let request = client_credentials();
        let (head, form) = request.split_once("\r\n\r\n").unwrap();
        assert!(head.ends_with(&format!("Content-Length: {}", form.len())));
        assert!(form.ends_with(&format!("scope={SCOPE}")));
        // base64 has three bytes in four letters.
        let credentials = head.split("Basic ").nth(1).unwrap().lines().next().unwrap();
        assert_eq!(credentials.len(), (CLIENT.len() + 1 + SECRET.len()).div_ceil(3) * 4);
    }
}
