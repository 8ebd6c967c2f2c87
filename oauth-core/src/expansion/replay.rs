//! The test whether the type of a `#[store]` plays the role `replay_ids`, which not every store does.

use std::marker::PhantomData;

use crate::secret::TokenHash;
use crate::store::{Attempt, ReplayStore, Result, StoreError};
use crate::time::UnixTime;

/// Names find items of the type itself, where its bound holds, before those of a trait: [`NoReplayIds`] has the others.
#[derive(Debug)]
pub struct ReplayIds<T>(PhantomData<T>);

impl<T: ReplayStore> ReplayIds<T> {
    /// True, as the type plays the role.
    pub const ARE_KEPT: bool = true;

    /// Claims an identifier.
    pub fn claim<'a>(
        store: &'a T,
        id: &'a TokenHash,
        attempt: Attempt,
        until: UnixTime,
        now: UnixTime,
    ) -> impl Future<Output = Result<bool>> + Send + 'a {
        store.claim_replay_id(id, attempt, until, now)
    }
}

/// The answers for every type without the role.
pub trait NoReplayIds<T> {
    /// False, as the type does not play the role.
    const ARE_KEPT: bool = false;

    /// Fails: nobody asks where [`ARE_KEPT`](Self::ARE_KEPT) is false.
    fn claim(_: &T, _: &TokenHash, _: Attempt, _: UnixTime, _: UnixTime) -> std::future::Ready<Result<bool>> {
        std::future::ready(Err(StoreError::without_role(
            "claim the identifier of an assertion",
            "replay_ids",
        )))
    }
}

impl<T> NoReplayIds<T> for ReplayIds<T> {}
