//! Whatever is done to them, two stores answer alike.

use std::fmt::Debug;
use std::time::Duration;

use oauth_core::prelude::*;
use oauth_core::secret::TokenHash;
use oauth_core::store::{
    AccessToken, Attempt, DeviceAuthorization, DeviceDecision, FamilyId, MemoryStore, PushedRequest,
    RefreshToken, Result as StoreResult, Revocation, Successor,
};
use oauth_core::time::UnixTime;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, TestRunner};

use crate::support::{
    EveryRole, access_token, access_token_of, after, authorization, device, grant, hash, now, pushed,
    refresh_token_of, scopes, session, sqlite,
};

/// Four families of three tokens each; a step of time is a second.
const FAMILIES: u8 = 4;
const MEMBERS: u8 = 3;
const HORIZON: u64 = 12;

#[derive(Debug, Clone)]
enum Operation {
    SaveCode { key: u8, lives: u64 },
    PeekCode { key: u8 },
    TakeCode { key: u8, attempt: u8 },
    SaveAccess { key: u8, lives: u64, has_family: bool },
    Access { key: u8 },
    SaveBoth { key: u8, lives: u64 },
    SaveRefresh { key: u8, lives: u64 },
    Refresh { key: u8 },
    Rotate { family: u8, from: u8, to: u8, lives: u64, grace: u64, has_access: bool },
    Revoke { kind: u8, key: u8, ago: u64 },
    SaveDevice { key: u8, lives: u64 },
    Decide { key: u8, allow: bool },
    Poll { key: u8 },
    TakeDevice { key: u8, attempt: u8 },
    SavePushed { key: u8, lives: u64 },
    LoadPushed { key: u8, client: u8 },
    TakePushed { key: u8, attempt: u8 },
    SaveSession { key: u8, lives: u64 },
    Session { key: u8 },
    EndSession { key: u8 },
    EndSessionsOf { subject: u8 },
    Claim { key: u8, attempt: u8, lives: u64 },
    SaveUser { subject: u8, name: u8 },
    DeleteUser { subject: u8 },
    User { subject: u8 },
    UserByName { name: u8 },
    SaveConsent { subject: u8, client: u8, scopes: u8 },
    Consent { subject: u8, client: u8 },
    DeleteConsent { subject: u8, client: u8 },
    SaveClient { client: u8, origins: Vec<u8> },
    Client { client: u8 },
    Origin { origin: u8 },
    Wait { seconds: u64 },
}

