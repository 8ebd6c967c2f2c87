//! The documents of a server, which follow its keys.

use std::sync::Arc;

use bytes::Bytes;

use super::{jwks, metadata};
use crate::frame::{AuthorizationServer, Documents, RunningServer};
use crate::jose::Jwk;

impl<S: AuthorizationServer> RunningServer<S> {
    /// The documents, which follow the keys: another key ring makes others.
    pub(crate) fn documents(&self) -> Arc<Documents> {
        let keys = jwks::keys(&self.0.server);
        let mut documents = self.0.documents.lock();
        match documents.as_ref().filter(|documents| documents.keys == keys) {
            Some(documents) => Arc::clone(documents),
            None => Arc::clone(documents.insert(Arc::new(Documents::new(self, keys)))),
        }
    }
}

impl Documents {
    fn new<S: AuthorizationServer>(server: &RunningServer<S>, keys: Vec<Jwk>) -> Self {
        let bytes = |json: &serde_json::Value| Bytes::from(json.to_string());
        Self {
            metadata: bytes(&metadata::document(server).into()),
            jwks: bytes(&jwks::document(&keys)),
            keys,
        }
    }
}
