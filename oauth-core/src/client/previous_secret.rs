//! A secret that goes on working for a while after it was replaced.

use std::hint::black_box;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Client, ClientSecret, SecretHash};
use crate::time::UnixTime;

/// The secret that a client had before, which authenticates it until it has learnt the new one.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[non_exhaustive]
pub struct PreviousSecret {
    /// The hash of the secret.
    pub secret_hash: SecretHash,
    /// The moment from which it no more counts.
    pub expires_at: UnixTime,
}

impl Client {
    /// Gives the client a new secret; the one that it had counts for as long as this, and no earlier one.
    pub fn rotate_secret(&mut self, secret: &ClientSecret, now: UnixTime, keep_old: Duration) {
        // With the salt of the one before, so that one hash tells both.
        let hash = match &self.secret_hash {
            Some(earlier) => earlier.of_another(secret.expose()),
            None => secret.hash(),
        };
        let earlier = self.secret_hash.replace(hash);
        let expires_at = now + keep_old;
        let earlier = earlier.filter(|_| expires_at > now);
        self.previous_secret = earlier.map(|secret_hash| PreviousSecret { secret_hash, expires_at });
    }

    /// Tells whether this is the client's secret, or the one before while that counts. It takes as long for a client without a
    /// secret, for one that is not there (`None`), and for a wrong secret: one hash, unless the one before was hashed elsewhere, with a salt
    /// of its own.
    pub(crate) fn is_secret_of(client: Option<&Self>, secret: &str, now: UnixTime) -> bool {
        let nobody = SecretHash::of_nobody();
        let current = client.and_then(|client| client.secret_hash.as_ref()).unwrap_or(&nobody);
        let previous = client.and_then(|client| client.previous_secret.as_ref());
        let previous = previous.filter(|previous| previous.expires_at > now);
        let previous = previous.map(|previous| &previous.secret_hash);
        let presented = current.of_another(secret);
        let is_previous = match previous {
            Some(previous) if !previous.has_salt_of(current) => previous.verify(secret),
            previous => previous.unwrap_or(&nobody).is(&presented),
        };
        black_box(current.is(&presented)) | black_box(is_previous)
    }
}
