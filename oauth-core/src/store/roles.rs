//! The roles, and the stores that play them.

use super::{
    AnyLimitStore, AnyLogoutStore, AnyPushedRequestStore, AnyRegistrationStore, AnyRevocationStore,
    AnyUpkeep, Attempt, ClientStore, StoreError, TokenStore, User,
};
use crate::secret::TokenHash;
use crate::store;
use crate::time::UnixTime;

/// The stores of a validator, by role. `#[validator]` on a struct implements it from the `#[store]` field and the
/// fields named after roles.
///
/// A role that nothing plays is [`NoStore`](crate::store::NoStore): a grant that needs it does not compile.
pub trait StoreRoles: Sized + Send + Sync + 'static {
    /// Keeps clients: every server needs it.
    type Clients: ClientStore;
    /// Keeps tokens: every server needs it.
    type Tokens: TokenStore;
    /// Keeps authorization codes.
    type Codes: Send + Sync;
    /// Keeps users.
    type Users: Send + Sync;
    /// Keeps login sessions.
    type Sessions: Send + Sync;
    /// Keeps consents.
    type Consents: Send + Sync;
    /// Keeps device authorizations.
    type Devices: Send + Sync;
    /// Keeps the identifiers of used assertions.
    type ReplayIds: Send + Sync;

    /// True if [`claim_replay_id`](Self::claim_replay_id) is implemented: only then can clients authenticate
    /// by assertions (RFC 7523 §2.2).
    const KEEPS_REPLAY_IDS: bool;

    /// True if [`pushed_requests`](Self::pushed_requests) is implemented: only then can clients push authorization requests
    /// (RFC 9126).
    const KEEPS_PUSHED_REQUESTS: bool = false;
    /// True if [`registrations`](Self::registrations) lends a store: only then can clients register themselves.
    const KEEPS_REGISTRATIONS: bool = false;

    /// The store of the role `clients`, where it keeps registrations: clients that come by themselves (RFC 7591). By hand, lend it
    /// and set [`KEEPS_REGISTRATIONS`](Self::KEEPS_REGISTRATIONS).
    fn registrations(&self) -> Option<&dyn AnyRegistrationStore> {
        None
    }

    /// The store of clients.
    fn clients(&self) -> &Self::Clients;
    /// The store of tokens.
    fn tokens(&self) -> &Self::Tokens;
    /// The store of codes.
    fn codes(&self) -> &Self::Codes;
    /// The store of users.
    fn users(&self) -> &Self::Users;
    /// The store of sessions.
    fn sessions(&self) -> &Self::Sessions;
    /// The store of consents.
    fn consents(&self) -> &Self::Consents;
    /// The store of device authorizations.
    fn devices(&self) -> &Self::Devices;
    /// The store of the identifiers of used assertions.
    fn replay_ids(&self) -> &Self::ReplayIds;

    /// The store of the role `tokens`, where it is a [`RevocationStore`](crate::store::RevocationStore): self-contained access tokens
    /// need one. By hand, lend it.
    fn revocations(&self) -> Option<&dyn AnyRevocationStore> {
        None
    }

    /// The store of the role `tokens`, where it is a [`LimitStore`](crate::store::LimitStore): it counts
    /// [attempts at secrets](crate::limits) for all instances. By hand, lend it; without, each instance counts for itself.
    fn limits(&self) -> Option<&dyn AnyLimitStore> {
        None
    }

    /// The store of pushed authorization requests, a [`PushedRequestStore`](crate::store::PushedRequestStore), if any plays the
    /// role `pushed_requests`. By hand, lend it and set [`KEEPS_PUSHED_REQUESTS`](Self::KEEPS_PUSHED_REQUESTS).
    fn pushed_requests(&self) -> Option<&dyn AnyPushedRequestStore> {
        None
    }

    /// The store of the role `sessions`, where it is a [`LogoutStore`](crate::store::LogoutStore): then each client hears of the end of a
    /// session at least once. By hand, lend [`SessionStore::logouts`](crate::store::SessionStore::logouts).
    fn logouts(&self) -> Option<&dyn AnyLogoutStore> {
        None
    }

    /// The stores that can be [swept](crate::store::Sweep) and say whether they are [ready](crate::store::Ready), each once, whatever
    /// roles it plays: the housekeeping of a server and its health ask them. By hand, lend them.
    fn upkeep(&self) -> Vec<&dyn AnyUpkeep> {
        Vec::new()
    }

    /// The user that an OpenID provider tells its clients of:
    /// [`UserStore::user`](crate::store::UserStore::user) of the role `users`. By hand, forward to it;
    /// without, nobody is known, and clients are told no more than a subject identifier.
    fn find_user(&self, _subject: &str) -> impl Future<Output = store::Result<Option<User>>> + Send {
        async { Ok(None) }
    }

    /// Claims the identifier of an assertion: [`ReplayStore::claim_replay_id`](crate::store::ReplayStore::claim_replay_id)
    /// of the role `replay_ids`. By hand, forward to it and set [`KEEPS_REPLAY_IDS`](Self::KEEPS_REPLAY_IDS).
    ///
    /// # Errors
    ///
    /// Unless it is implemented.
    fn claim_replay_id(
        &self,
        _id: &TokenHash,
        _attempt: Attempt,
        _until: UnixTime,
        _now: UnixTime,
    ) -> impl Future<Output = store::Result<bool>> + Send {
        async { Err(StoreError::without_role("claim the identifier of an assertion", "replay_ids")) }
    }
}
