//! The concurrency suite can fail: a store that reads and then deletes is caught by it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use oauth_core::secret::TokenHash;
use oauth_core::store::{
    Attempt, AuthorizationGrant, CodeRedemption, CodeStore, FamilyId, PeekedCode, Result,
};
use oauth_core::time::UnixTime;
use tokio::sync::Barrier;

use crate::concurrency::redeem_at_once;
use crate::support::{after, grant, hash, now};

const CALLERS: usize = 4;

/// Redeems in two steps, and all callers are between the two at the same moment.
#[derive(Clone)]
struct ReadThenDelete {
    codes: Arc<Mutex<HashMap<TokenHash, AuthorizationGrant>>>,
    between: Arc<Barrier>,
}

impl CodeStore for ReadThenDelete {
    async fn save_code(&self, code: TokenHash, grant: AuthorizationGrant) -> Result<()> {
        self.codes.lock().unwrap().insert(code, grant);
        Ok(())
    }

    async fn peek_code(&self, code: &TokenHash, _: UnixTime) -> Result<Option<PeekedCode>> {
        let grant = self.codes.lock().unwrap().get(code).cloned();
        Ok(grant.map(|grant| PeekedCode { grant, is_taken: false }))
    }

    async fn take_code(&self, code: &TokenHash, _: Attempt, _: UnixTime) -> Result<CodeRedemption> {
        let is_there = self.codes.lock().unwrap().contains_key(code);
        self.between.wait().await;
        self.codes.lock().unwrap().remove(code);
        Ok(if is_there { CodeRedemption::Redeemed } else { CodeRedemption::Unknown })
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_reads_and_then_deletes_is_caught() {
    let store = ReadThenDelete { codes: Arc::default(), between: Arc::new(Barrier::new(CALLERS)) };
    let now = now();
    store.save_code(hash("code"), grant(FamilyId::random(), after(now, 60))).await.unwrap();
    let answers = redeem_at_once(&[store], hash("code"), now, CALLERS).await;
    let redeemed = answers.iter().filter(|answer| **answer == CodeRedemption::Redeemed).count();
    assert_eq!(redeemed, CALLERS, "each of them got tokens for one code");
}