fn operation() -> impl Strategy<Value = Operation> {
    use Operation as Op;
    let key = || 0..FAMILIES * MEMBERS;
    let lives = || 1..HORIZON;
    let small = || 0..3_u8;
    prop_oneof![
        1 => (key(), lives()).prop_map(|(key, lives)| Op::SaveCode { key, lives }),
        1 => key().prop_map(|key| Op::PeekCode { key }),
        2 => (key(), small()).prop_map(|(key, attempt)| Op::TakeCode { key, attempt }),
        1 => (key(), lives(), any::<bool>())
            .prop_map(|(key, lives, has_family)| Op::SaveAccess { key, lives, has_family }),
        1 => key().prop_map(|key| Op::Access { key }),
        1 => (key(), lives()).prop_map(|(key, lives)| Op::SaveBoth { key, lives }),
        1 => (key(), lives()).prop_map(|(key, lives)| Op::SaveDevice { key, lives }),
        1 => (key(), any::<bool>()).prop_map(|(key, allow)| Op::Decide { key, allow }),
        2 => key().prop_map(|key| Op::Poll { key }),
        1 => (key(), small()).prop_map(|(key, attempt)| Op::TakeDevice { key, attempt }),
        2 => (key(), lives()).prop_map(|(key, lives)| Op::SaveRefresh { key, lives }),
        2 => key().prop_map(|key| Op::Refresh { key }),
        8 => (0..FAMILIES, 0..MEMBERS, 0..MEMBERS, lives(), 0..4_u64, any::<bool>()).prop_map(
            |(family, from, to, lives, grace, has_access)|
                Op::Rotate { family, from, to, lives, grace, has_access }
        ),
        1 => (0..5_u8, key(), 0..4_u64).prop_map(|(kind, key, ago)| Op::Revoke { kind, key, ago }),
        1 => (key(), lives()).prop_map(|(key, lives)| Op::SavePushed { key, lives }),
        2 => (key(), small()).prop_map(|(key, client)| Op::LoadPushed { key, client }),
        1 => (key(), small()).prop_map(|(key, attempt)| Op::TakePushed { key, attempt }),
        1 => (key(), lives()).prop_map(|(key, lives)| Op::SaveSession { key, lives }),
        1 => key().prop_map(|key| Op::Session { key }),
        1 => key().prop_map(|key| Op::EndSession { key }),
        1 => small().prop_map(|subject| Op::EndSessionsOf { subject }),
        1 => (key(), small(), lives()).prop_map(|(key, attempt, lives)| Op::Claim { key, attempt, lives }),
        1 => small().prop_map(|subject| Op::DeleteUser { subject }),
        1 => (small(), small()).prop_map(|(subject, client)| Op::DeleteConsent { subject, client }),
        1 => (small(), small()).prop_map(|(subject, name)| Op::SaveUser { subject, name }),
        1 => small().prop_map(|subject| Op::User { subject }),
        1 => small().prop_map(|name| Op::UserByName { name }),
        1 => (small(), small(), small())
            .prop_map(|(subject, client, scopes)| Op::SaveConsent { subject, client, scopes }),
        1 => (small(), small()).prop_map(|(subject, client)| Op::Consent { subject, client }),
        1 => (small(), prop::collection::vec(small(), 0..3))
            .prop_map(|(client, origins)| Op::SaveClient { client, origins }),
        1 => small().prop_map(|client| Op::Client { client }),
        1 => small().prop_map(|origin| Op::Origin { origin }),
        2 => (1..3_u64).prop_map(|seconds| Op::Wait { seconds }),
    ]
}

/// One run of operations; the names in it are its own, so that runs can share a store.
struct Run {
    salt: u64,
    start: UnixTime,
}

impl Run {
    fn name(&self, what: &str, number: u8) -> String {
        format!("{what}-{number}-{}", self.salt)
    }

    fn key(&self, number: u8) -> TokenHash {
        hash(&self.name("key", number))
    }

    fn family(&self, number: u8) -> FamilyId {
        let mut bytes = [number; 16];
        bytes[..8].copy_from_slice(&self.salt.to_be_bytes());
        FamilyId::from_bytes(bytes)
    }

    fn family_of(&self, key: u8) -> FamilyId {
        self.family(key / MEMBERS)
    }

    /// The person who granted a token of this number, and to whom.
    fn parties(&self, number: u8) -> (String, String) {
        (self.name("sub", number % 3), self.name("client", number % 2))
    }

    /// Both tokens of this number, granted now.
    fn tokens(&self, number: u8, now: UnixTime, end: UnixTime) -> (AccessToken, RefreshToken) {
        let mut granted = authorization(Some(self.family_of(number)));
        let (subject, client_id) = self.parties(number);
        (granted.subject, granted.client_id, granted.granted_at) = (Some(subject), client_id, now);
        let key = self.name("key", number);
        (access_token_of(&key, granted.clone(), end), refresh_token_of(&key, granted, end))
    }

