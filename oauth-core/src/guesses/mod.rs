//! Guesses at secrets, counted where every instance counts them.
//!
//! `n` instances that count for themselves allow `n` times the guesses, so what protects a secret is counted by the store of tokens, if it is
//! a [`LimitStore`](crate::store::LimitStore). The memory of the instance counts in front of it: who is refused there costs the
//! store nothing, and who is refused by the store is refused there until the wait is over. Where the store fails, that is what remains:
//! a limit `n` times as wide, and a line in the log once a minute.
//!
//! **An attempt counts before its outcome is known**, in both places, and is taken back if it succeeds: whoever reads first and writes
//! afterwards lets all pass that come at once. What a request that went away has counted is taken back with the next attempt.
//!
//! **Client secrets** are asked for with almost every request, and a right one must not cost a write. It would be no use to count
//! failures alone, or to ask only where an instance has seen one: each instance would then have a burst of its own. So the other way
//! round: credentials that were right once are known, by a hash under a seed of this process, and no guess as long as they are right.
//! Whatever else comes may be one, and is counted before it is looked at. A client costs two statements for each instance that it meets,
//! and none from then on.
//!
//! A made-up name must not cost the store much either: where the queue for password hashes is full, the store is not asked, and the
//! client secrets that an address gets wrong are limited before it is.

mod attempt;
mod client_secret;
#[cfg(feature = "pages")]
mod login;
#[cfg(feature = "pages")]
mod otp;
mod rule;

use std::time::Instant;

use parking_lot::Mutex;

#[cfg(feature = "pages")]
pub(crate) use self::attempt::Attempt;
#[cfg(feature = "pages")]
pub(crate) use self::login::LoginKey;
use self::rule::Leftover;
use crate::clock::Clock;
use crate::store::AnyLimitStore;

/// The counters of an instance.
#[derive(Debug)]
pub(crate) struct Guesses {
    client_secrets: client_secret::ClientSecrets,
    #[cfg(feature = "pages")]
    logins: login::Logins,
    #[cfg(feature = "pages")]
    otps: otp::Otps,
    /// The attempts in the store that are still to be taken back.
    leftovers: Mutex<Vec<Leftover>>,
    /// The last time that the log was told of a store that fails.
    told_at: Mutex<Option<Instant>>,
}

/// The counters of an instance, with the store that counts as well.
#[derive(Clone, Copy)]
pub(crate) struct Counting<'a> {
    guesses: &'a Guesses,
    store: Option<&'a dyn AnyLimitStore>,
    clock: &'a Clock,
}

impl Guesses {
    pub(crate) fn new() -> Self {
        Self {
            client_secrets: client_secret::ClientSecrets::new(),
            #[cfg(feature = "pages")]
            logins: login::Logins::new(),
            #[cfg(feature = "pages")]
            otps: otp::Otps::new(),
            leftovers: Mutex::default(),
            told_at: Mutex::default(),
        }
    }

    /// Counts in this store, too, by this clock.
    pub(crate) const fn counted<'a>(
        &'a self,
        store: Option<&'a dyn AnyLimitStore>,
        clock: &'a Clock,
    ) -> Counting<'a> {
        Counting { guesses: self, store, clock }
    }
}
