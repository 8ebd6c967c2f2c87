//! `HttpsClient`: bounds, redirects, plain HTTP.

use std::net::Ipv4Addr;
use std::time::Duration;

use axum::Router;
use axum::response::Redirect;
use axum::routing::get;
use bytes::Bytes;
use http::Request as HttpRequest;
use oauth_core::http::{HttpClient as _, HttpError, HttpsClient};
use tokio::net::TcpListener;

async fn start() -> String {
    let routes = Router::new()
        .route("/large", get(|| async { "x".repeat(5000) }))
        .route("/redirect", get(|| async { Redirect::temporary("/large") }))
        .route("/slow", get(std::future::pending::<()>));
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, routes).await });
    url
}

async fn fetch(client: &HttpsClient, url: &str) -> Result<http::Response<Bytes>, HttpError> {
    client.send(HttpRequest::get(url).body(Bytes::new()).unwrap()).await
}

#[tokio::test]
async fn bounds_of_size_and_time() {
    let url = start().await;
    let client = HttpsClient::new().unwrap().timeout(Duration::from_mins(1));
    assert_eq!(fetch(&client, &format!("{url}/large")).await.unwrap().body().len(), 5000);
    let hasty = client.clone().timeout(Duration::from_millis(300));
    assert!(matches!(fetch(&hasty, &format!("{url}/slow")).await, Err(HttpError::Timeout)));
    let exact = client.clone().max_response(5000);
    assert!(fetch(&exact, &format!("{url}/large")).await.is_ok());
    let small = client.max_response(4999);
    assert!(matches!(fetch(&small, &format!("{url}/large")).await, Err(HttpError::TooLarge)));
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let url = start().await;
    let response = fetch(&HttpsClient::new().unwrap(), &format!("{url}/redirect")).await.unwrap();
    assert_eq!((response.status().as_u16(), response.body().len()), (307, 0));
}

#[tokio::test]
async fn plain_http_is_for_loopback_only() {
    let client = HttpsClient::new().unwrap();
    for url in [
        "http://auth.example.com/",
        "http://10.0.0.1/",
        "http://localhost.example/",
        "ftp://127.0.0.1/",
        "/path",
        "http://127.0.0.1.nip.io/",
    ] {
        assert!(matches!(fetch(&client, url).await, Err(HttpError::Forbidden)), "{url}");
    }
    for url in ["http://127.0.0.1:1/", "http://localhost:1/", "http://[::1]:1/"] {
        assert!(
            matches!(fetch(&client, url).await, Err(HttpError::Failed(_))),
            "{url}: nothing listens there"
        );
    }
}

#[tokio::test]
async fn an_unknown_authority_is_refused_and_a_given_one_is_trusted() {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    // Not TLS at all: the handshake fails, and the message says more than "client error (Connect)".
    tokio::spawn(async move { axum::serve(listener, Router::new()).await });
    let error = fetch(&HttpsClient::new().unwrap(), &format!("https://127.0.0.1:{port}/")).await.unwrap_err();
    assert!(error.to_string().contains(": "), "{error}");
    assert!(HttpsClient::with_root_certificates("no PEM").is_err());
    assert!(HttpsClient::with_root_certificates(include_str!("../rfc/keys/p256.certificate.pem")).is_ok());
}
