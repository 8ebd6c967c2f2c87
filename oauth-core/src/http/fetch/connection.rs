//! A connection of its own for each fetch, to an address that was judged.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::net::SocketAddr;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::vec;

use bytes::Bytes;
use http::header::{ACCEPT, USER_AGENT};
use http::{Request, StatusCode};
use http_body_util::{BodyExt as _, Empty, LengthLimitError, Limited};
use hyper_rustls::HttpsConnector;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::dns::Name;
use hyper_util::rt::TokioExecutor;
use rustls::ClientConfig;
use tower_service::Service;

use super::target::Target;
use super::{FetchError, Fetched, HttpError, freshness};

/// The addresses that were judged, whatever the name: there is no second look-up for an attacker to answer otherwise.
#[derive(Clone)]
struct Judged(Vec<SocketAddr>);

impl Service<Name> for Judged {
    type Response = vec::IntoIter<SocketAddr>;
    type Error = Infallible;
    type Future = Ready<Result<Self::Response, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Name) -> Self::Future {
        ready(Ok(self.0.clone().into_iter()))
    }
}

/// GETs a document of at most this many bytes.
pub(super) async fn get(
    tls: &Arc<ClientConfig>,
    target: &Target,
    addresses: Vec<SocketAddr>,
    most: usize,
) -> Result<Fetched, FetchError> {
    let mut tcp = HttpConnector::new_with_resolver(Judged(addresses));
    tcp.enforce_http(false);
    let mut https = HttpsConnector::from((tcp, Arc::clone(tls)));
    https.enforce_https();
    let client: Client<_, Empty<Bytes>> =
        Client::builder(TokioExecutor::new()).pool_max_idle_per_host(0).build(https);
    let request = Request::get(target.uri())
        .header(ACCEPT, "application/json")
        .header(USER_AGENT, "oauth-core")
        .body(Empty::new())
        .map_err(|cause| FetchError::Http(HttpError::failed(cause)))?;
    let response =
        client.request(request).await.map_err(|cause| FetchError::Http(HttpError::failed(cause)))?;
    // Of a redirect, the document would be another server's.
    if response.status() != StatusCode::OK {
        return Err(FetchError::Status(response.status()));
    }
    let fresh_for = freshness::of(response.headers());
    match Limited::new(response.into_body(), most).collect().await {
        Ok(body) => Ok(Fetched { body: body.to_bytes(), fresh_for }),
        Err(cause) if cause.is::<LengthLimitError>() => Err(FetchError::Http(HttpError::TooLarge)),
        Err(cause) => Err(FetchError::Http(HttpError::Failed(cause))),
    }
}
