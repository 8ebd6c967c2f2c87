//! Tests of your store: [`store_conformance!`](crate::store_conformance!) writes one for each duty that the traits of
//! [`store`](crate::store) state, and runs it over a store of yours.
//!
//! ```
//! use std::collections::HashMap;
//! use std::sync::{Arc, Mutex, PoisonError};
//!
//! use oauth_core::secret::TokenHash;
//! use oauth_core::store::{Attempt, ReplayStore, Result};
//! use oauth_core::time::UnixTime;
//!
//! #[derive(Clone, Default)]
//! struct Claims(Arc<Mutex<HashMap<TokenHash, (Attempt, UnixTime)>>>);
//!
//! impl ReplayStore for Claims {
//!     async fn claim_replay_id(&self, id: &TokenHash, attempt: Attempt, until: UnixTime, now: UnixTime) -> Result<bool> {
//!         let mut claims = self.0.lock().unwrap_or_else(PoisonError::into_inner);
//!         claims.retain(|_, (_, until)| now < *until);
//!         let (claimant, _) = claims.entry(*id).or_insert((attempt, until));
//!         Ok(*claimant == attempt)
//!     }
//! }
//!
//! # fn main() {}
//! #[cfg(test)]
//! # mod of_an_example {}
//! mod tests {
//!     use super::*;
//!
//!     oauth_core::store_conformance!(roles(replay_ids), || async { Claims::default() });
//! }
//! ```
//!
//! - The closure makes an empty store for one test, and panics where it cannot. A module has one such macro. What must outlive the store is
//!   [kept](Keep::keep): `|keep| async move { let folder = …; keep.keep(folder); store }`.
//! - `roles(…)` says what the store keeps: `clients`, `users`, `codes`, `tokens`, `revocations`, `sessions`, `consents`, `devices`,
//!   `pushed_requests` and `replay_ids`. Each needs one trait and [`Clone`]: stores are shared by it. `together` are the duties of a
//!   store that keeps all of these, such as to sign a person out whose password becomes another one. `all` stands for these eleven, and
//!   so does no `roles(…)` at all.
//! - Stores may have more: [`list_clients`](crate::store::ListClients), [`list_users`](crate::store::ListUsers),
//!   [`list_sessions`](crate::store::ListSessions), [`list_grants`](crate::store::ListGrants),
//!   [`list_consents`](crate::store::ListConsents), `administration` for all that and these five,
//!   [`logouts`](crate::store::LogoutStore), [`limits`](crate::store::LimitStore), [`keys`](crate::store::KeyStore),
//!   [`audit`](crate::store::AuditStore), [`ready`](crate::store::Ready), [`examine`](crate::store::Examine), and
//!   [`sweep`](crate::store::Sweep), which needs all that expires; `sweep_rows` are the duties of one in which what has expired stays
//!   until it is swept. For example `roles(all, list_clients, limits, keys)`.
//! - Each test is named after its duty, in a module named after the role: `tests::codes::two_hundred_redeem_one_code`.
//! - Those with two hundred in their name are **races**: as many tasks on four threads ask for one thing at the same moment, and one
//!   gets it. A store that reads and then deletes fails there. One that is shared by several processes must be asked by several as
//!   well, which only you can start.
//! - Tests take place an hour ahead of the clock: a store that forgets by its own clock forgets nothing meanwhile.
//! - Registrations have no tests here.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::unreachable,
    clippy::missing_panics_doc,
    reason = "a test fails by a panic"
)]

#[doc(hidden)]
pub mod administration;
#[doc(hidden)]
pub mod audit;
#[doc(hidden)]
pub mod clients;
#[doc(hidden)]
pub mod codes;
#[doc(hidden)]
pub mod consents;
#[doc(hidden)]
pub mod devices;
#[doc(hidden)]
pub mod examine;
mod keep;
#[doc(hidden)]
pub mod keys;
#[doc(hidden)]
pub mod limits;
#[doc(hidden)]
pub mod list_clients;
#[doc(hidden)]
pub mod list_consents;
#[doc(hidden)]
pub mod list_grants;
#[doc(hidden)]
pub mod list_sessions;
#[doc(hidden)]
pub mod list_users;
#[doc(hidden)]
pub mod logouts;
#[doc(hidden)]
pub mod pushed_requests;
#[doc(hidden)]
pub mod races;
#[doc(hidden)]
pub mod ready;
#[doc(hidden)]
pub mod records;
#[doc(hidden)]
pub mod replay_ids;
#[doc(hidden)]
pub mod revocations;
mod roles;
#[doc(hidden)]
pub mod sessions;
#[doc(hidden)]
pub mod sweep;
#[doc(hidden)]
pub mod sweep_rows;
#[doc(hidden)]
pub mod together;
#[doc(hidden)]
pub mod tokens;
#[doc(hidden)]
pub mod users;
mod walk;

pub use self::keep::Keep;

/// The traits that the roles stand for.
#[doc(hidden)]
pub mod traits {
    pub use super::administration::EveryList;
    pub use super::sweep::SweptStore;
    pub use super::together::EveryStore;
    pub use crate::store::{
        AuditStore, ClientStore, CodeStore, ConsentStore, DeviceStore, Examine, KeyStore, LimitStore,
        ListClients, ListConsents, ListGrants, ListSessions, ListUsers, LogoutStore, PushedRequestStore,
        Ready, ReplayStore, RevocationStore, SessionStore, TokenStore, UserStore,
    };
}

/// The closure of [`store_conformance!`](crate::store_conformance!), so that its parameter has a type.
#[doc(hidden)]
pub fn make<S: Future>(closure: impl FnOnce(Keep) -> S) -> impl FnOnce(Keep) -> S {
    closure
}

/// Runs what a test of [`store_conformance!`](crate::store_conformance!) does.
#[doc(hidden)]
pub fn test(duty: impl AsyncFnOnce(Keep)) {
    // It is dropped after the runtime, whose tasks may use what is kept.
    let keep = Keep::default();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap();
    runtime.block_on(duty(keep.clone()));
}
