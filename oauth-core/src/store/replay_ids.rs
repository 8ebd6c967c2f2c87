//! Role `replay_ids`.

use std::pin::Pin;

use super::{Attempt, Result};
use crate::secret::TokenHash;
use crate::time::UnixTime;

/// Keeps the identifiers of assertions that were used. Role `#[replay_ids]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot keep the identifiers of used assertions, which the grant `jwt_bearer` needs",
    label = "no store plays the role `replay_ids`",
    note = "the `#[validator]` struct says who keeps them: `#[store] store: SqliteStore` (all roles), or `#[replay_ids] replay_ids: …`",
    note = "the type of that field is `SqliteStore`, `MemoryStore`, or a type of yours that implements `ReplayStore`"
)]
pub trait ReplayStore: Send + Sync {
    /// Claims an identifier, in **one atomic step**: of any number of concurrent attempts one gets `true`, and again if it asks
    /// again; others get `false` for as long as the claim lasts. It lasts until `until`: at `now` or before, a claim has ended.
    fn claim_replay_id(
        &self,
        id: &TokenHash,
        attempt: Attempt,
        until: UnixTime,
        now: UnixTime,
    ) -> impl Future<Output = Result<bool>> + Send;
}

pub(crate) type Claiming<'a> = Pin<Box<dyn Future<Output = crate::error::Result<bool>> + Send + 'a>>;

/// Every [`ReplayStore`] is one, without its type.
pub(crate) trait AnyReplayStore: Send + Sync {
    fn claim<'a>(
        &'a self,
        id: &'a TokenHash,
        attempt: Attempt,
        until: UnixTime,
        now: UnixTime,
    ) -> Claiming<'a>;
}

impl<R: ReplayStore> AnyReplayStore for R {
    fn claim<'a>(
        &'a self,
        id: &'a TokenHash,
        attempt: Attempt,
        until: UnixTime,
        now: UnixTime,
    ) -> Claiming<'a> {
        Box::pin(async move { Ok(self.claim_replay_id(id, attempt, until, now).await?) })
    }
}
