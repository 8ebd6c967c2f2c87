//! Role `sweep`, of a store that keeps everything which expires.

use super::together::EveryStore;
use crate::conformance::store::records::{after, hash, now, save_all};
use crate::store::Sweep;
use crate::time::UnixTime;

/// A store that plays every role and is swept.
pub trait SweptStore: EveryStore + Sweep {}

impl<S: EveryStore + Sweep> SweptStore for S {}

pub async fn a_sweep_takes_nothing_that_is_alive<S: SweptStore + Clone + 'static>(store: S) {
    let end = after(now(), 600);
    save_all(&store, "live", end).await;
    let before = UnixTime::from_secs(end.as_secs() - 1);
    // What was sealed for a retry has expired first, for nobody may ask for it any more.
    assert!(store.sweep(before, 1000).await.unwrap() <= 1);
    assert!(store.session(&hash("live"), now()).await.unwrap().is_some());
    assert!(store.access_token(&hash("live"), now()).await.unwrap().is_some());
    assert!(store.refresh_token(&hash("live"), now()).await.unwrap().unwrap().is_rotated);
}
