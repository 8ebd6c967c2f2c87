//! Attempts at secrets: every store counts as the memory of an instance does, to the letter.

use std::time::Duration;

use oauth_core::limits::{Counted, LimitKey, Policy, Tally};
use oauth_core::time::UnixTime;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{Config, TestRunner};

use crate::support::{EveryRole, now, over_every_store};

over_every_store!(
    it_counts_as_the_policy_says_to_the_letter,
    of_attempts_that_begin_at_once_as_many_count_as_may,
    attempts_that_are_taken_back_at_once_leave_no_trace,
    the_clocks_of_instances_differ,
    a_clock_that_was_far_ahead_locks_nobody_out,
);

mod sweeping {
    use super::a_sweep_takes_what_is_forgotten_and_nothing_else;

    crate::support::over_stores_that_sweep!(a_sweep_takes_what_is_forgotten_and_nothing_else);
}

const SECOND: Duration = Duration::from_secs(1);
const POLICIES: [Policy; 4] = [
    Policy::gradual(5, Duration::from_mins(3)),
    Policy::at_once(100, Duration::from_secs(36)),
    Policy::at_once(1, SECOND),
    Policy::gradual(1, Duration::from_secs(7)),
];

fn start() -> Duration {
    Duration::from_millis(now().as_secs() * 1000 + 123)
}

fn key(rule: usize, who: u8) -> LimitKey {
    LimitKey::of(&format!("rule {rule}"), [who.to_string().as_str()])
}

#[derive(Debug, Clone)]
enum Step {
    /// At an instance whose clock is as many milliseconds behind.
    Begin {
        who: u8,
        behind: u64,
    },
    /// Of the attempts that counted, the one that began so many before the last.
    TakeBack {
        who: u8,
        back: usize,
    },
    Wait {
        millis: u64,
    },
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        12 => (0..2_u8).prop_map(|who| Step::Begin { who, behind: 0 }),
        2 => (0..2_u8, 0..45_000_u64).prop_map(|(who, behind)| Step::Begin { who, behind }),
        2 => (0..2_u8, 0..4_usize).prop_map(|(who, back)| Step::TakeBack { who, back }),
        2 => (0..3_000_u64).prop_map(|millis| Step::Wait { millis }),
        1 => (0..400_000_u64).prop_map(|millis| Step::Wait { millis }),
        1 => (0..400_u64).prop_map(|seconds| Step::Wait { millis: seconds * 1000 }),
    ]
}

/// The policy alone, which is how an instance counts in its memory.
#[derive(Default)]
struct Model {
    tally: Option<Tally>,
    counted: Vec<Counted>,
}

async fn it_counts_as_the_policy_says_to_the_letter<S: EveryRole>(store: S) {
    let start = start();
    let mut runner = TestRunner::new(Config::default());
    for rule in 0..POLICIES.len() * 4 {
        let policy = POLICIES[rule % POLICIES.len()];
        let steps = prop::collection::vec(step(), 250).new_tree(&mut runner).unwrap().current();
        let (mut now, mut models) = (start, [Model::default(), Model::default()]);
        for (number, step) in steps.iter().enumerate() {
            match *step {
                Step::Wait { millis } => now += Duration::from_millis(millis),
                Step::Begin { who, behind } => {
                    let now = now.saturating_sub(Duration::from_millis(behind));
                    let model = &mut models[usize::from(who)];
                    let expected = policy.begin(model.tally, now);
                    let seen = store.begin(&key(rule, who), &policy, now).await.unwrap();
                    assert_eq!(seen, expected.map(|(_, counted)| counted), "{number} of {steps:?}");
                    if let Ok((tally, counted)) = expected {
                        model.tally = Some(tally);
                        model.counted.push(counted);
                    }
                }
                Step::TakeBack { who, back } => {
                    let model = &mut models[usize::from(who)];
                    let Some(place) = model.counted.len().checked_sub(back + 1) else { continue };
                    let counted = model.counted.remove(place);
                    model.tally = model.tally.map(|tally| tally.without(counted));
                    store.undo(&key(rule, who), counted).await.unwrap();
                }
            }
        }
    }
}

/// Begins as many at once, of which so many count, and returns those that are known to.
async fn at_once<S: EveryRole>(
    store: &S,
    policy: Policy,
    now: Duration,
    count: usize,
    expected: usize,
) -> Vec<Counted> {
    let tasks: Vec<_> = (0..count)
        .map(|_| {
            let store = store.clone();
            tokio::spawn(async move { store.begin(&key(0, 0), &policy, now).await })
        })
        .collect();
    let (mut counted, mut unknown) = (Vec::new(), 0);
    for task in tasks {
        // Where a store has too much to do, nobody knows.
        match task.await.unwrap() {
            Ok(answer) => counted.extend(answer.ok()),
            Err(error) => {
                assert!(error.is_overloaded(), "{error}");
                unknown += 1;
            }
        }
    }
    assert!(counted.len() <= expected && counted.len() + unknown >= expected, "{} of {count}", counted.len());
    counted
}

