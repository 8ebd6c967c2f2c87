//! Stores that lose their atomicity or their memory are caught.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use oauth_core::prelude::*;
use oauth_core::secret::TokenHash;
use oauth_core::store::{
    AccessToken, Attempt, AuthorizationGrant, CodeRedemption, CodeStore, NoStore, PeekedCode,
    RefreshToken as Record, Result, Revocation, Rotation, Saving, Successor, TokenStore,
};
use oauth_core::time::UnixTime;
use oauth_core::validator::PlainValidator;
use oauth_tests::TestServer;
use tokio::sync::Mutex;

use crate::outcomes::{assert_failed, assert_says, failures};

/// A validator with stores of its own for codes and tokens.
#[derive(Debug, Default)]
struct Roles<C, T> {
    memory: MemoryStore,
    codes: C,
    tokens: T,
}

impl<C: CodeStore + 'static, T: TokenStore + 'static> StoreRoles for Roles<C, T> {
    type Clients = MemoryStore;
    type Tokens = T;
    type Codes = C;
    type Users = MemoryStore;
    type Sessions = MemoryStore;
    type Consents = MemoryStore;
    type Devices = NoStore;
    type ReplayIds = NoStore;

    const KEEPS_REPLAY_IDS: bool = false;

    fn clients(&self) -> &MemoryStore {
        &self.memory
    }
    fn tokens(&self) -> &T {
        &self.tokens
    }
    fn codes(&self) -> &C {
        &self.codes
    }
    fn users(&self) -> &MemoryStore {
        &self.memory
    }
    fn sessions(&self) -> &MemoryStore {
        &self.memory
    }
    fn consents(&self) -> &MemoryStore {
        &self.memory
    }
    fn devices(&self) -> &NoStore {
        &NoStore
    }
    fn replay_ids(&self) -> &NoStore {
        &NoStore
    }
}

impl<C: CodeStore + 'static, T: TokenStore + 'static> PlainValidator for Roles<C, T> {}

/// The defect of a store of codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Defect {
    /// It reads and then deletes.
    ReadThenDelete,
    /// It does not delete.
    NeverDeletes,
    /// It does not know of a code that was used.
    Forgets,
    /// It loses what the code was bound to.
    Unbound,
}

#[derive(Debug)]
struct BrokenCodes {
    defect: Defect,
    codes: Mutex<HashMap<TokenHash, AuthorizationGrant>>,
    used: Mutex<HashSet<TokenHash>>,
}

impl CodeStore for BrokenCodes {
    async fn save_code(&self, code: TokenHash, mut grant: AuthorizationGrant) -> Result<()> {
        if self.defect == Defect::Unbound {
            (grant.code_challenge, grant.redirect_uri) = (None, None);
        }
        self.codes.lock().await.insert(code, grant);
        Ok(())
    }

    async fn peek_code(&self, code: &TokenHash, _: UnixTime) -> Result<Option<PeekedCode>> {
        let is_taken = self.used.lock().await.contains(code);
        if is_taken && self.defect == Defect::Forgets {
            return Ok(None);
        }
        let grant = self.codes.lock().await.get(code).cloned();
        Ok(grant.map(|grant| PeekedCode { grant, is_taken }))
    }

    async fn take_code(&self, code: &TokenHash, _: Attempt, _: UnixTime) -> Result<CodeRedemption> {
        let mut used = self.used.lock().await;
        if used.contains(code) {
            let forgets = self.defect == Defect::Forgets;
            return Ok(if forgets { CodeRedemption::Unknown } else { CodeRedemption::Taken });
        }
        if self.defect == Defect::ReadThenDelete {
            // Nothing is locked on the way to a database and back.
            drop(used);
            tokio::task::yield_now().await;
            used = self.used.lock().await;
        }
        if self.defect != Defect::NeverDeletes {
            used.insert(*code);
        }
        Ok(CodeRedemption::Redeemed)
    }
}

type Server = TestServer<Roles<BrokenCodes, MemoryStore>>;

