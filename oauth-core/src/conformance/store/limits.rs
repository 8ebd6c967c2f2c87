//! Role `limits`: a store counts as the memory of an instance does, to the letter.

use std::time::Duration;

use tokio::task::JoinSet;

use crate::conformance::store::records::now;
use crate::limits::{Counted, LimitKey, Policy, Tally};
use crate::store::LimitStore;

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

fn key(rule: usize, who: usize) -> LimitKey {
    LimitKey::of(&format!("rule {rule}"), [who.to_string().as_str()])
}

#[derive(Debug, Clone)]
enum Step {
    /// At an instance whose clock is as many milliseconds behind.
    Begin {
        who: usize,
        behind: u64,
    },
    /// Of the attempts that counted, the one that began so many before the last.
    TakeBack {
        who: usize,
        back: usize,
    },
    Wait {
        millis: u64,
    },
}

impl Step {
    fn random() -> Self {
        let who = rand::random_range(0..2);
        match rand::random_range(0..20) {
            0..12 => Self::Begin { who, behind: 0 },
            12..14 => Self::Begin { who, behind: rand::random_range(0..45_000) },
            14..16 => Self::TakeBack { who, back: rand::random_range(0..4) },
            16..18 => Self::Wait { millis: rand::random_range(0..3_000) },
            18 => Self::Wait { millis: rand::random_range(0..400_000) },
            _ => Self::Wait { millis: rand::random_range(0..400) * 1000 },
        }
    }
}

/// The policy alone, which is how an instance counts in its memory.
#[derive(Default)]
struct Model {
    tally: Option<Tally>,
    counted: Vec<Counted>,
}

pub async fn it_counts_as_the_policy_says_to_the_letter<S: LimitStore + Clone + 'static>(store: S) {
    let start = start();
    for rule in 0..POLICIES.len() * 4 {
        let policy = POLICIES[rule % POLICIES.len()];
        let steps: Vec<_> = (0..250).map(|_| Step::random()).collect();
        let (mut now, mut models) = (start, [Model::default(), Model::default()]);
        for (number, step) in steps.iter().enumerate() {
            match *step {
                Step::Wait { millis } => now += Duration::from_millis(millis),
                Step::Begin { who, behind } => {
                    let now = now.saturating_sub(Duration::from_millis(behind));
                    let model = &mut models[who];
                    let expected = policy.begin(model.tally, now);
                    let seen = store.begin(&key(rule, who), &policy, now).await.unwrap();
                    assert_eq!(seen, expected.map(|(_, counted)| counted), "{number} of {steps:?}");
                    if let Ok((tally, counted)) = expected {
                        model.tally = Some(tally);
                        model.counted.push(counted);
                    }
                }
                Step::TakeBack { who, back } => {
                    let model = &mut models[who];
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
async fn begin_at_once<S: LimitStore + Clone + 'static>(
    store: &S,
    policy: Policy,
    now: Duration,
    count: usize,
    expected: usize,
) -> Vec<Counted> {
    let mut tasks = JoinSet::new();
    for _ in 0..count {
        let store = store.clone();
        tasks.spawn(async move { store.begin(&key(0, 0), &policy, now).await });
    }
    let (mut counted, mut unknown) = (Vec::new(), 0);
    for answer in tasks.join_all().await {
        // Where a store has too much to do, nobody knows.
        match answer {
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

pub async fn of_attempts_that_begin_at_once_as_many_count_as_may<S: LimitStore + Clone + 'static>(store: S) {
    let start = start();
    begin_at_once(&store, POLICIES[0], start, 1_280, 5).await;
    for seconds in [1, 2, 4] {
        begin_at_once(&store, POLICIES[0], start + SECOND * (seconds * 2 - 1), 40, 1).await;
    }
    let tomorrow = start + Duration::from_hours(24);
    begin_at_once(&store, POLICIES[1], tomorrow, 1_280, 100).await;
    let refused = store.begin(&key(0, 0), &POLICIES[1], tomorrow).await.unwrap();
    assert_eq!(refused, Err(Duration::from_secs(36)));
}

pub async fn attempts_that_are_taken_back_at_once_leave_no_trace<S: LimitStore + Clone + 'static>(store: S) {
    let start = start();
    for _ in 0..3 {
        let mut undone = JoinSet::new();
        for counted in begin_at_once(&store, POLICIES[1], start, 120, 100).await {
            let store = store.clone();
            undone.spawn(async move { store.undo(&key(0, 0), counted).await.unwrap() });
        }
        undone.join_all().await;
    }
    store.undo(&key(9, 9), Counted { began: start, before: start, added: SECOND }).await.unwrap();
}

/// An attacker who asks the instance that is behind wins nothing, and nobody waits longer for it than the clocks differ.
pub async fn the_clocks_of_instances_differ<S: LimitStore + Clone + 'static>(store: S) {
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

pub async fn a_clock_that_was_far_ahead_locks_nobody_out<S: LimitStore + Clone + 'static>(store: S) {
    let start = start();
    for (rule, policy) in POLICIES.into_iter().enumerate() {
        let ahead = start + Duration::from_hours(24 * 365);
        while store.begin(&key(rule, 0), &policy, ahead).await.unwrap().is_ok() {}
        for _ in 0..policy.free() {
            store.begin(&key(rule, 0), &policy, start).await.unwrap().unwrap();
        }
        store.begin(&key(rule, 0), &policy, start).await.unwrap().unwrap_err();
    }
}
