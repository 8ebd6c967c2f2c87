//! Limits on what strangers can ask for: of passwords, one-time codes, client secrets and codes of devices.
//!
//! Over a limit, the answer is 429 with `Retry-After` and the error `temporarily_unavailable`; where the server itself has too much
//! to do, 503.
//!
//! | what | counted by | at once | then | where |
//! |---|---|---|---|---|
//! | wrong passwords | client, user name and address | 5 | after 1, 2, 4 … seconds, up to one in 3 minutes | shared |
//! | the same, of everyone but known browsers | user name | 100 | one in 36 seconds | shared |
//! | the same, at a known browser | its cookie | 5 | after 1, 2, 4 … seconds, up to one in 3 minutes | shared |
//! | wrong one-time codes, after a right password | the first step of the login | 5 | none: the password is asked for again | shared |
//! | the same, of any first step | person and address | 5 | after 1, 2, 4 … seconds, up to one in 3 minutes | shared |
//! | the same, of everyone but browsers where the person gave a code before | person | 30 | one in 6 minutes | shared |
//! | the same, at such a browser | its cookie | 5 | after 1, 2, 4 … seconds, up to one in 3 minutes | shared |
//! | the same, at all of them | person | 30 | one in 6 minutes | shared |
//! | wrong client secrets | client and address | 30 | one in 10 seconds | shared |
//! | the same, of all clients | address | 300 | one a second | each instance |
//! | device authorizations of a public client | client and address | 60 | one in 5 seconds | each instance |
//! | the same, of any client | client | 10 000 | as they expire (503) | each instance |
//! | pushed requests of a public client | client and address | 60 | one in 5 seconds | each instance |
//! | the same | client | 10 000 | as they expire (503) | each instance |
//! | registrations of clients | address | 20 | one a minute | each instance |
//! | documents of clients that are fetched and were not before | address | 20 | one in 6 seconds | each instance |
//! | the same | host that is asked | 100 | one a second (503) | each instance |
//! | wrong user codes of devices | person | 5 | after 1, 2, 4 … seconds, up to one in 3 minutes | shared |
//! | the same | everyone together | 100 | one a second | shared |
//! | password hashes that wait | address, known person, everyone | 32, 4, 256 and 64 | when one is done (429, 503) | each instance |
//!
//! An address is one of IPv4 or a /64 of IPv6. It is the peer's, which the server must be told: by axum's
//! `into_make_service_with_connect_info::<SocketAddr>()` or [`serve`](crate::serve()), or by a [`PeerAddress`] in the extensions of each request. A peer on loopback or
//! in a private network is taken for a reverse proxy: nothing is limited by address then, until
//! [`Environment::trusted_proxies`](crate::server::Environment::trusted_proxies) names it.
//!
//! No limit refuses anybody for what a stranger can name alone, with three exceptions: passwords by user name, which NIST SP 800-63B
//! §5.2.2 asks for (a browser where the person logged in before, and a client with a secret, are not subject to it); and, where no
//! address is known, the device authorizations of a public client and the user codes of everyone together. Name the proxies.
//!
//! **Shared** is what protects a secret. The store of the role `tokens` counts it for all instances, if it is a
//! [`LimitStore`](crate::store::LimitStore), as those of this crate are; a success is taken back wherever it was counted. An instance counts
//! in its memory as well: whoever has used up an instance is refused without asking the store, and where the store fails, instances
//! go on by their own count, `n` times as generous, and say so in the log. The keys that a store keeps are hashes, in which no
//! name and no address can be read. What only protects the memory of an instance, or the store, each counts for itself; so are refreshes
//! of one authorization, ten at once and then one a second. The [report](crate::server::Report) says which of both it is.
//!
//! Client credentials that were right before are no guess while they are right, and are not counted.

mod address;
mod buckets;
mod forwarded;
#[cfg(feature = "pages")]
mod hashing;
mod key;
mod policy;
mod refresh;

use std::time::{Duration, Instant};

pub use self::address::{Cidr, ClientAddress, InvalidCidr, PeerAddress};
pub(crate) use self::address::{Network, locate};
pub(crate) use self::buckets::{Attempt, Buckets};
#[cfg(feature = "pages")]
pub(crate) use self::hashing::{HashQueue, Lane, Turn};
pub use self::key::LimitKey;
pub use self::policy::{Counted, Policy, Tally};
pub(crate) use self::refresh::{RefreshPace, TooFast};
use crate::error::{Error, Result};

/// The requests that strangers may have pushed as one public client, and the time that each is kept, about.
const PENDING_PUSHED: u32 = 10_000;
const KEPT_PUSHED: Duration = Duration::from_mins(16);

/// The counters of what fills the memory of an instance, or its store.
#[derive(Debug)]
pub(crate) struct Limits {
    device_requests: Buckets,
    registrations: Buckets,
    pending_devices: Buckets,
    pushed_requests: Buckets,
    pending_pushed: Buckets,
}

impl Limits {
    /// `pending` device codes of a client at once, each of which lives for `lifetime`.
    pub(crate) fn new(pending: u32, lifetime: Duration) -> Self {
        let each = lifetime / pending.max(1);
        Self {
            device_requests: Buckets::new(Policy::at_once(60, Duration::from_secs(5))),
            registrations: Buckets::new(Policy::at_once(20, Duration::from_mins(1))),
            pending_devices: Buckets::new(Policy::at_once(pending, each)),
            pushed_requests: Buckets::new(Policy::at_once(60, Duration::from_secs(5))),
            pending_pushed: Buckets::new(Policy::at_once(PENDING_PUSHED, KEPT_PUSHED / PENDING_PUSHED)),
        }
    }

    /// Counts a registration of a client, or an attempt at one.
    ///
    /// # Errors
    ///
    /// 429, if there were too many from this address.
    pub(crate) fn registration(&self, address: Option<Network>, now: Instant) -> Result<()> {
        let own = address.map(|address| self.registrations.begin(address, now)).transpose();
        if let Some(own) = own.map_err(|wait| Error::too_many_requests(wait).by_rule("registration"))? {
            own.failed();
        }
        Ok(())
    }

    /// Counts a device authorization request. `address`: of one that needed no more than the name of a public client.
    ///
    /// # Errors
    ///
    /// 429, if there were too many for this client from this address; 503, if too many codes of the client are pending.
    pub(crate) fn device(&self, client_id: &str, address: Option<Network>, now: Instant) -> Result<()> {
        let own = address.map(|address| self.device_requests.begin((client_id, address), now));
        let rule = "device_authorization";
        let own = own.transpose().map_err(|wait| Error::too_many_requests(wait).by_rule(rule))?;
        let pending = self.pending_devices.begin(client_id, now);
        pending.map_err(|wait| Error::overloaded(wait).by_rule(rule))?.failed();
        if let Some(own) = own {
            own.failed();
        }
        Ok(())
    }

    /// Counts a request that was pushed with no more than the name of a public client.
    ///
    /// # Errors
    ///
    /// 429, if there were too many for this client from this address; 503, if too many are kept for the client.
    pub(crate) fn pushed_request(
        &self,
        client_id: &str,
        address: Option<Network>,
        now: Instant,
    ) -> Result<()> {
        let own = address.map(|address| self.pushed_requests.begin((client_id, address), now));
        let rule = "pushed_request";
        let own = own.transpose().map_err(|wait| Error::too_many_requests(wait).by_rule(rule))?;
        let pending = self.pending_pushed.begin(client_id, now);
        pending.map_err(|wait| Error::overloaded(wait).by_rule(rule))?.failed();
        if let Some(own) = own {
            own.failed();
        }
        Ok(())
    }
}
