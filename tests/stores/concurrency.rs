//! Checks that what is single-use is used once, whoever else tries at the same moment.

use std::sync::Arc;
use std::time::Duration;

use oauth_core::secret::TokenHash;
use oauth_core::store::{
    Attempt, CodeRedemption, CodeStore, DeviceDecision, FamilyId, MemoryStore, Rotation, SqliteStore,
};
use oauth_core::time::UnixTime;
use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::support::{
    EveryRole, access_token, after, device, grant, hash, now, over_every_store, pushed, refresh_token,
    revoke_family, save_refresh, scopes, successor,
};

const CALLERS: usize = 200;

over_every_store!(
    two_hundred_claim_one_identifier,
    two_hundred_redeem_one_code,
    two_hundred_answer_one_pushed_request,
    two_hundred_redeem_one_approved_device,
    two_hundred_decide_on_one_device,
    two_hundred_rotate_one_token_without_grace,
    two_hundred_rotate_one_token_within_the_grace,
    a_family_that_is_revoked_while_tokens_are_saved,
);

async fn two_hundred_claim_one_identifier<S: EveryRole>(store: S) {
    one_identifier(&[store]).await;
}

async fn two_hundred_redeem_one_code<S: EveryRole>(store: S) {
    one_code(&[store]).await;
}

async fn two_hundred_answer_one_pushed_request<S: EveryRole>(store: S) {
    one_pushed_request(&[store]).await;
}

async fn two_hundred_redeem_one_approved_device<S: EveryRole>(store: S) {
    one_device(&[store]).await;
}

async fn two_hundred_decide_on_one_device<S: EveryRole>(store: S) {
    let now = now();
    assert!(store.save_device_code(hash("tv"), hash("tv user"), device(after(now, 600))).await.unwrap());
    let answers = at_once(&[store], CALLERS, move |store, caller| async move {
        let decision = match caller % 2 {
            0 => DeviceDecision::approve(format!("user-{caller}"), now, scopes("profile")),
            _ => DeviceDecision::Deny,
        };
        store.decide_device_code(&hash("tv user"), decision, now).await.unwrap()
    })
    .await;
    assert_eq!(answers.iter().filter(|decided| **decided).count(), 1);
}

async fn two_hundred_rotate_one_token_without_grace<S: EveryRole>(store: S) {
    one_token(&[store], Duration::ZERO).await;
}

async fn two_hundred_rotate_one_token_within_the_grace<S: EveryRole>(store: S) {
    one_token(&[store], Duration::from_secs(10)).await;
}

/// Two stores opened on one file, as two instances of a server would.
#[tokio::test(flavor = "multi_thread")]
async fn two_instances_on_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("oauth.db");
    let instances = [SqliteStore::open(&file).await.unwrap(), SqliteStore::open(&file).await.unwrap()];
    one_code(&instances).await;
    one_pushed_request(&instances).await;
    one_identifier(&instances).await;
    one_device(&instances).await;
    one_token(&instances, Duration::ZERO).await;
    one_token(&instances, Duration::from_secs(10)).await;
}

/// Three stores on one database, each with connections of its own, as three instances of a server would.
#[cfg(feature = "interop")]
#[tokio::test(flavor = "multi_thread")]
async fn three_instances_on_one_database() {
    use oauth_core::store::PostgresStore;

    let url = oauth_tests::postgres::database();
    let connect = || async { PostgresStore::connect(&url).await.unwrap() };
    let instances = [connect().await, connect().await, connect().await];
    one_code(&instances).await;
    one_pushed_request(&instances).await;
    one_identifier(&instances).await;
    one_device(&instances).await;
    one_token(&instances, Duration::ZERO).await;
    one_token(&instances, Duration::from_secs(10)).await;
}

/// Three stores on one cluster, each with connections of its own, as three instances of a server would.
#[cfg(feature = "interop")]
#[tokio::test(flavor = "multi_thread")]
async fn three_instances_on_one_cluster() {
    use oauth_core::store::ValkeyStore;
    use oauth_tests::valkey;

    let prefix = valkey::prefix();
    let connect = || async { ValkeyStore::connect_cluster(valkey::seeds()).await.unwrap().prefix(&prefix) };
    let instances = [connect().await, connect().await, connect().await];
    one_code(&instances).await;
    one_pushed_request(&instances).await;
    one_identifier(&instances).await;
    one_device(&instances).await;
    one_token(&instances, Duration::ZERO).await;
    one_token(&instances, Duration::from_secs(10)).await;
}

/// Two clones share what they keep.
#[tokio::test(flavor = "multi_thread")]
async fn two_clones_in_memory() {
    let store = MemoryStore::new();
    let instances = [store.clone(), store];
    one_code(&instances).await;
    one_identifier(&instances).await;
    one_device(&instances).await;
    one_token(&instances, Duration::ZERO).await;
}

/// Lets many redeem one code at the same moment; returns how often each answer was given.
pub(crate) async fn redeem_at_once<S: CodeStore + Clone + 'static>(
    instances: &[S],
    code: TokenHash,
    now: UnixTime,
    callers: usize,
) -> Vec<CodeRedemption> {
    at_once(instances, callers, move |store, _| async move {
        store.take_code(&code, Attempt::random(), now).await.unwrap()
    })
    .await
}

