//! Races for one thing that is used once, over one store or over several on one database.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Barrier;
use tokio::task::JoinSet;

use crate::conformance::store::records::{
    after, device, grant, hash, now, pushed, refresh_token, save_refresh, scopes, successor,
};
use crate::store::{
    Attempt, CodeRedemption, CodeStore, DeviceDecision, DeviceStore, FamilyId, PushedRequestStore,
    ReplayStore, Rotation, TokenStore,
};

pub(super) const CALLERS: usize = 200;

pub async fn one_pushed_request<S: PushedRequestStore + Clone + 'static>(instances: &[S]) {
    let now = now();
    let reference = hash(&FamilyId::random().to_string());
    instances[0].save_pushed_request(reference, pushed(now)).await.unwrap();
    let answers = at_once(instances, move |store, _| async move {
        store.take_pushed_request(&reference, Attempt::random(), now).await.unwrap()
    })
    .await;
    assert_one_redeemed(&answers);
}

pub async fn one_code<S: CodeStore + Clone + 'static>(instances: &[S]) {
    let (now, family) = (now(), FamilyId::random());
    let code = hash(&family.to_string());
    instances[0].save_code(code, grant(family, after(now, 60))).await.unwrap();
    let answers = at_once(instances, move |store, _| async move {
        store.take_code(&code, Attempt::random(), now).await.unwrap()
    })
    .await;
    assert_one_redeemed(&answers);
}

pub async fn one_device<S: DeviceStore + Clone + 'static>(instances: &[S]) {
    let now = now();
    let saved = instances[0].save_device_code(hash("tv"), hash("tv user"), device(after(now, 600))).await;
    assert!(saved.unwrap());
    let approval = DeviceDecision::approve("user-1", now, scopes("profile"));
    assert!(instances[0].decide_device_code(&hash("tv user"), approval, now).await.unwrap());
    let answers = at_once(instances, move |store, _| async move {
        store.take_device_code(&hash("tv"), Attempt::random(), now).await.unwrap()
    })
    .await;
    assert_one_redeemed(&answers);
}

fn assert_one_redeemed(answers: &[CodeRedemption]) {
    let count = |wanted| answers.iter().filter(|answer| **answer == wanted).count();
    assert_eq!((count(CodeRedemption::Redeemed), count(CodeRedemption::Taken)), (1, CALLERS - 1));
}

pub async fn one_identifier<S: ReplayStore + Clone + 'static>(instances: &[S]) {
    let now = now();
    let answers = at_once(instances, move |store, _| async move {
        store.claim_replay_id(&hash("assertion"), Attempt::random(), after(now, 60), now).await.unwrap()
    })
    .await;
    assert_eq!(answers.into_iter().filter(|claimed| *claimed).count(), 1);
}

pub async fn one_token<S: TokenStore + Clone + 'static>(instances: &[S], grace: Duration) {
    let (now, family) = (now(), FamilyId::random());
    let (end, presented) = (after(now, 600), family.to_string());
    save_refresh(&instances[0], refresh_token(&presented, family, end)).await;
    let name = move |caller: usize| format!("{family} {caller}");
    let answers = at_once(instances, move |store, caller| {
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

/// Two hundred calls, from tasks of their own that start together, in turn on each instance.
pub(super) async fn at_once<S, F, O>(
    instances: &[S],
    call: impl Fn(S, usize) -> F + Clone + Send + 'static,
) -> Vec<O>
where
    S: Clone + Send + 'static,
    F: Future<Output = O> + Send,
    O: Send + 'static,
{
    let start = Arc::new(Barrier::new(CALLERS));
    let mut tasks = JoinSet::new();
    for (caller, store) in (0..CALLERS).zip(instances.iter().cycle()) {
        let (store, start, call) = (store.clone(), start.clone(), call.clone());
        tasks.spawn(async move {
            start.wait().await;
            call(store, caller).await
        });
    }
    tasks.join_all().await
}