    /// The answer of a store, in words. Of failures only that they are ones: their causes differ.
    #[allow(clippy::too_many_lines, reason = "one arm an operation")]
    async fn apply<S: EveryRole>(&self, store: &S, operation: &Operation, clock: &mut UnixTime) -> String {
        use Operation as Op;
        let now = *clock;
        let name = |what, number| self.name(what, number);
        match *operation {
            Op::SaveCode { key, lives } => {
                words(store.save_code(self.key(key), grant(self.family_of(key), after(now, lives))).await)
            }
            Op::PeekCode { key } => words(store.peek_code(&self.key(key), now).await),
            Op::TakeCode { key, attempt } => {
                words(store.take_code(&self.key(key), Attempt::from_bytes([attempt; 16]), now).await)
            }
            Op::SaveAccess { key, lives, has_family } => {
                let family = has_family.then(|| self.family_of(key));
                let token = access_token(&name("key", key), family, after(now, lives));
                words(store.save_tokens(Some(token), None, now).await)
            }
            Op::Access { key } => words(store.access_token(&self.key(key), now).await),
            Op::SaveBoth { key, lives } => {
                let (access, refresh) = self.tokens(key, now, after(now, lives));
                words(store.save_tokens(Some(access), Some(refresh), now).await)
            }
            Op::SaveRefresh { key, lives } => {
                let (_, refresh) = self.tokens(key, now, after(now, lives));
                words(store.save_tokens(None, Some(refresh), now).await)
            }
            Op::Refresh { key } => words(store.refresh_token(&self.key(key), now).await),
            Op::Rotate { family, from, to, lives, grace, has_access } => {
                let (from, to) = (family * MEMBERS + from, family * MEMBERS + to);
                let (access, token) = self.tokens(to, now, after(now, lives));
                let next = Successor { sealed: format!("sealed {to}").into_bytes(), token };
                let (access, grace) = (has_access.then_some(access), Duration::from_secs(grace));
                words(store.rotate_refresh_token(&self.key(from), next, access, now, grace).await)
            }
            Op::Revoke { kind, key, ago } => {
                let before = UnixTime::from_secs(now.as_secs() - ago);
                let (subject, client_id) = self.parties(key);
                let revocation = match kind {
                    0 => Revocation::Token(self.key(key)),
                    1 => Revocation::Family(self.family_of(key)),
                    2 => Revocation::Subject { subject, before },
                    3 => Revocation::Client { client_id, before },
                    _ => Revocation::Grant { subject, client_id, before },
                };
                words(store.revoke(&revocation, after(self.start, 1_000_000)).await)
            }
            Op::SaveDevice { key, lives } => {
                let device =
                    DeviceAuthorization { client_id: self.parties(key).1, ..device(after(now, lives)) };
                words(store.save_device_code(self.key(key), hash(&name("screen", key)), device).await)
            }
            Op::Decide { key, allow } => {
                let decision = if allow {
                    DeviceDecision::approve(self.parties(key).0, now, scopes("profile"))
                } else {
                    DeviceDecision::Deny
                };
                words(store.decide_device_code(&hash(&name("screen", key)), decision, now).await)
            }
            Op::Poll { key } => {
                words(store.poll_device_code(&self.key(key), &self.parties(key).1, now).await)
            }
            Op::TakeDevice { key, attempt } => {
                words(store.take_device_code(&self.key(key), Attempt::from_bytes([attempt; 16]), now).await)
            }
            Op::SavePushed { key, lives } => {
                let (load_until, kept_until) = (after(now, lives / 2), after(now, lives));
                let client_id = self.parties(key).1;
                let request = PushedRequest { client_id, load_until, kept_until, ..pushed(now) };
                words(store.save_pushed_request(self.key(key), request).await)
            }
            Op::LoadPushed { key, client } => {
                let client_id = if client == 0 { name("client", 9) } else { self.parties(key).1 };
                words(store.load_pushed_request(&self.key(key), &client_id, now).await)
            }
            Op::TakePushed { key, attempt } => words(
                store.take_pushed_request(&self.key(key), Attempt::from_bytes([attempt; 16]), now).await,
            ),
            Op::SaveSession { key, lives } => {
                let session = session(&self.parties(key).0, after(now, lives));
                words(store.save_session(self.key(key), session).await)
            }
            Op::Session { key } => words(store.session(&self.key(key), now).await),
            Op::EndSession { key } => words(store.end_session(&self.key(key), now).await),
            Op::EndSessionsOf { subject } => {
                let ended = store.end_sessions_of(&name("sub", subject), now).await;
                words(ended.map(|mut ended| {
                    ended.sort_by_key(|session| session.expires_at);
                    ended
                }))
            }
            Op::Claim { key, attempt, lives } => {
                let attempt = Attempt::from_bytes([attempt; 16]);
                words(store.claim_replay_id(&self.key(key), attempt, after(now, lives), now).await)
            }
            Op::SaveUser { subject, name: username } => {
                words(store.save_user(User::new(name("sub", subject), name("name", username))).await)
            }
            Op::DeleteUser { subject } => words(store.delete_user(&name("sub", subject)).await),
            Op::User { subject } => words(store.user(&name("sub", subject)).await),
            Op::UserByName { name: username } => words(store.user_by_username(&name("name", username)).await),
            Op::SaveConsent { subject, client, scopes: count } => {
                let granted = scopes(["", "profile", "profile calendar"][usize::from(count)]);
                words(store.save_consent(&name("sub", subject), &name("client", client), granted).await)
            }
            Op::Consent { subject, client } => {
                words(store.consent(&name("sub", subject), &name("client", client)).await)
            }
            Op::DeleteConsent { subject, client } => {
                words(store.delete_consent(&name("sub", subject), &name("client", client)).await)
            }
            Op::SaveClient { client, ref origins } => {
                let client = Client::public(name("client", client));
                let client = origins.iter().fold(client, |client, origin| {
                    client.origin(format!("https://{}.example", name("origin", *origin)))
                });
                words(store.save_client(client.build().unwrap()).await)
            }
            Op::Client { client } => words(store.client(&name("client", client)).await),
            Op::Origin { origin } => {
                let origin = format!("https://{}.example", name("origin", origin));
                words(store.is_origin_registered(&origin).await)
            }
            Op::Wait { seconds } => {
                *clock = after(now, seconds);
                "waited".to_owned()
            }
        }
    }
}