fn broken_codes(defect: Defect) -> Server {
    let codes = BrokenCodes { defect, codes: Mutex::default(), used: Mutex::default() };
    let memory = MemoryStore::default();
    TestServer { validator: Roles { tokens: memory.clone(), memory, codes } }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_store_that_reads_a_code_and_then_deletes_it_is_caught() {
    let failures = failures(async |_| Ok(broken_codes(Defect::ReadThenDelete))).await;
    let rule = "rfc6749_section_4_1_2_a_code_is_redeemed_once_however_many_try_at_once";
    assert_failed(&failures, &[rule]);
    let words = [
        "RFC 6749 §4.1.2",
        "times at once:\nPOST /token",
        "at most one answer with a token",
        "conditional `UPDATE`",
    ];
    assert_says(
        &failures[rule],
        &words.map(|words| words.replace('\n', "\n          ")).each_ref().map(String::as_str),
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_never_deletes_codes_is_caught() {
    assert_failed(
        &failures(async |_| Ok(broken_codes(Defect::NeverDeletes))).await,
        &[
            "rfc6749_section_4_1_2_a_code_is_redeemed_once_however_many_try_at_once",
            "rfc6749_section_4_1_2_a_code_works_once",
            "rfc6749_section_4_1_2_a_replayed_code_revokes_its_access_token",
            "rfc6749_section_4_1_2_a_replayed_code_revokes_its_refresh_token",
        ],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_forgets_used_codes_is_caught() {
    assert_failed(
        &failures(async |_| Ok(broken_codes(Defect::Forgets))).await,
        &[
            "rfc6749_section_4_1_2_a_replayed_code_revokes_its_access_token",
            "rfc6749_section_4_1_2_a_replayed_code_revokes_its_refresh_token",
        ],
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_loses_what_a_code_is_bound_to_is_caught() {
    let failures = failures(async |_| Ok(broken_codes(Defect::Unbound))).await;
    assert!(failures.contains_key("rfc6749_section_4_1_4_a_code_yields_a_token"), "{failures:#?}");
}

/// A store of tokens that looks whether a token was rotated, and marks it in a second step.
#[derive(Debug, Default)]
struct RacyTokens {
    memory: MemoryStore,
    rotated: Mutex<HashSet<TokenHash>>,
}

impl TokenStore for RacyTokens {
    async fn save_tokens(
        &self,
        access: Option<AccessToken>,
        refresh: Option<Record>,
        now: UnixTime,
    ) -> Result<Saving> {
        self.memory.save_tokens(access, refresh, now).await
    }
    async fn access_token(&self, token: &TokenHash, now: UnixTime) -> Result<Option<AccessToken>> {
        self.memory.access_token(token, now).await
    }
    async fn refresh_token(&self, token: &TokenHash, now: UnixTime) -> Result<Option<Record>> {
        let found = self.memory.refresh_token(token, now).await?;
        let is_rotated = self.rotated.lock().await.contains(token);
        Ok(found.map(|found| Record { is_rotated, ..found }))
    }
    async fn rotate_refresh_token(
        &self,
        presented: &TokenHash,
        successor: Successor,
        access: Option<AccessToken>,
        now: UnixTime,
        _: Duration,
    ) -> Result<Rotation> {
        match self.refresh_token(presented, now).await? {
            None => Ok(Rotation::Unknown),
            Some(token) if token.is_rotated => Ok(Rotation::Reused),
            Some(_) => {
                // The way to a database and back.
                tokio::task::yield_now().await;
                self.rotated.lock().await.insert(*presented);
                let _ = self.save_tokens(access, Some(successor.token), now).await?;
                Ok(Rotation::Rotated)
            }
        }
    }
    async fn revoke(&self, revocation: &Revocation, until: UnixTime) -> Result<()> {
        self.memory.revoke(revocation, until).await
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_store_that_rotates_in_two_steps_is_caught() {
    let failures = failures(async |_| {
        let validator = Roles::<MemoryStore, RacyTokens>::default();
        Ok(TestServer::<_, 0> { validator })
    })
    .await;
    let rule = "rfc9700_section_4_14_2_a_token_is_rotated_once_however_many_try_at_once";
    assert_failed(&failures, &[rule]);
    assert_says(
        &failures[rule],
        &["RFC 9700 §4.14.2", "refresh_token=", "one successor", "conditional `UPDATE`"],
    );
}

/// A store that cannot save clients.
#[tokio::test]
async fn a_store_that_fails_is_told_from_a_server_that_does() {
    let failing = oauth_tests::Failing::default();
    failing.fail(oauth_tests::Role::Clients);
    let failures = failures(async move |_| {
        Ok(TestServer::<_, 10> { validator: oauth_tests::Accounts(failing.clone()) })
    })
    .await;
    let failure = failures.values().next().unwrap();
    assert_says(failure, &["ClientStore::save_client failed", "read-only"]);
}
