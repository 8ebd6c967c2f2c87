//! [`HttpsClient`]: hyper over rustls, with a provider of its own instead of the process's.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::USER_AGENT;
use http::uri::Authority;
use http::{HeaderValue, Request, Response, Uri};
use http_body_util::{BodyExt as _, Full, LengthLimitError, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use oauth_rules::http::is_port;
use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore};

use super::{HttpClient, HttpError};

/// An [`HttpClient`] that pools its connections; cloning is cheap and shares them. It trusts the certificates that the
/// system trusts (`SSL_CERT_FILE` and `SSL_CERT_DIR` are honoured), speaks TLS 1.2 and 1.3, uses no proxy, follows no
/// redirect, and sends to `http` URIs on loopback only. It needs a Tokio runtime.
///
/// ```
/// use std::time::Duration;
///
/// use oauth_core::http::HttpsClient;
///
/// let client = HttpsClient::new()?.timeout(Duration::from_secs(3)).max_response(64 * 1024);
/// # Ok::<(), oauth_core::http::HttpError>(())
/// ```
#[derive(Clone)]
pub struct HttpsClient {
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
    timeout: Duration,
    max_response: usize,
}

impl HttpsClient {
    /// The time for a whole request, from the connection to the end of the body: 10 seconds.
    pub const DEFAULT_TIMEOUT: Duration = Duration::from_secs(10);

    /// The largest body that is read: 1 MiB.
    pub const DEFAULT_MAX_RESPONSE: usize = 1024 * 1024;

    /// A client that trusts the system's certificates. They are read here, once.
    ///
    /// # Errors
    ///
    /// If TLS cannot be set up. A system without certificates is no error: it trusts nobody.
    pub fn new() -> Result<Self, HttpError> {
        Self::trusting(system_roots())
    }

    /// A client that trusts these root certificates (PEM) instead of the system's: a private authority's.
    ///
    /// # Errors
    ///
    /// If the text is no PEM, or has no certificate.
    pub fn with_root_certificates(pem: impl AsRef<[u8]>) -> Result<Self, HttpError> {
        Self::trusting(roots_of_pem(pem)?)
    }

    fn trusting(certificates: Vec<CertificateDer<'static>>) -> Result<Self, HttpError> {
        let https = HttpsConnectorBuilder::new()
            .with_tls_config(tls(certificates)?)
            .https_or_http()
            .enable_http1()
            .build();
        Ok(Self {
            client: Client::builder(TokioExecutor::new()).build(https),
            timeout: Self::DEFAULT_TIMEOUT,
            max_response: Self::DEFAULT_MAX_RESPONSE,
        })
    }

    /// Sets how long a whole request may take; [`DEFAULT_TIMEOUT`](Self::DEFAULT_TIMEOUT) if not set.
    #[must_use]
    pub const fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets how many bytes a body may have; [`DEFAULT_MAX_RESPONSE`](Self::DEFAULT_MAX_RESPONSE) if not set.
    #[must_use]
    pub const fn max_response(mut self, bytes: usize) -> Self {
        self.max_response = bytes;
        self
    }

    async fn exchange(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let response = self.client.request(request.map(Full::new)).await.map_err(HttpError::failed)?;
        let (parts, body) = response.into_parts();
        match Limited::new(body, self.max_response).collect().await {
            Ok(body) => Ok(Response::from_parts(parts, body.to_bytes())),
            Err(cause) if cause.is::<LengthLimitError>() => Err(HttpError::TooLarge),
            Err(cause) => Err(HttpError::Failed(cause)),
        }
    }
}

/// The certificates that the system trusts.
pub(super) fn system_roots() -> Vec<CertificateDer<'static>> {
    let found = rustls_native_certs::load_native_certs();
    for cause in found.errors {
        tracing::warn!(target: "oauth_core", %cause, "some of the system's root certificates cannot be read");
    }
    found.certs
}

/// The certificates of a PEM.
pub(super) fn roots_of_pem(pem: impl AsRef<[u8]>) -> Result<Vec<CertificateDer<'static>>, HttpError> {
    let roots = ::pem::parse_many(pem).map_err(HttpError::failed)?;
    let certificates: Vec<_> = roots
        .into_iter()
        .filter(|block| block.tag() == "CERTIFICATE")
        .map(|block| CertificateDer::from(block.into_contents()))
        .collect();
    if certificates.is_empty() {
        return Err(HttpError::failed("there is no `-----BEGIN CERTIFICATE-----` in the root certificates"));
    }
    Ok(certificates)
}

/// TLS with these roots. The provider is named: an application may have installed another for the process, or two, or none.
pub(super) fn tls(certificates: Vec<CertificateDer<'static>>) -> Result<ClientConfig, HttpError> {
    let mut roots = RootCertStore::empty();
    let (_, ignored) = roots.add_parsable_certificates(certificates);
    if ignored > 0 {
        tracing::warn!(target: "oauth_core", ignored, "some root certificates are malformed");
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(HttpError::failed)?;
    Ok(config.with_root_certificates(roots).with_no_client_auth())
}

impl fmt::Debug for HttpsClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpsClient")
            .field("timeout", &self.timeout)
            .field("max_response", &self.max_response)
            .finish_non_exhaustive()
    }
}

impl HttpClient for HttpsClient {
    async fn send(&self, mut request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        if !may_be_asked(request.uri()) {
            return Err(HttpError::Forbidden);
        }
        // Some servers refuse requests without one.
        request.headers_mut().entry(USER_AGENT).or_insert(HeaderValue::from_static("oauth-core"));
        tokio::time::timeout(self.timeout, self.exchange(request)).await.map_err(|_| HttpError::Timeout)?
    }
}

/// Tokens and keys travel over TLS (RFC 6750 §5.3), or do not leave the machine.
fn may_be_asked(uri: &Uri) -> bool {
    let Some(host) = uri.host() else { return false };
    if !has_proper_port(uri, host) {
        return false;
    }
    match uri.scheme_str() {
        Some("https") => true,
        Some("http") => {
            let address = host.trim_start_matches('[').trim_end_matches(']');
            host == "localhost" || address.parse().is_ok_and(|address: IpAddr| address.is_loopback())
        }
        _ => false,
    }
}

/// `Uri` takes a malformed port for none, and would be led to the default one.
pub(super) fn has_proper_port(uri: &Uri, host: &str) -> bool {
    let authority = uri.authority().map_or("", Authority::as_str);
    let host_and_port = authority.rsplit_once('@').map_or(authority, |(_, rest)| rest);
    host_and_port.strip_prefix(host).is_some_and(|port| is_port(port.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::may_be_asked;

    /// The type `Uri` reads `+80` as 80, and what is no port at all as if none were there.
    #[test]
    fn rfc3986_section_3_2_3_a_port_is_digits() {
        for bad in ["+80", "-80", "99999", "", "x", "80:80"] {
            for host in ["https://auth.example.com", "http://127.0.0.1", "http://[::1]", "http://localhost"] {
                let uri = format!("{host}:{bad}/keys");
                assert!(!uri.parse().is_ok_and(|uri| may_be_asked(&uri)), "{uri}");
            }
        }
        for good in [
            "https://auth.example.com:8443",
            "http://127.0.0.1:9000/keys",
            "http://[::1]:1/",
            "http://localhost",
        ] {
            assert!(may_be_asked(&good.parse().unwrap()), "{good}");
        }
    }
}
