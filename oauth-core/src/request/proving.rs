//! The things that a proof of possession needs of its request, and those that it leaves behind.

use std::sync::{Arc, OnceLock};

use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;

use super::{Request, Unclaimed};
use crate::error::Error;
use crate::model::Attempt;
use crate::secret::TokenHash;
use crate::time::UnixTime;

/// The attempt that a request to an application's own route is: of several extractors in one handler, each finds it.
#[derive(Debug, Clone, Default)]
pub(crate) struct SameAttempt(Arc<OnceLock<Attempt>>);

impl SameAttempt {
    /// The attempt, which is made when it is first asked for.
    pub(crate) fn get(&self) -> Attempt {
        *self.0.get_or_init(Attempt::random)
    }
}

/// For a [`Binding`](crate::binding::Binding).
impl Request {
    /// The URL that the request is for, as the server or the resource is configured, without a query. What the request says of its
    /// host is not looked at. `None`: the resource has no URL of its own.
    pub fn url(&self) -> Option<&str> {
        self.url.as_deref()
    }

    pub(crate) fn set_url(&mut self, url: String) {
        self.url = Some(url);
    }

    /// Has an identifier claimed as soon as everything else about the request is checked, so that what has it is used once. Who
    /// comes later, until this time, gets the error.
    pub fn claim_once(&mut self, id: TokenHash, until: UnixTime, reused: fn() -> Error) {
        self.issuing.unclaimed.push(Unclaimed { id, until, reused });
    }

    /// Sets a header of the response, whether the request is granted or refused.
    pub fn respond_with(&mut self, name: HeaderName, value: HeaderValue) {
        self.response_headers.insert(name, value);
    }

    /// Tells whether what the request proved is all that a confirmation names (`cnf`, RFC 7800 §3.1).
    pub(crate) fn proves(&self, confirmation: &Value) -> bool {
        let proved = |name: &str| self.confirmation.as_ref().and_then(|proved| proved.get(name));
        let expected = confirmation.as_object();
        expected.is_some_and(|expected| expected.iter().all(|(name, value)| proved(name) == Some(value)))
    }

    pub(crate) fn take_response_headers(&mut self) -> HeaderMap {
        std::mem::take(&mut self.response_headers)
    }
}
