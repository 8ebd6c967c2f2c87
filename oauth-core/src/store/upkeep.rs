//! Upkeep: the duties of a store beside what it is asked for.

use std::pin::Pin;

use super::{Result, Session};
use crate::time::UnixTime;

/// Removes what has expired, when it is told to.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be told to remove what has expired",
    label = "no store that implements `Sweep`",
    note = "`SqliteStore`, `PostgresStore`, `ValkeyStore` and `MemoryStore` do; a store of yours implements `Sweep`"
)]
pub trait Sweep: Send + Sync {
    /// True if it removes by itself what has expired: then nobody need sweep it, but may. Default: a server that
    /// [is maintained](crate::server::RunningServer::maintain) sweeps it.
    const SWEEPS_ITSELF: bool = false;

    /// Removes entries that expired at `before` or earlier, `limit` of them at most over all that it keeps, and returns their number:
    /// one below the limit says that nothing is left. Few enough at a time that others hardly notice are about 1,000.
    ///
    /// The clocks of instances differ: `before` is the present less a minute.
    fn sweep(&self, before: UnixTime, limit: u32) -> impl Future<Output = Result<u64>> + Send;

    /// Removes sessions that expired at `before` or earlier, `limit` of them at most, and returns them, where that costs no more than
    /// removing them: a server that sweeps the store tells of each. Default: none, and [`sweep`](Self::sweep) removes them.
    fn expire_sessions(
        &self,
        _before: UnixTime,
        _limit: u32,
    ) -> impl Future<Output = Result<Vec<Session>>> + Send {
        async { Ok(Vec::new()) }
    }
}

/// Tells whether a store can do its work at this moment: a health check asks it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot tell whether it is ready",
    label = "no store that implements `Ready`",
    note = "`SqliteStore`, `PostgresStore`, `ValkeyStore` and `MemoryStore` do; a store of yours implements `Ready`"
)]
pub trait Ready: Send + Sync {
    /// True if instances on several machines can use it. What else they have to share is then worth a warning where it is not. Default:
    /// `false`.
    const IS_SHARED: bool = false;

    /// Answers if the store can be read and takes writes, as far as that is known without writing. It may take as long as any operation:
    /// who asks sets a limit, and does not ask for each request.
    ///
    /// # Errors
    ///
    /// [Overloaded](super::StoreError::is_overloaded), where that may pass.
    fn ready(&self) -> impl Future<Output = Result<()>> + Send;
}

/// An operation under way.
type Doing<'a, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 'a>>;

/// [`Sweep`] and [`Ready`] without the type of the store: a validator
/// [lends each of its stores](super::StoreRoles::upkeep) by this.
pub trait AnyUpkeep: Send + Sync {
    /// As [`Sweep::SWEEPS_ITSELF`].
    fn sweeps_itself(&self) -> bool;
    /// As [`Ready::IS_SHARED`].
    fn is_shared(&self) -> bool;
    /// The name of the store's type, as a health check tells it.
    fn name(&self) -> &'static str;
    /// As [`Sweep::sweep`].
    fn sweep(&self, before: UnixTime, limit: u32) -> Doing<'_, u64>;
    /// As [`Sweep::expire_sessions`].
    fn expire_sessions(&self, before: UnixTime, limit: u32) -> Doing<'_, Vec<Session>>;
    /// As [`Ready::ready`].
    fn ready(&self) -> Doing<'_, ()>;
}

impl<T: Sweep + Ready> AnyUpkeep for T {
    fn sweeps_itself(&self) -> bool {
        T::SWEEPS_ITSELF
    }

    fn is_shared(&self) -> bool {
        T::IS_SHARED
    }

    fn name(&self) -> &'static str {
        let name = std::any::type_name::<T>();
        name.split('<').next().and_then(|path| path.rsplit("::").next()).unwrap_or(name)
    }

    fn sweep(&self, before: UnixTime, limit: u32) -> Doing<'_, u64> {
        Box::pin(Sweep::sweep(self, before, limit))
    }

    fn expire_sessions(&self, before: UnixTime, limit: u32) -> Doing<'_, Vec<Session>> {
        Box::pin(Sweep::expire_sessions(self, before, limit))
    }

    fn ready(&self) -> Doing<'_, ()> {
        Box::pin(Ready::ready(self))
    }
}
