//! Guesses at the secrets of clients.

use std::collections::HashSet;
use std::hash::{BuildHasher as _, Hash, RandomState};
use std::mem;
use std::time::Duration;

use parking_lot::Mutex;

use super::Counting;
use super::attempt::Attempt;
use super::rule::Rule;
use crate::error::{Error, Result};
use crate::limits::{Network, Policy};

/// Credentials of a generation that are known to be right: the last two are kept, 64 bits each.
const KNOWN: usize = 65_536;

/// The time to forget a wrong secret of an address.
const EACH: Duration = Duration::from_secs(1);

#[derive(Debug)]
pub(super) struct ClientSecrets {
    /// The attempts by client and address.
    own: Rule,
    /// The attempts by address: clients can be made up, and each costs the store a row.
    of_address: Rule,
    known: Known,
}

/// The credentials that were right. Nobody can find others with the same hash: its seed is random, and never leaves the process.
#[derive(Debug, Default)]
struct Known {
    seed: RandomState,
    hashes: Mutex<(HashSet<u64>, HashSet<u64>)>,
}

/// An authentication by a secret under way. Dropped, it does not count.
#[must_use]
pub(crate) struct SecretAttempt<'a> {
    counting: Counting<'a>,
    credentials: u64,
    /// None: the credentials were right before.
    guess: Option<Attempt<'a>>,
}

impl ClientSecrets {
    pub(super) fn new() -> Self {
        Self {
            own: Rule::new("client secrets", Policy::at_once(30, Duration::from_secs(10))),
            of_address: Rule::of_instance("client secrets of an address", Policy::at_once(300, EACH)),
            known: Known::default(),
        }
    }
}

impl Known {
    fn contains(&self, credentials: u64) -> bool {
        let hashes = self.hashes.lock();
        hashes.0.contains(&credentials) || hashes.1.contains(&credentials)
    }

    fn insert(&self, credentials: u64) {
        let mut hashes = self.hashes.lock();
        if hashes.0.len() >= KNOWN {
            hashes.1 = mem::take(&mut hashes.0);
        }
        hashes.0.insert(credentials);
    }

    fn remove(&self, credentials: u64) {
        let mut hashes = self.hashes.lock();
        hashes.0.remove(&credentials);
        hashes.1.remove(&credentials);
    }
}

impl<'a> Counting<'a> {
    /// Begins an authentication of this client by its secret. RFC 6749 §2.3.1: "the authorization server MUST protect any endpoint
    /// utilizing it against brute force attacks." `credentials` are all that the client sent to authenticate.
    ///
    /// # Errors
    ///
    /// 429, if too many failed for it from this address.
    pub(crate) async fn client_secret(
        self,
        client_id: &str,
        address: Network,
        credentials: impl Hash + Send,
    ) -> Result<SecretAttempt<'a>> {
        let secrets = &self.guesses.client_secrets;
        let credentials = secrets.known.seed.hash_one(credentials);
        if secrets.known.contains(credentials) {
            return Ok(SecretAttempt { counting: self, credentials, guess: None });
        }
        let address = address.to_string();
        // Who guesses at one client is refused as such before it uses up what others have at the same address.
        let counters = [secrets.own.of([client_id, &address]), secrets.of_address.of([address.as_str()])];
        let guess = self.begin(counters, || Ok(())).await?;
        let guess = guess.map_err(|wait| Error::too_many_requests(wait).by_rule("client_secret"))?;
        Ok(SecretAttempt { counting: self, credentials, guess: Some(guess) })
    }
}

impl SecretAttempt<'_> {
    /// The secret is the client's.
    pub(crate) async fn succeeded(self) {
        if let Some(guess) = self.guess {
            guess.take_back().await;
            self.counting.guesses.client_secrets.known.insert(self.credentials);
        }
    }

    /// The secret is wrong, by now if it was right before.
    pub(crate) fn failed(self) {
        match self.guess {
            Some(guess) => guess.failed(),
            None => self.counting.guesses.client_secrets.known.remove(self.credentials),
        }
    }
}
