//! `HttpsClient` over TLS: whom it trusts, and for which name.

use std::net::Ipv4Addr;
use std::sync::Arc;

use bytes::Bytes;
use http::Request as HttpRequest;
use oauth_core::http::{HttpClient as _, HttpError, HttpsClient};
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

const AUTHORITY: &str = include_str!("tls/ca.pem");

/// A server whose certificate, by the test authority, is for `localhost`. Its port.
async fn start() -> u16 {
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let certificate = CertificateDer::from_pem_slice(include_bytes!("tls/server.pem")).unwrap();
    let key = PrivateKeyDer::from_pem_slice(include_bytes!("tls/server_key.pem")).unwrap();
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            // A client that does not trust us hangs up during the handshake.
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let mut request = [0; 4096];
            let _ = stream.read(&mut request).await;
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nsecret").await;
        }
    });
    port
}

async fn fetch(client: &HttpsClient, url: &str) -> Result<Bytes, HttpError> {
    let request = HttpRequest::get(url).body(Bytes::new()).unwrap();
    client.send(request).await.map(http::Response::into_body)
}

#[tokio::test]
async fn an_authority_that_is_given_is_trusted() {
    let port = start().await;
    let client = HttpsClient::with_root_certificates(AUTHORITY).unwrap();
    assert_eq!(fetch(&client, &format!("https://localhost:{port}/")).await.unwrap(), "secret");
}

#[tokio::test]
async fn nobody_else_is() {
    let port = start().await;
    let error = fetch(&HttpsClient::new().unwrap(), &format!("https://localhost:{port}/")).await.unwrap_err();
    assert!(error.to_string().contains("UnknownIssuer"), "{error}");
}

#[tokio::test]
async fn a_certificate_is_for_its_name_only() {
    let port = start().await;
    let client = HttpsClient::with_root_certificates(AUTHORITY).unwrap();
    let error = fetch(&client, &format!("https://127.0.0.1:{port}/")).await.unwrap_err();
    assert!(error.to_string().contains("not valid for name"), "{error}");
}

/// The provider is the client's own: another one, or none, in the process makes no difference.
#[tokio::test]
async fn no_provider_of_the_process_is_used() {
    assert!(rustls::crypto::CryptoProvider::get_default().is_none());
    let port = start().await;
    let client = HttpsClient::with_root_certificates(AUTHORITY).unwrap();
    assert!(fetch(&client, &format!("https://localhost:{port}/")).await.is_ok());
    assert!(rustls::crypto::CryptoProvider::get_default().is_none());
}