async fn one_pushed_request<S: EveryRole>(instances: &[S]) {
    let now = now();
    let reference = hash(&FamilyId::random().to_string());
    instances[0].save_pushed_request(reference, pushed(now)).await.unwrap();
    let answers = at_once(instances, CALLERS, move |store, _| async move {
        store.take_pushed_request(&reference, Attempt::random(), now).await.unwrap()
    })
    .await;
    assert_one_redeemed(&answers);
}

async fn one_code<S: EveryRole>(instances: &[S]) {
    let (now, family) = (now(), FamilyId::random());
    let code = hash(&family.to_string());
    instances[0].save_code(code, grant(family, after(now, 60))).await.unwrap();
    let answers = redeem_at_once(instances, code, now, CALLERS).await;
    assert_one_redeemed(&answers);
}

async fn one_device<S: EveryRole>(instances: &[S]) {
    let now = now();
    let saved = instances[0].save_device_code(hash("tv"), hash("tv user"), device(after(now, 600))).await;
    assert!(saved.unwrap());
    let approval = DeviceDecision::approve("user-1", now, scopes("profile"));
    assert!(instances[0].decide_device_code(&hash("tv user"), approval, now).await.unwrap());
    let answers = at_once(instances, CALLERS, move |store, _| async move {
        store.take_device_code(&hash("tv"), Attempt::random(), now).await.unwrap()
    })
    .await;
    assert_one_redeemed(&answers);
}

fn assert_one_redeemed(answers: &[CodeRedemption]) {
    let count = |wanted| answers.iter().filter(|answer| **answer == wanted).count();
    assert_eq!((count(CodeRedemption::Redeemed), count(CodeRedemption::Taken)), (1, CALLERS - 1));
}

async fn one_identifier<S: EveryRole>(instances: &[S]) {
    let now = now();
    let answers = at_once(instances, CALLERS, move |store, _| async move {
        store.claim_replay_id(&hash("assertion"), Attempt::random(), after(now, 60), now).await.unwrap()
    })
    .await;
    assert_eq!(answers.into_iter().filter(|claimed| *claimed).count(), 1);
}

async fn one_token<S: EveryRole>(instances: &[S], grace: Duration) {
    let (now, family) = (now(), FamilyId::random());
    let (end, presented) = (after(now, 600), family.to_string());
    save_refresh(&instances[0], refresh_token(&presented, family, end)).await;
    let name = move |caller: usize| format!("{family} {caller}");
    let answers = at_once(instances, CALLERS, move |store, caller| {
        let (presented, next) = (hash(&family.to_string()), successor(&name(caller), family, end));
        async move { (caller, store.rotate_refresh_token(&presented, next, None, now, grace).await.unwrap()) }
    })
    .await;

    let winners: Vec<_> = answers.iter().filter(|(_, rotation)| *rotation == Rotation::Rotated).collect();
    let [(winner, _)] = winners[..] else { panic!("{} rotated", winners.len()) };
    let everyone_else = if grace.is_zero() {
        Rotation::Reused
    } else {
        Rotation::Retried { sealed: successor(&name(*winner), family, end).sealed }
    };
    for (caller, rotation) in &answers {
        assert!(caller == winner || *rotation == everyone_else, "{rotation:?}");
        let kept = instances[0].refresh_token(&hash(&name(*caller)), now).await.unwrap();
        assert_eq!(kept.is_some(), caller == winner, "only the winner's successor is kept");
    }
}

async fn a_family_that_is_revoked_while_tokens_are_saved<S: EveryRole>(store: S) {
    let (now, family) = (now(), FamilyId::random());
    let end = after(now, 600);
    let name = |caller: usize| format!("token {caller}");
    at_once(std::slice::from_ref(&store), CALLERS, move |store, caller| async move {
        if caller == CALLERS / 2 {
            revoke_family(&store, family, end).await;
        } else {
            let access = access_token(&name(caller), Some(family), end);
            let refresh = refresh_token(&name(caller), family, end);
            let _ = store.save_tokens(Some(access), Some(refresh), now).await.unwrap();
        }
    })
    .await;
    for caller in 0..CALLERS {
        assert_eq!(store.access_token(&hash(&name(caller)), now).await.unwrap(), None);
        assert_eq!(store.refresh_token(&hash(&name(caller)), now).await.unwrap(), None);
    }
}

/// Calls from tasks of their own that start together, in turn on each instance.
async fn at_once<S, F, O>(
    instances: &[S],
    callers: usize,
    call: impl Fn(S, usize) -> F + Clone + Send + 'static,
) -> Vec<O>
where
    S: Clone + Send + 'static,
    F: Future<Output = O> + Send,
    O: Send + 'static,
{
    let start = Arc::new(Barrier::new(callers));
    let mut tasks = JoinSet::new();
    for (caller, store) in (0..callers).zip(instances.iter().cycle()) {
        let (store, start, call) = (store.clone(), start.clone(), call.clone());
        tasks.spawn(async move {
            start.wait().await;
            call(store, caller).await
        });
    }
    tasks.join_all().await
}
