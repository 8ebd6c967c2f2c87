//! The memory of a server, by role. A store implements the roles it can keep; a validator names which store plays
//! which role, and [`NoStore`] plays none.
//!
//! Everything single-use is **one atomic operation** ([`CodeStore::take_code`], [`TokenStore::rotate_refresh_token`],
//! [`DeviceStore::take_device_code`], [`PushedRequestStore::take_pushed_request`], [`ReplayStore::claim_replay_id`]), so that any number of instances can share one
//! database. Each can be written as one conditional statement, or as one script. What only looks ([`CodeStore::peek_code`])
//! decides nothing. Stores see hashes, never a secret.
//!
//! # For implementers
//!
//! - **Time.** Operations that ask compare with the `now` they are given: what expires at `now` has expired. A store
//!   removes what has expired by itself, by its own clock, some at each write; nothing may depend on when.
//! - **Markers.** A [`Revocation`] is one entry of its own, looked up whenever a token or a code is *read* or *saved*: under its
//!   [`Marks`], and compared with its `granted_at`. Marking the tokens instead misses one whose insert is not committed
//!   yet, and then a thief keeps a live token. A [`RevocationStore`] is asked about tokens that no store keeps, and looks for
//!   markers alone. A store of codes or devices that has no markers leaves this to
//!   [`TokenStore::save_tokens`].
//! - **Attempts.** A single-use operation answers the same [`Attempt`] again as before: a database's client may repeat what
//!   it does not know the outcome of.
//! - **Records.** [`encode`] and [`decode`] make one JSON value of a record, with the number of its format. Keep that, and
//!   beside it what you look for: hash, expiry, family, marks. A record of a higher format is a [`StoreError`] that ends as
//!   `temporarily_unavailable`: leave it as it is.
//! - **Keys.** [`Successor::token`] has the family of the token it replaces, so that a clustered store can place a
//!   family on one node by that name.
//! - **Lists.** [`ListClients`] and its kind are read page by page, in the order of a key that no two entries share: [`Page::rows`]
//!   entries whose keys come after [`Cursor::key`], and [`Page::of`] makes a page of them.
//! - **Upkeep.** [`Sweep`] and [`Ready`] are traits of their own: implement both, and `#[validator]`
//!   [lends](StoreRoles::upkeep) the store to whoever sweeps and asks for its health.
//! - **Limits.** [`LimitStore`] is a trait of its own: implement it for the store that plays `tokens`, and guesses do not grow with the
//!   number of instances. [`Policy::begin`](crate::limits::Policy::begin) is the arithmetic.
//! - **Tests.** `oauth_core::store_conformance!`, of the feature `conformance`, writes one for each duty that these traits state, with
//!   races of two hundred, and runs it over your store: `roles(…)` names what it has, from codes to lists, limits, logouts and keys.
//! - **Failures.** Whatever cannot be written or read back, an undecodable row too, is a [`StoreError`].

mod audit;
mod clients;
mod codes;
mod consents;
mod devices;
mod error;
mod examine;
mod format;
mod keys;
mod limits;
mod lists;
mod logouts;
#[cfg(any(feature = "postgres", feature = "sqlite", feature = "valkey"))]
mod measure;
mod memory;
#[cfg(any(feature = "postgres", feature = "sqlite"))]
mod migrations;
mod page;
#[cfg(feature = "postgres")]
mod postgres;
mod pushed_requests;
mod registrations;
mod replay_ids;
mod revocations;
mod roles;
mod sessions;
#[cfg(feature = "sqlite")]
mod sqlite;
mod tokens;
mod upkeep;
mod users;
#[cfg(feature = "valkey")]
mod valkey;

pub use self::audit::{AuditEntry, AuditStore, AuditTable};
pub use self::clients::ClientStore;
pub(crate) use self::clients::client_of_token;
pub use self::codes::CodeStore;
pub use self::consents::ConsentStore;
pub use self::devices::DeviceStore;
pub use self::error::StoreError;
pub use self::examine::{Backlog, Examination, Examine, Schema, Setting};
pub use self::format::{Record, decode, encode};
pub use self::keys::{KeyStore, StoredKey};
pub use self::limits::{AnyLimitStore, LimitStore};
pub use self::lists::{
    Consent, ListClients, ListConsents, ListGrants, ListSessions, ListUsers, StandingGrant,
};
pub use self::logouts::{AnyLogoutStore, LogoutStore};
pub(crate) use self::memory::RecentIds;
pub use self::memory::{MemoryStore, Usage};
pub use self::page::{Cursor, InvalidCursor, Page};
#[cfg(feature = "postgres")]
pub use self::postgres::{ConnectError, PostgresStore};
pub use self::pushed_requests::{AnyPushedRequestStore, PushedRequestStore};
pub use self::registrations::{AnyRegistrationStore, Registration, RegistrationStore};
pub use self::replay_ids::ReplayStore;
pub(crate) use self::replay_ids::{AnyReplayStore, Claiming};
pub use self::revocations::{AnyRevocationStore, RevocationStore};
pub use self::roles::StoreRoles;
pub use self::sessions::SessionStore;
#[cfg(feature = "sqlite")]
pub use self::sqlite::{OpenError, SqliteStore};
pub use self::tokens::TokenStore;
pub use self::upkeep::{AnyUpkeep, Ready, Sweep};
pub use self::users::UserStore;
#[cfg(feature = "valkey")]
pub use self::valkey::{SecurityWrites, ValkeyConnectError, ValkeyStore};
pub use crate::model::{
    AccessToken, Attempt, Authorization, AuthorizationGrant, CodeRedemption, DeviceAuthorization,
    DeviceDecision, DeviceGrant, DevicePoll, FamilyId, LoadedRequest, LogoutNotice, MarkerKey, Marks,
    PeekedCode, PushedRequest, RefreshToken, Revocation, Rotation, Saving, SecondStep, Session, Successor,
    User,
};

/// The result of every store operation.
pub type Result<T> = std::result::Result<T, StoreError>;

/// The role of a validator that has no store for it.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoStore;
