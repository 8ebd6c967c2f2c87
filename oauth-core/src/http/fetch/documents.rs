//! The web as the conformance suite has it: documents by URL, without a connection.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use parking_lot::Mutex;

use super::{FetchError, Fetched, Fetcher, HttpError, https};

/// Documents, each with the status that it is served with.
#[derive(Clone, Default)]
pub(crate) struct Documents(Arc<Mutex<HashMap<String, (u16, String)>>>);

impl Documents {
    /// Puts a document at a URL.
    pub(crate) fn put(&self, url: &str, status: u16, body: String) {
        self.0.lock().insert(url.to_owned(), (status, body));
    }

    /// The answer to a GET, within the limits of any other.
    pub(super) fn get(&self, url: &str, most: usize) -> Result<Fetched, FetchError> {
        match self.0.lock().get(url) {
            Some((200, body)) if body.len() > most => Err(FetchError::Http(HttpError::TooLarge)),
            Some((200, body)) => {
                Ok(Fetched { body: Bytes::from(body.clone()), fresh_for: Duration::from_mins(5) })
            }
            Some((status, _)) => {
                Err(FetchError::Status(StatusCode::from_u16(*status).unwrap_or(StatusCode::NOT_FOUND)))
            }
            None => Err(FetchError::Status(StatusCode::NOT_FOUND)),
        }
    }
}

impl Fetcher {
    /// A fetcher to which these documents are the web. URLs and sizes are judged as they are of any; there are no certificates and no
    /// addresses to judge.
    ///
    /// # Errors
    ///
    /// If TLS cannot be set up.
    pub(crate) fn of_documents(documents: Documents) -> Result<Self, HttpError> {
        Ok(Self { documents: Some(documents), ..Self::trusting(https::tls(Vec::new())?)? })
    }
}
