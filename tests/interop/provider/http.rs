//! The HTTP client of the crates that are clients here.

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper_util::client::legacy::{Client, Error};
use hyper_util::rt::TokioExecutor;
use oauth2::{HttpRequest, HttpResponse};

/// Sends a request. The crates refuse to revoke over http, on loopback too: they are given an https URL, and what they send
/// there is sent to where the provider is.
pub(crate) async fn send(mut request: HttpRequest) -> Result<HttpResponse, Error> {
    let plain = request.uri().to_string().replacen("https://127.0.0.1", "http://127.0.0.1", 1);
    *request.uri_mut() = plain.parse().expect("a URL");
    let client = Client::builder(TokioExecutor::new()).build_http();
    let (parts, body) = client.request(request.map(|body| Full::new(Bytes::from(body)))).await?.into_parts();
    let body = body.collect().await.expect("the answer is complete").to_bytes();
    Ok(HttpResponse::from_parts(parts, body.to_vec()))
}
