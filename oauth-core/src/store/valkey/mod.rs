//! A store in a Valkey or Redis server, or in a cluster of them.

mod clients;
mod codes;
mod connect;
mod connection;
mod consents;
mod devices;
mod examine;
mod inspect;
mod keys;
mod limits;
mod lists;
mod logouts;
mod markers;
mod pushed_requests;
mod registrations;
mod replay_ids;
mod rotation;
mod run;
mod scripts;
mod sessions;
mod stored_keys;
mod tokens;
mod upkeep;
mod users;

use std::fmt;
use std::sync::Arc;

pub use self::connect::ValkeyConnectError;
use self::connection::{Connection, Waiting};

/// Keeps everything in Valkey 8, or Redis 7.0 and later, in every role. Clones share their connections, and any number of instances
/// on any number of machines can share the server or the cluster.
///
/// Each operation that must happen once is one script over one key; what takes several keys writes them in an order that leaves
/// nothing half true wherever it is cut off. What has expired is removed by the server. Its keys begin with `oauth:`.
///
/// A server acknowledges what it may lose: with `appendonly yes` and `appendfsync everysec` the last two seconds, in a power cut and, if
/// it waits for its disk, when its process is killed; with `appendfsync always` nothing. Where a replica takes over, what had not
/// reached it is lost as well. A lost token costs a login, but a lost revocation or redemption is a fault of security, so
/// [`security_writes`](Self::security_writes) can wait for replicas. That makes such a loss unlikely and not impossible: who must be
/// promised that nothing is lost has `PostgresStore` and `SqliteStore`.
///
/// ```no_run
/// use oauth_core::prelude::*;
/// use oauth_core::store::SecurityWrites;
///
/// # async fn example() -> std::result::Result<(), Box<dyn std::error::Error>> {
/// let seeds = ["valkeys://a.example:6379", "valkeys://b.example:6379"];
/// let store = ValkeyStore::connect_cluster(seeds).await?.security_writes(SecurityWrites::Replicas(1));
/// store.save_client(Client::public("notes").redirect_uri("https://notes.example/callback").build()?).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct ValkeyStore {
    connection: Connection,
    waiting: Waiting,
    prefix: Arc<str>,
    security_writes: SecurityWrites,
}

/// The number of servers that have a revocation, a redemption, a rotation or the like before it is acknowledged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SecurityWrites {
    /// The primary alone.
    #[default]
    Node,
    /// The primary, and this many of its replicas in their memory. Where fewer confirm it within a second, the operation fails with a
    /// [`StoreError`](super::StoreError) that passes, and may have happened. Have one replica more than this, or nothing is
    /// confirmed after a failover.
    Replicas(u8),
}

impl ValkeyStore {
    /// Connects to the server of this URL: `valkey://USER:PASSWORD@HOST:PORT/DATABASE`, `redis://…`, or `valkeys://…` and `rediss://…`
    /// for TLS, which trusts whom the operating system trusts. It waits 2 seconds for an answer.
    ///
    /// # Errors
    ///
    /// One line that names the host, never the password, and says what is wrong. A server that may evict what it keeps
    /// (`maxmemory-policy` is another than `noeviction`) is refused, since it would forget revocations. One without an append-only file
    /// is warned of in the log.
    pub async fn connect(url: &str) -> Result<Self, ValkeyConnectError> {
        connect::node(url).await.map(Self::over)
    }

    /// Connects to a cluster by some of its nodes, all of one scheme, user and password.
    ///
    /// # Errors
    ///
    /// As [`connect`](Self::connect); every node that can be reached is looked at.
    pub async fn connect_cluster<U: AsRef<str>>(
        urls: impl IntoIterator<Item = U>,
    ) -> Result<Self, ValkeyConnectError> {
        connect::cluster(urls).await.map(Self::over)
    }

    fn over((connection, waiting): (Connection, Waiting)) -> Self {
        Self { connection, waiting, prefix: "oauth:".into(), security_writes: SecurityWrites::default() }
    }

    /// Sets what all its keys begin with; `oauth:` unless it is said. All instances need the same.
    #[must_use]
    pub fn prefix(mut self, prefix: &str) -> Self {
        self.prefix = prefix.into();
        self
    }

    /// Sets who must have what must not be lost: revocations, redemptions, rotations, ends of sessions, claims of identifiers. All
    /// instances need the same. What waits for replicas has a connection of its own, and all else does not wait with it. Whoever presents
    /// what was revoked or rotated is told so once they have that, too: a request that is sent again may find it done by the first one.
    #[must_use]
    pub fn security_writes(mut self, security_writes: SecurityWrites) -> Self {
        self.security_writes = security_writes;
        self
    }
}

impl fmt::Debug for ValkeyStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ValkeyStore")
            .field("prefix", &self.prefix)
            .field("security_writes", &self.security_writes)
            .finish_non_exhaustive()
    }
}