fn words<T: Debug>(answer: StoreResult<T>) -> String {
    answer.map_or_else(|_| "failed".to_owned(), |answer| format!("{answer:?}"))
}

#[test]
fn memory_and_sqlite_agree() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (_folder, file) = runtime.block_on(sqlite());
    agree(&runtime, &file);
}

#[cfg(feature = "interop")]
#[test]
fn memory_and_postgres_agree() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let database = runtime.block_on(crate::support::postgres());
    agree(&runtime, &database);
}

#[cfg(feature = "interop")]
#[test]
fn memory_and_valkey_agree() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(crate::support::valkey());
    agree(&runtime, &server);
}

#[cfg(feature = "interop")]
#[test]
fn memory_and_a_cluster_of_valkey_agree() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let cluster = runtime.block_on(crate::support::valkey_cluster());
    agree(&runtime, &cluster);
}

fn agree<S: EveryRole>(runtime: &tokio::runtime::Runtime, other: &S) {
    let memory = MemoryStore::new();
    let config = Config { cases: 128, failure_persistence: None, ..Config::default() };
    let runs = (any::<u64>(), prop::collection::vec(operation(), 1..60));
    TestRunner::new(config)
        .run(&runs, |(salt, operations)| {
            // Shrinking repeats a run with the same salt: each needs names that are still unused.
            let run = Run { salt: salt ^ rand_salt(), start: now() };
            runtime.block_on(async {
                let (mut here, mut there) = (run.start, run.start);
                for (step, operation) in operations.iter().enumerate() {
                    let expected = run.apply(&memory, operation, &mut here).await;
                    let answered = run.apply(other, operation, &mut there).await;
                    prop_assert_eq!(expected, answered, "step {}: {:?}", step, operation);
                }
                Ok(())
            })
        })
        .unwrap();
}

fn rand_salt() -> u64 {
    use std::hash::{BuildHasher as _, RandomState};
    RandomState::new().hash_one(0_u8)
}

/// A few of every operation, for stores that are set up in unusual ways.
pub(crate) async fn exercise<S: EveryRole>(store: &S) {
    let memory = MemoryStore::new();
    let run = Run { salt: rand_salt(), start: now() };
    let (mut here, mut there) = (run.start, run.start);
    let mut runner = TestRunner::deterministic();
    for step in 0..300 {
        let operation = operation().new_tree(&mut runner).unwrap().current();
        let expected = run.apply(&memory, &operation, &mut here).await;
        let answered = run.apply(store, &operation, &mut there).await;
        assert_eq!(expected, answered, "step {step}: {operation:?}");
    }
}
