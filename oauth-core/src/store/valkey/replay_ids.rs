//! Role `replay_ids`.

use super::ValkeyStore;
use super::keys::{Kind, named, removal, seconds};
use super::run::{Argument, Weight};
use super::scripts::CLAIM_ID;
use crate::secret::TokenHash;
use crate::store::{Attempt, ReplayStore, Result};
use crate::time::UnixTime;

impl ReplayStore for ValkeyStore {
    async fn claim_replay_id(
        &self,
        id: &TokenHash,
        attempt: Attempt,
        until: UnixTime,
        now: UnixTime,
    ) -> Result<bool> {
        let key = self.hash_key(Kind::ReplayId, id);
        let claim: [&dyn Argument; 4] = [&seconds(now), &named(attempt), &seconds(until), &removal(until)];
        self.run("claim the identifier of an assertion", Weight::Security, &CLAIM_ID, &key, &claim).await
    }
}
