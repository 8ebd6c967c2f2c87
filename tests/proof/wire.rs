//! A client that survives its servers: what it was not told, it does not know.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, LOCATION, RETRY_AFTER};
use http::{Method, Request, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::Value;

use crate::browser::encode;

/// The longest that an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// The end of a request.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// The server did it, and said so.
    Done(Reply),
    /// The server refused: it did not do it.
    Refused(Reply),
    /// Nobody knows: no answer, or one that says that the server could not tell.
    Unknown,
}

impl Outcome {
    pub(crate) fn done(self) -> Option<Reply> {
        match self {
            Self::Done(reply) => Some(reply),
            Self::Refused(_) | Self::Unknown => None,
        }
    }

    /// The error code of a refusal for good. A limit is none: it says to come again.
    pub(crate) fn error(&self) -> Option<String> {
        match self {
            Self::Refused(reply) if reply.status != StatusCode::TOO_MANY_REQUESTS => {
                Some(reply.member("error"))
            }
            _ => None,
        }
    }
}

#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) location: Option<String>,
    pub(crate) body: String,
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }

    /// A member that is text; empty if there is none.
    pub(crate) fn member(&self, name: &str) -> String {
        self.json()[name].as_str().unwrap_or_default().to_owned()
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Wire {
    client: Client<HttpConnector, Full<Bytes>>,
    lost: Arc<AtomicUsize>,
    overloads: Arc<AtomicUsize>,
    faults: Arc<Mutex<Vec<String>>>,
}

impl Wire {
    pub(crate) fn new() -> Self {
        let client =
            Client::builder(TokioExecutor::new()).pool_idle_timeout(Duration::from_secs(1)).build_http();
        Self { client, lost: Arc::default(), overloads: Arc::default(), faults: Arc::default() }
    }

    /// The answers that were not waited for any longer.
    pub(crate) fn lost(&self) -> usize {
        self.lost.load(Ordering::Relaxed)
    }

    /// The answers that said to come again (503 with `Retry-After`).
    pub(crate) fn overloads(&self) -> usize {
        self.overloads.load(Ordering::Relaxed)
    }

    /// The answers of a server that does not know what is wrong with it.
    pub(crate) fn faults(&self) -> Vec<String> {
        self.faults.lock().unwrap().clone()
    }

    pub(crate) async fn get(&self, url: &str, cookies: &str) -> Outcome {
        self.send(Request::builder().method(Method::GET).uri(url).header(COOKIE, cookies), String::new())
            .await
    }

    pub(crate) async fn post(&self, url: &str, credentials: Option<&str>, form: &[(&str, &str)]) -> Outcome {
        let mut request = Request::builder().method(Method::POST).uri(url);
        if let Some(credentials) = credentials {
            request = request.header(AUTHORIZATION, credentials);
        }
        self.send(request.header(CONTENT_TYPE, FORM), encode(form)).await
    }

    pub(crate) async fn submit(&self, url: &str, cookies: &str, form: &[(&str, &str)]) -> Outcome {
        let request = Request::builder().method(Method::POST).uri(url).header(COOKIE, cookies);
        self.send(request.header(CONTENT_TYPE, FORM), encode(form)).await
    }

    async fn send(&self, request: http::request::Builder, body: String) -> Outcome {
        let request = request.body(Full::from(body)).expect("a well-formed request");
        let answered = async {
            let (parts, body) = self.client.request(request).await.ok()?.into_parts();
            let body = body.collect().await.ok()?.to_bytes();
            let location =
                parts.headers.get(LOCATION).and_then(|value| value.to_str().ok()).map(str::to_owned);
            if parts.status == StatusCode::SERVICE_UNAVAILABLE && parts.headers.contains_key(RETRY_AFTER) {
                self.overloads.fetch_add(1, Ordering::Relaxed);
            } else if parts.status.is_server_error() {
                self.faults.lock().unwrap().push(format!("{} {body:?}", parts.status));
            }
            Some(Reply { status: parts.status, location, body: String::from_utf8_lossy(&body).into_owned() })
        };
        let answered = tokio::time::timeout(PATIENCE, answered).await;
        if answered.is_err() {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
        match answered.ok().flatten() {
            Some(reply) if reply.status.is_server_error() => Outcome::Unknown,
            Some(reply) if reply.status.is_client_error() => Outcome::Refused(reply),
            Some(reply) => Outcome::Done(reply),
            None => Outcome::Unknown,
        }
    }
}

const FORM: &str = "application/x-www-form-urlencoded";
