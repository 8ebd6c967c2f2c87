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
        let expires_at = now + keep_old;
        // Where both count, with the salt of the one before, so that one hash tells both.
        let hash = match &self.secret_hash {
            Some(earlier) if expires_at > now => earlier.of_another(secret.expose()),
            _ => secret.hash(),
        };
        let earlier = self.secret_hash.replace(hash);
        let earlier = earlier.filter(|_| expires_at > now);
        self.previous_secret = earlier.map(|secret_hash| PreviousSecret { secret_hash, expires_at });
    }

    /// Tells whether this is the client's secret, or the one before while that counts. It takes as long for a client without a
    /// secret, for one that is not there (`None`), and for a wrong secret: one hash. Only a client whose secret before was hashed elsewhere,
    /// with a salt of its own, takes two while that counts.
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

#[cfg(test)]
mod tests {
    use super::*;

    fn client(current: &str, previous: SecretHash) -> Client {
        let secret = ClientSecret::new(current).unwrap();
        let mut client = Client::confidential("robot", &secret).build().unwrap();
        client.previous_secret =
            Some(PreviousSecret { secret_hash: previous, expires_at: UnixTime::from_secs(100) });
        client
    }

    #[test]
    fn a_secret_before_counts_for_its_time_whatever_its_salt() {
        let (old, new) = ("the-old-secret-000000", "the-new-secret-000000");
        let (before, after) = (UnixTime::from_secs(99), UnixTime::from_secs(100));
        let of_another_salt = client(new, ClientSecret::new(old).unwrap().hash());
        let mut of_one_salt =
            Client::confidential("robot", &ClientSecret::new(old).unwrap()).build().unwrap();
        of_one_salt.rotate_secret(
            &ClientSecret::new(new).unwrap(),
            UnixTime::from_secs(0),
            Duration::from_secs(100),
        );
        for client in [of_another_salt, of_one_salt] {
            let is_secret = |secret, now| Client::is_secret_of(Some(&client), secret, now);
            assert!(is_secret(new, before) && is_secret(new, after));
            assert!(is_secret(old, before) && !is_secret(old, after));
            assert!(!is_secret("another-secret-00000", before) && !is_secret("", before));
        }
        assert!(!Client::is_secret_of(None, old, before));
    }

    #[test]
    fn a_secret_that_takes_the_place_of_another_at_once_has_a_salt_of_its_own() {
        let (old, new) = (ClientSecret::generate(), ClientSecret::generate());
        let mut client = Client::confidential("robot", &old).build().unwrap();
        let before = client.secret_hash.clone().unwrap();
        client.rotate_secret(&new, UnixTime::from_secs(0), Duration::ZERO);
        assert!(!client.secret_hash.unwrap().has_salt_of(&before));
    }
}
