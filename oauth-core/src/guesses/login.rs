//! Guesses at passwords and at the user codes of devices.

use std::sync::Arc;
use std::time::Duration;

use super::Counting;
use super::attempt::Attempt;
use super::rule::Rule;
use crate::error::Result;
use crate::limits::{HashQueue, Lane, Network, Policy, Turn};

/// Five wrong guesses cost nothing; one is forgotten every three minutes, so that an hour has 27 of them at most.
pub(super) const GUESSES: Policy = Policy::gradual(5, Duration::from_mins(3));

/// NIST SP 800-63B §5.2.2: "the verifier SHALL limit consecutive failed authentication attempts on a single account to no more
/// than 100", and here that many an hour. It takes four addresses to use them up.
const BY_NAME: Policy = Policy::at_once(100, Duration::from_secs(36));

/// RFC 8628 §5.1, so that whoever has many accounts does not guess more often than this either.
const USER_CODES_OF_ALL: Policy = Policy::at_once(100, Duration::from_secs(1));

#[derive(Debug)]
pub(super) struct Logins {
    /// The attempts by client, user name and address.
    strangers: Rule,
    /// The attempts by user name; at a client that is authenticated, by its own.
    names: Rule,
    /// The attempts by cookie.
    known_browsers: Rule,
    /// The attempts by subject.
    user_codes: Rule,
    all_user_codes: Rule,
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

impl Logins {
    pub(super) fn new() -> Self {
        Self {
            strangers: Rule::new("passwords by address", GUESSES),
            names: Rule::new("passwords by name", BY_NAME),
            known_browsers: Rule::new("passwords at a known browser", GUESSES),
            user_codes: Rule::new("user codes", GUESSES),
            all_user_codes: Rule::new("user codes of all", USER_CODES_OF_ALL),
            hashes: Arc::new(HashQueue::new()),
        }
    }
}

impl<'a> Counting<'a> {
    /// Begins a login, with its turn in the queue for hashes, or says how long to wait.
    ///
    /// # Errors
    ///
    /// `temporarily_unavailable`, if the queue is full already.
    pub(crate) async fn login(self, key: LoginKey<'_>) -> Result<Result<(Attempt<'a>, Turn), Duration>> {
        let logins = &self.guesses.logins;
        let hashes = &logins.hashes;
        let (turn, attempt) = match key {
            LoginKey::Stranger { name, address } => {
                let turn = hashes.turn(Lane::Strangers, address);
                let attempt = self.stranger(&[name], &[name], address, &turn).await?;
                (turn, attempt)
            }
            LoginKey::Client { client_id, is_authenticated, name, address } => {
                let turn = hashes.turn(Lane::Strangers, address.filter(|_| !is_authenticated));
                // Who guesses at the login page keeps nobody out who comes with the secret of a client.
                let counted_at = if is_authenticated { &[client_id, name][..] } else { &[name] };
                let attempt = self.stranger(&[client_id, name], counted_at, address, &turn).await?;
                (turn, attempt)
            }
            LoginKey::KnownBrowser { cookie, name } => {
                let turn = hashes.turn(Lane::KnownBrowsers, Some(name));
                let own = logins.known_browsers.of([cookie]);
                let attempt = self.begin([own], || turn.check()).await?;
                (turn, attempt)
            }
        };
        Ok(attempt.map(|attempt| (attempt, turn)))
    }

    async fn stranger(
        self,
        who: &[&str],
        counted_at: &[&str],
        address: Option<Network>,
        turn: &Turn,
    ) -> Result<Result<Attempt<'a>, Duration>> {
        let logins = &self.guesses.logins;
        let by_name = logins.names.of(counted_at.iter().copied());
        let Some(address) = address.map(|address| address.to_string()) else {
            return self.begin([by_name], || turn.check()).await;
        };
        let own = logins.strangers.of(who.iter().copied().chain([address.as_str()]));
        self.begin([own, by_name], || turn.check()).await
    }

    /// Begins the look-up of a user code by a person who is logged in, or says how long to wait. RFC 8628 §5.1: "The server
    /// SHOULD rate-limit user code attempts".
    ///
    /// # Errors
    ///
    /// None of its own.
    pub(crate) async fn user_code(self, subject: &str) -> Result<Result<Attempt<'a>, Duration>> {
        let logins = &self.guesses.logins;
        self.begin([logins.user_codes.of([subject]), logins.all_user_codes.of([])], || Ok(())).await
    }
}