async fn of_attempts_that_begin_at_once_as_many_count_as_may<S: EveryRole>(store: S) {
    let start = start();
    at_once(&store, POLICIES[0], start, 1_280, 5).await;
    for seconds in [1, 2, 4] {
        at_once(&store, POLICIES[0], start + SECOND * (seconds * 2 - 1), 40, 1).await;
    }
    let tomorrow = start + Duration::from_hours(24);
    at_once(&store, POLICIES[1], tomorrow, 1_280, 100).await;
    let refused = store.begin(&key(0, 0), &POLICIES[1], tomorrow).await.unwrap();
    assert_eq!(refused, Err(Duration::from_secs(36)));
}

async fn attempts_that_are_taken_back_at_once_leave_no_trace<S: EveryRole>(store: S) {
    let start = start();
    for _ in 0..3 {
        let undone: Vec<_> = at_once(&store, POLICIES[1], start, 120, 100)
            .await
            .into_iter()
            .map(|counted| {
                let store = store.clone();
                tokio::spawn(async move { store.undo(&key(0, 0), counted).await.unwrap() })
            })
            .collect();
        for undone in undone {
            undone.await.unwrap();
        }
    }
    store.undo(&key(9, 9), Counted { began: start, before: start, added: SECOND }).await.unwrap();
}

/// An attacker who asks the instance that is behind wins nothing, and nobody waits longer for it than the clocks differ.
async fn the_clocks_of_instances_differ<S: EveryRole>(store: S) {
    let start = start();
    let (policy, behind) = (POLICIES[0], start.saturating_sub(Duration::from_secs(45)));
    let before = start.saturating_sub(Duration::from_mins(1));
    for clock in [before, before, before, start, behind] {
        store.begin(&key(0, 0), &policy, clock).await.unwrap().unwrap();
    }
    assert!(store.begin(&key(0, 0), &policy, behind).await.unwrap().is_err());
    assert_eq!(store.begin(&key(0, 0), &policy, start).await.unwrap(), Err(SECOND));
    let mut guesses = 0;
    for second in 0..3600 {
        for clock in [start, behind] {
            let now = clock + Duration::from_secs(second);
            guesses += usize::from(store.begin(&key(0, 0), &policy, now).await.unwrap().is_ok());
        }
    }
    assert!(guesses <= 28, "{guesses} in an hour and the minute before");
}

async fn a_clock_that_was_far_ahead_locks_nobody_out<S: EveryRole>(store: S) {
    let start = start();
    for policy in POLICIES {
        let who = key(usize::try_from(policy.free()).unwrap(), 0);
        let ahead = start + Duration::from_hours(24 * 365);
        while store.begin(&who, &policy, ahead).await.unwrap().is_ok() {}
        for _ in 0..policy.free() {
            store.begin(&who, &policy, start).await.unwrap().unwrap();
        }
        store.begin(&who, &policy, start).await.unwrap().unwrap_err();
    }
}

async fn a_sweep_takes_what_is_forgotten_and_nothing_else<S: EveryRole>(store: S) {
    let start = start();
    let policy = Policy::at_once(10, SECOND);
    let soon = store.begin(&key(0, 0), &policy, start).await.unwrap().unwrap();
    for _ in 0..9 {
        store.begin(&key(0, 1), &policy, start).await.unwrap().unwrap();
    }
    let at = |seconds| UnixTime::from_secs(start.as_secs() + seconds);
    assert_eq!(store.sweep(at(0), 100).await.unwrap(), 0);
    assert_eq!(store.sweep(at(3), 100).await.unwrap(), 1);
    let in_three = start + SECOND * 3;
    for _ in 0..4 {
        store.begin(&key(0, 1), &policy, in_three).await.unwrap().unwrap();
    }
    assert_eq!(store.begin(&key(0, 1), &policy, in_three).await.unwrap(), Err(SECOND));
    store.undo(&key(0, 0), soon).await.unwrap();
    assert_eq!(store.sweep(at(60), 100).await.unwrap(), 1);
    assert_eq!(store.sweep(at(60), 100).await.unwrap(), 0);
}

#[test]
fn a_key_tells_nobody_and_words_cannot_be_moved_in_it() {
    let of = |who: &[&str]| LimitKey::of("rule", who.iter().copied());
    assert_ne!(of(&["ab", "c"]), of(&["a", "bc"]));
    assert_ne!(of(&["ab"]), of(&["ab", ""]));
    assert_ne!(of(&["ab"]), LimitKey::of("rul", ["eab"]));
    assert_eq!(of(&["alice", "198.51.100.1"]), of(&["alice", "198.51.100.1"]));
    assert!(!format!("{:?}", of(&["alice"])).contains("alice"));
}
