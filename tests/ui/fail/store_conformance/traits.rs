//! A role that the store cannot play: it lacks the trait.

use std::sync::{Arc, Mutex};

use oauth_core::secret::TokenHash;
use oauth_core::store::{Attempt, ReplayStore, Result};
use oauth_core::time::UnixTime;

#[derive(Clone, Default)]
struct Claims(Arc<Mutex<Vec<TokenHash>>>);

impl ReplayStore for Claims {
    async fn claim_replay_id(&self, id: &TokenHash, _: Attempt, _: UnixTime, _: UnixTime) -> Result<bool> {
        let mut claims = self.0.lock().unwrap();
        let is_new = !claims.contains(id);
        claims.push(*id);
        Ok(is_new)
    }
}

mod limits {
    oauth_core::store_conformance!(roles(replay_ids, limits), || async { super::Claims::default() });
}

mod audit {
    oauth_core::store_conformance!(roles(audit), || async { super::Claims::default() });
}

fn main() {}
