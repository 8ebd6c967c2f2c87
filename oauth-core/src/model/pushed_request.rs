//! Authorization requests that clients pushed, RFC 9126.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Authorization;
use crate::secret::{SecretString, TokenHash};
use crate::time::UnixTime;

/// RFC 9126 §2.2: the form of `request_uri` that the server may use, `urn:ietf:params:oauth:request_uri:<reference-value>`.
const URN: &str = "urn:ietf:params:oauth:request_uri:";

/// An authorization request that a client pushed: its parameters, checked and not answered yet. `Debug` shows no values.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct PushedRequest {
    /// The client that pushed it. RFC 9126 §2.2: the `request_uri` "MUST be bound to the client that posted the authorization
    /// request".
    pub client_id: String,
    /// The parameters, in their order, without those by which the client authenticated.
    pub parameters: Vec<(String, String)>,
    /// The time when it was pushed.
    pub pushed_at: UnixTime,
    /// The moment until which it is loaded for the first time: `expires_in`.
    pub load_until: UnixTime,
    /// The moment until which it is loaded again, and answered: people log in for minutes.
    pub kept_until: UnixTime,
}

impl PushedRequest {
    /// The `request_uri` of this reference.
    pub(crate) fn request_uri(reference: &SecretString) -> SecretString {
        SecretString::new(format!("{URN}{}", reference.expose()))
    }

    /// The hash of the reference in a `request_uri`; `None`: it is of another form.
    pub(crate) fn reference(request_uri: &str) -> Option<TokenHash> {
        request_uri.strip_prefix(URN).map(TokenHash::of)
    }

    /// The marks of the revocations that end it: those of its client.
    #[cfg(any(feature = "postgres", feature = "sqlite", feature = "valkey"))]
    pub(crate) fn marks(&self, reference: &TokenHash) -> super::Marks {
        super::Marks::of(reference, &self.authorization())
    }

    /// The authorization that nothing is granted by yet: what ends it is a revocation of its client.
    pub(crate) fn authorization(&self) -> Authorization {
        Authorization::new(&self.client_id, self.pushed_at)
    }
}

impl fmt::Debug for PushedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.parameters.iter().map(|(name, _)| name).collect();
        f.debug_struct("PushedRequest")
            .field("client_id", &self.client_id)
            .field("parameters", &names)
            .field("pushed_at", &self.pushed_at)
            .field("load_until", &self.load_until)
            .field("kept_until", &self.kept_until)
            .finish()
    }
}

/// A pushed request that a browser has loaded: see
/// [`PushedRequestStore::load_pushed_request`](crate::store::PushedRequestStore::load_pushed_request).
#[derive(Debug, Clone, PartialEq)]
pub struct LoadedRequest {
    /// The request.
    pub request: PushedRequest,
    /// The time when it was loaded first: who logged in since then did so for it.
    pub loaded_at: UnixTime,
}
