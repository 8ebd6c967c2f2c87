//! Roles that are misspelt or forgotten.

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

mod misspelt {
    oauth_core::store_conformance!(roles(replay_ids, limit), || async { super::Claims::default() });
}

mod none {
    oauth_core::store_conformance!(roles(), || async { super::Claims::default() });
}

mod without_a_store {
    oauth_core::store_conformance!(roles(replay_ids));
}

mod nothing {
    oauth_core::store_conformance!();
}

fn main() {}
