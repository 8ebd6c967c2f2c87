//! Attempts at secrets, beside what `store_conformance!` tests of them.

use std::time::Duration;

use oauth_core::limits::{LimitKey, Policy};
use oauth_core::time::UnixTime;

use crate::support::{EveryRole, now, over_stores_that_sweep};

over_stores_that_sweep!(a_sweep_takes_what_is_forgotten_and_nothing_else);

const SECOND: Duration = Duration::from_secs(1);

fn start() -> Duration {
    Duration::from_millis(now().as_secs() * 1000 + 123)
}

fn key(rule: usize, who: u8) -> LimitKey {
    LimitKey::of(&format!("rule {rule}"), [who.to_string().as_str()])
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
