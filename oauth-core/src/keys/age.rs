//! The age of the keys that sign, as a figure.

use metrics::gauge;

use super::life::Lives;
use super::source::purpose;
use super::{KeyState, StoredKeys};
use crate::store::StoredKey;

impl StoredKeys {
    pub(super) fn measure(&self, stored: &[StoredKey]) {
        let now = self.0.source.now();
        for (algorithm, _) in &self.0.rings {
            let lives = Lives::of(stored, &purpose(*algorithm));
            let mut active = lives.keys.iter().filter(|life| lives.state(life, now) == KeyState::Active);
            if let Some(life) = active.next() {
                let age = now.since(life.from).as_secs_f64();
                gauge!("oauth.key.age", "alg" => algorithm.as_str()).set(age);
            }
        }
    }
}
