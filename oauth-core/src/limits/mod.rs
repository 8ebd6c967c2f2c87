//! Limits on what strangers can ask for: of passwords, client secrets and codes of devices.
//!
//! Over a limit, the answer is 429 with `Retry-After` and the error `temporarily_unavailable`; where the server itself has too much
//! to do, 503.
//!
//! | what | counted by | at once | then |
//! |---|---|---|---|
//! | wrong passwords | client, user name and address | 5 | after 1, 2, 4 … seconds, up to one in 3 minutes |
//! | the same, of everyone but known browsers | user name | 100 | one in 36 seconds |
//! | the same, at a known browser | its cookie | 5 | after 1, 2, 4 … seconds, up to one in 3 minutes |
//! | wrong client secrets | client and address | 30 | one in 10 seconds |
//! | device authorizations of a public client | client and address | 60 | one in 5 seconds |
//! | the same, of any client | client | 10 000 | as they expire (503) |
//! | pushed requests of a public client | client and address | 60 | one in 5 seconds |
//! | the same | client | 10 000 | as they expire (503) |
//! | registrations of clients | address | 20 | one a minute |
//! | documents of clients that are fetched and were not before | address | 20 | one in 6 seconds |
//! | the same | host that is asked | 100 | one a second (503) |
//! | wrong user codes of devices | person | 5 | after 1, 2, 4 … seconds, up to one in 3 minutes |
//! | the same | everyone together | 100 | one a second |
//! | password hashes that wait | address, known person, everyone | 32, 4, 256 and 64 | when one is done (429, 503) |
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
//! Everything is counted in the memory of the instance: of `n` instances behind a load balancer, each counts for itself.

mod address;
mod buckets;
mod forwarded;
#[cfg(feature = "pages")]
mod hashing;
#[cfg(feature = "pages")]
mod login;
mod refresh;

use std::time::{Duration, Instant};

pub use self::address::{Cidr, ClientAddress, InvalidCidr, PeerAddress};
pub(crate) use self::address::{Network, locate};
pub(crate) use self::buckets::Attempt;
#[cfg(feature = "http-client")]
pub(crate) use self::buckets::{Buckets, Policy};
#[cfg(not(feature = "http-client"))]
use self::buckets::{Buckets, Policy};
#[cfg(feature = "pages")]
pub(crate) use self::hashing::{HashQueue, Lane, Turn};
#[cfg(feature = "pages")]
pub(crate) use self::login::LoginKey;
pub(crate) use self::refresh::{RefreshPace, TooFast};
use crate::error::{Error, Result};

/// The requests that strangers may have pushed as one public client, and the time that each is kept, about.
const PENDING_PUSHED: u32 = 10_000;
const KEPT_PUSHED: Duration = Duration::from_mins(16);

/// The counters of a running server.
#[derive(Debug)]
pub(crate) struct Limits {
    client_secrets: Buckets,
    device_requests: Buckets,
    registrations: Buckets,
    pending_devices: Buckets,
    pushed_requests: Buckets,
    pending_pushed: Buckets,
    #[cfg(feature = "pages")]
    logins: login::Logins,
}

impl Limits {
    /// `pending` device codes of a client at once, each of which lives for `lifetime`.
    pub(crate) fn new(pending: u32, lifetime: Duration) -> Self {
        let each = lifetime / pending.max(1);
        Self {
            client_secrets: Buckets::new(Policy::at_once(30, Duration::from_secs(10))),
            device_requests: Buckets::new(Policy::at_once(60, Duration::from_secs(5))),
            registrations: Buckets::new(Policy::at_once(20, Duration::from_mins(1))),
            pending_devices: Buckets::new(Policy::at_once(pending, each)),
            pushed_requests: Buckets::new(Policy::at_once(60, Duration::from_secs(5))),
            pending_pushed: Buckets::new(Policy::at_once(PENDING_PUSHED, KEPT_PUSHED / PENDING_PUSHED)),
            #[cfg(feature = "pages")]
            logins: login::Logins::new(),
        }
    }

    /// Begins an authentication of this client by its secret. RFC 6749 §2.3.1: "the authorization server MUST protect any endpoint
    /// utilizing it against brute force attacks."
    ///
    /// # Errors
    ///
    /// 429, if too many failed for it from this address.
    pub(crate) fn client_secret(
        &self,
        client_id: &str,
        address: Option<Network>,
        now: Instant,
    ) -> Result<Option<Attempt<'_>>> {
        let attempt = address.map(|address| self.client_secrets.begin((client_id, address), now));
        attempt.transpose().map_err(|wait| Error::too_many_requests(wait).by_rule("client_secret"))
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
