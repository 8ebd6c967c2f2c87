//! Stores of users' own: the suite passes a good one and catches one that reads and then deletes.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use oauth_core::conformance::store::audit::an_entry_is_kept_once;
use oauth_core::conformance::store::codes::two_hundred_redeem_one_code;
use oauth_core::secret::TokenHash;
use oauth_core::store::{
    Attempt, AuditEntry, AuditStore, AuthorizationGrant, CodeRedemption, CodeStore, Cursor, Page, PeekedCode,
    ReplayStore, Result,
};
use oauth_core::time::UnixTime;
use tokio::sync::Barrier;

/// Keeps the identifiers of assertions, and nothing else.
#[derive(Clone, Default)]
struct Claims(Arc<Mutex<HashMap<TokenHash, (Attempt, UnixTime)>>>);

impl ReplayStore for Claims {
    async fn claim_replay_id(
        &self,
        id: &TokenHash,
        attempt: Attempt,
        until: UnixTime,
        now: UnixTime,
    ) -> Result<bool> {
        let mut claims = self.0.lock().unwrap();
        claims.retain(|_, (_, until)| now < *until);
        let (claimant, _) = claims.entry(*id).or_insert((attempt, until));
        Ok(*claimant == attempt)
    }
}

mod claims {
    use super::Claims;

    oauth_core::store_conformance!(roles(replay_ids), || async { Claims::default() });
}

/// Keeps events, and nothing else. A careless one lets a later event take the place of the first.
#[derive(Clone, Default)]
struct Events {
    kept: Arc<Mutex<BTreeMap<[u8; 16], AuditEntry>>>,
    is_careless: bool,
}

impl AuditStore for Events {
    async fn keep_events(&self, entries: Vec<AuditEntry>) -> Result<()> {
        let mut kept = self.kept.lock().unwrap();
        for entry in entries {
            if self.is_careless || !kept.contains_key(&entry.key) {
                kept.insert(entry.key, entry);
            }
        }
        Ok(())
    }

    async fn events(&self, after: Option<&Cursor>, limit: u16) -> Result<Page<AuditEntry>> {
        let kept = self.kept.lock().unwrap();
        let later = kept.values().filter(|entry| entry.key.as_slice() > Cursor::bytes(after));
        let items = later.take(Page::<AuditEntry>::rows(limit)).cloned().collect();
        Ok(Page::of(items, limit, AuditEntry::cursor))
    }

    async fn latest_events(&self, before: Option<&Cursor>, limit: u16) -> Result<Page<AuditEntry>> {
        let kept = self.kept.lock().unwrap();
        let earlier = kept
            .values()
            .rev()
            .filter(|entry| before.is_none_or(|before| entry.key.as_slice() < before.key()));
        let items = earlier.take(Page::<AuditEntry>::rows(limit)).cloned().collect();
        Ok(Page::of(items, limit, AuditEntry::cursor))
    }
}

mod events {
    use super::Events;

    oauth_core::store_conformance!(roles(audit), || async { Events::default() });
}

#[tokio::test]
async fn a_store_that_writes_over_an_event_is_caught() {
    let careless = Events { is_careless: true, ..Events::default() };
    let panic =
        tokio::spawn(an_entry_is_kept_once(careless)).await.expect_err("the second one stayed").into_panic();
    assert!(panic.downcast_ref::<String>().unwrap().contains("left == right"));
}

/// Redeems in two steps, and all of two hundred callers are between the two at the same moment.
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
        Ok(if is_there { CodeRedemption::Redeemed } else { CodeRedemption::Taken })
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_reads_and_then_deletes_is_caught() {
    let store = ReadThenDelete { codes: Arc::default(), between: Arc::new(Barrier::new(200)) };
    let raced = tokio::spawn(two_hundred_redeem_one_code(store)).await;
    let panic = raced.expect_err("each of them got tokens for one code").into_panic();
    let said = panic.downcast_ref::<String>().unwrap();
    assert!(said.contains("(200, 0)") && said.contains("(1, 199)"), "{said}");
}
