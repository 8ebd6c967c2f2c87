//! A store in the memory of one process.

mod access_tokens;
mod clients;
mod codes;
mod consents;
mod devices;
mod examine;
mod expiring;
mod folded;
mod granted;
mod keys;
mod limits;
mod lists;
mod logouts;
mod markers;
mod pushed_requests;
mod recent_ids;
mod refresh;
mod registrations;
mod replay_ids;
mod sessions;
mod shard;
mod tokens;
mod upkeep;
mod users;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use parking_lot::{Mutex, RwLock};

use self::access_tokens::AccessTokens;
use self::clients::Clients;
use self::codes::Code;
use self::consents::Consents;
use self::devices::Devices;
use self::expiring::{ByHash, Expiring};
use self::logouts::Logouts;
use self::markers::Markers;
use self::pushed_requests::Pushed;
pub(crate) use self::recent_ids::RecentIds;
use self::refresh::RefreshTokens;
use self::users::Users;
use super::{Attempt, Authorization, Registration, Session, StoredKey};
use crate::limits::{LimitKey, Tally};
use crate::secret::TokenHash;

/// Keeps everything in memory, in every role: for tests, for trying things out, and for one instance whose people may
/// be logged out by a restart. Clones share what they keep.
///
/// Codes, tokens, sessions and device authorizations that have expired go away by themselves, with insertions; clients, users and consents
/// stay.
///
/// ```
/// use oauth_core::prelude::*;
///
/// # async fn example() -> std::result::Result<(), Box<dyn std::error::Error>> {
/// let store = MemoryStore::new();
/// store.save_client(Client::public("notes").redirect_uri("https://notes.example/callback").build()?).await?;
/// assert!(store.client("notes").await?.is_some());
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Default)]
pub struct MemoryStore(Arc<Inner>);

/// No lock is ever held across an `await`. Where two are held, they are taken in the order of the fields.
#[derive(Debug, Default)]
struct Inner {
    clients: RwLock<Clients>,
    registrations: RwLock<HashMap<String, Registration>>,
    users: RwLock<Users>,
    consents: RwLock<Consents>,
    codes: Mutex<ByHash<Code>>,
    devices: Mutex<Devices>,
    pushed_requests: Mutex<Expiring<TokenHash, Pushed>>,
    sessions: RwLock<Expiring<TokenHash, Session>>,
    access_tokens: AccessTokens,
    refresh_tokens: Mutex<RefreshTokens>,
    revocations: RwLock<Markers>,
    replay_ids: Mutex<Expiring<TokenHash, Attempt>>,
    keys: Mutex<BTreeMap<String, StoredKey>>,
    /// The clients that must still hear of the end of a session.
    logouts: Mutex<Logouts>,
    limits: Mutex<Expiring<LimitKey, Tally>>,
}

impl MemoryStore {
    /// An empty store.
    pub fn new() -> Self {
        Self::default()
    }

    /// The number of entries that it holds.
    pub fn usage(&self) -> Usage {
        // One lock at a time: the figures need not be of one instant.
        let clients = self.0.clients.read().len();
        let users = self.0.users.read().len();
        let consents = self.0.consents.read().len();
        let codes = self.0.codes.lock().len();
        let devices = self.0.devices.lock().len();
        let sessions = self.0.sessions.read().len();
        let access_tokens = self.0.access_tokens.len();
        let (refresh_tokens, sealed_successors) = self.0.refresh_tokens.lock().len();
        let revocations = self.0.revocations.read().len();
        let replay_ids = self.0.replay_ids.lock().len();
        let pushed_requests = self.0.pushed_requests.lock().len();
        let keys = self.0.keys.lock().len();
        let logouts = self.0.logouts.lock().len();
        let limits = self.0.limits.lock().len();
        Usage {
            clients,
            users,
            consents,
            codes,
            devices,
            sessions,
            access_tokens,
            refresh_tokens,
            sealed_successors,
            revocations,
            replay_ids,
            pushed_requests,
            keys,
            logouts,
            limits,
        }
    }

    /// Tells whether a marker ends what has this hash and was issued from this.
    fn is_ended(&self, hash: &TokenHash, authorization: &Authorization) -> bool {
        self.0.revocations.read().end(hash, authorization)
    }
}

/// The number of entries in a [`MemoryStore`], with those that have expired and not gone yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Usage {
    /// Registered clients.
    pub clients: usize,
    /// Users.
    pub users: usize,
    /// Pairs of a person and a client they granted something.
    pub consents: usize,
    /// Authorization codes, redeemed ones too.
    pub codes: usize,
    /// Device authorizations.
    pub devices: usize,
    /// Login sessions.
    pub sessions: usize,
    /// Access tokens.
    pub access_tokens: usize,
    /// Refresh tokens, rotated ones too.
    pub refresh_tokens: usize,
    /// Successors kept for the grace of a rotation.
    pub sealed_successors: usize,
    /// Markers of what was revoked.
    pub revocations: usize,
    /// Identifiers of assertions that were used.
    pub replay_ids: usize,
    /// Pushed authorization requests, answered ones too.
    pub pushed_requests: usize,
    /// Keys that instances share.
    pub keys: usize,
    /// Clients that must still hear of the end of a session.
    pub logouts: usize,
    /// Keys of limits that have attempts.
    pub limits: usize,
}
