//! Guesses at passwords and at the user codes of devices.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::buckets::{Attempt, Buckets, Policy};
use super::{HashQueue, Lane, Limits, Network, Turn};

/// Five wrong guesses cost nothing; one is forgotten every three minutes, so that an hour has 27 of them at most.
const GUESSES: Policy = Policy::gradual(5, Duration::from_mins(3));

/// NIST SP 800-63B §5.2.2: "the verifier SHALL limit consecutive failed authentication attempts on a single account to no more
/// than 100", and here that many an hour. It takes four addresses to use them up.
const BY_NAME: Policy = Policy::at_once(100, Duration::from_secs(36));

/// RFC 8628 §5.1, so that whoever has many accounts does not guess more often than this either.
const USER_CODES_OF_ALL: Policy = Policy::at_once(100, Duration::from_secs(1));

#[derive(Debug)]
pub(super) struct Logins {
    /// The attempts by client, user name and address.
    strangers: Buckets,
    /// The attempts by user name; at a client that is authenticated, by its own.
    names: Buckets,
    /// The attempts by cookie.
    known_browsers: Buckets,
    /// The attempts by subject.
    user_codes: Buckets,
    all_user_codes: Buckets,
    hashes: Arc<HashQueue>,
}

/// The attempts that a login counts among.
#[derive(Debug, Clone, Copy)]
pub(crate) enum LoginKey<'a> {
    /// A browser that is new to this user name.
    Stranger { name: &'a str, address: Option<Network> },
    /// A client that has the password. One that is authenticated asks for many people at one address.
    Client { client_id: &'a str, is_authenticated: bool, name: &'a str, address: Option<Network> },
    /// A browser where the person logged in before.
    KnownBrowser { cookie: &'a str, name: &'a str },
}

/// A guess under way, as [`Attempt`].
#[derive(Debug)]
#[must_use]
pub(crate) struct LoginAttempt<'a>([Option<Attempt<'a>>; 2]);

impl LoginAttempt<'_> {
    /// The guess was wrong: it counts.
    pub(crate) fn failed(self) {
        self.0.into_iter().flatten().for_each(Attempt::failed);
    }
}

impl Logins {
    pub(super) fn new() -> Self {
        Self {
            strangers: Buckets::new(GUESSES),
            names: Buckets::new(BY_NAME),
            known_browsers: Buckets::new(GUESSES),
            user_codes: Buckets::new(GUESSES),
            all_user_codes: Buckets::new(USER_CODES_OF_ALL),
            hashes: Arc::new(HashQueue::new()),
        }
    }

    fn stranger(
        &self,
        client_id: Option<&str>,
        counted_at: Option<&str>,
        name: &str,
        address: Option<Network>,
        now: Instant,
    ) -> Result<LoginAttempt<'_>, Duration> {
        let own = address.map(|address| self.strangers.begin((client_id, name, address), now));
        let (own, by_name) = (own.transpose()?, self.names.begin((counted_at, name), now)?);
        Ok(LoginAttempt([own, Some(by_name)]))
    }
}

impl Limits {
    /// Begins a login, with its turn in the queue for hashes, or says how long to wait.
    pub(crate) fn login(
        &self,
        key: LoginKey<'_>,
        now: Instant,
    ) -> Result<(LoginAttempt<'_>, Turn), Duration> {
        let logins = &self.logins;
        match key {
            LoginKey::Stranger { name, address } => Ok((
                logins.stranger(None, None, name, address, now)?,
                logins.hashes.turn(Lane::Strangers, address),
            )),
            LoginKey::Client { client_id, is_authenticated, name, address } => {
                let share = address.filter(|_| !is_authenticated);
                // Who guesses at the login page keeps nobody out who comes with the secret of a client.
                let counted_at = is_authenticated.then_some(client_id);
                let attempt = logins.stranger(Some(client_id), counted_at, name, address, now)?;
                Ok((attempt, logins.hashes.turn(Lane::Strangers, share)))
            }
            LoginKey::KnownBrowser { cookie, name } => {
                let own = logins.known_browsers.begin(cookie, now)?;
                Ok((LoginAttempt([Some(own), None]), logins.hashes.turn(Lane::KnownBrowsers, Some(name))))
            }
        }
    }

    /// Begins the look-up of a user code by a person who is logged in, or says how long to wait. RFC 8628 §5.1: "The server
    /// SHOULD rate-limit user code attempts".
    pub(crate) fn user_code(&self, subject: &str, now: Instant) -> Result<LoginAttempt<'_>, Duration> {
        let own = self.logins.user_codes.begin(subject, now)?;
        let of_all = self.logins.all_user_codes.begin((), now)?;
        Ok(LoginAttempt([Some(own), Some(of_all)]))
    }
}
