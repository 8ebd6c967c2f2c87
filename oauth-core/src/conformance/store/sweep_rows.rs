//! Role `sweep_rows`, of a store in which what has expired stays until a sweep counts and removes it.

use super::sweep::SweptStore;
use crate::conformance::store::races::{CALLERS, at_once};
use crate::conformance::store::records::{after, hash, now, save_all, session};
use crate::time::UnixTime;

/// Of what the tests save, nothing has expired by the clock of a store: it is the sweep that removes it.
fn saved_until() -> UnixTime {
    after(now(), 600)
}

pub async fn a_sweep_stays_within_its_limit_and_says_when_nothing_is_left<S: SweptStore + Clone + 'static>(
    store: S,
) {
    for number in 0..3 {
        save_all(&store, &format!("{number}"), saved_until()).await;
    }
    let mut removed = Vec::new();
    loop {
        let swept = store.sweep(saved_until(), 7).await.unwrap();
        removed.push(swept);
        if swept < 7 {
            break;
        }
    }
    // Of each kind one; two refresh tokens, of which one was rotated: where that is a row of its own it is one more.
    let all: u64 = removed.iter().sum();
    assert!(all == 3 * 10 || all == 3 * 11, "{removed:?}");
    assert!(removed.iter().rev().skip(1).all(|swept| *swept == 7), "{removed:?}");
    assert_eq!(store.sweep(saved_until(), 7).await.unwrap(), 0);
    assert_eq!(store.session(&hash("0"), now()).await.unwrap(), None);
    assert_eq!(store.refresh_token(&hash("0"), now()).await.unwrap(), None);
}

pub async fn two_hundred_sweeps_count_each_entry_once<S: SweptStore + Clone + 'static>(store: S) {
    for number in 0..CALLERS {
        store.save_session(hash(&format!("{number}")), session("user-1", saved_until())).await.unwrap();
    }
    let swept = at_once(&[store], |store, _| async move {
        let mut removed = 0;
        loop {
            match store.sweep(saved_until(), 10).await {
                Ok(0) => return removed,
                Ok(swept) => removed += swept,
                Err(error) => assert!(error.is_overloaded(), "{error}"),
            }
        }
    })
    .await;
    assert_eq!(swept.iter().sum::<u64>(), u64::try_from(CALLERS).unwrap());
}
