//! The lives of keys, by their times taken together.

use std::time::Duration;

use super::KeyState;
use super::policy::KeyPolicy;
use crate::store::StoredKey;
use crate::time::UnixTime;

/// The time until which a revoked key goes on that has no successor: every instance has read of the successor by then.
pub(super) const TAKEOVER: Duration = Duration::from_secs(75);

/// A key among those of its purpose.
pub(super) struct Life<'k> {
    pub(super) key: &'k StoredKey,
    pub(super) from: UnixTime,
    /// The time when another takes its turn.
    pub(super) until: Option<UnixTime>,
    /// The time when it is published no longer; the last key always is.
    pub(super) gone: Option<UnixTime>,
}

/// The keys of one purpose, in the order in which they sign.
pub(super) struct Lives<'k> {
    pub(super) keys: Vec<Life<'k>>,
    /// The last generation that is taken.
    last_generation: u32,
}

/// The next key to be made.
pub(super) struct Next {
    pub(super) generation: u32,
    pub(super) sign_from: UnixTime,
}

impl<'k> Lives<'k> {
    pub(super) fn of(stored: &'k [StoredKey], purpose: &str) -> Self {
        let mut generations: Vec<_> = stored.iter().filter(|key| key.purpose == purpose).collect();
        generations.sort_by_key(|key| key.generation);
        let last_generation = generations.last().map_or(0, |key| key.generation);
        let mut keys: Vec<Life<'k>> = Vec::new();
        let mut predecessor: Option<&StoredKey> = None;
        for key in generations {
            // A successor takes over at once from a key that was revoked.
            let revoked = predecessor.filter(|key| is_revoked(key)).map(|key| key.publish_until);
            let from = revoked.map_or(key.sign_from, |at| at.min(key.sign_from));
            // Revoked before its turn, which may have come early: it has none.
            if key.publish_until <= from {
                continue;
            }
            keys.push(Life { key, from, until: None, gone: None });
            predecessor = Some(key);
        }
        keys.sort_by_key(|life| (life.from, life.key.generation));
        let followed: Vec<_> = keys.iter().skip(1).map(|next| next.from).collect();
        for (life, until) in keys.iter_mut().zip(followed) {
            life.until = Some(until);
            life.gone = Some(gone(life.key, until));
        }
        Self { keys, last_generation }
    }

    /// The generation after all that there are.
    pub(super) const fn next_generation(&self) -> u32 {
        self.last_generation.saturating_add(1)
    }

    /// The key that is due to be made, if one is.
    pub(super) fn due(&self, policy: &KeyPolicy, now: UnixTime) -> Option<Next> {
        if policy.is_of_operator {
            return None;
        }
        let generation = self.next_generation();
        let Some(Life { key, .. }) = self.keys.last() else {
            return Some(Next { generation, sign_from: now });
        };
        let sign_from = if is_revoked(key) {
            key.publish_until.max(now + TAKEOVER)
        } else if key.sign_until <= now + policy.propagation {
            key.sign_until.max(now + policy.propagation)
        } else {
            return None;
        };
        Some(Next { generation, sign_from })
    }

    /// The state of one of them.
    pub(super) fn state(&self, life: &Life<'_>, now: UnixTime) -> KeyState {
        let is_first = self.keys.first().is_some_and(|first| first.key.kid == life.key.kid);
        if life.from > now && !is_first {
            KeyState::Pending
        } else if life.until.is_none_or(|until| now < until) {
            // Clocks differ: what nobody precedes is active before its time, too.
            KeyState::Active
        } else if life.gone.is_none_or(|gone| now < gone) {
            KeyState::Retired
        } else {
            KeyState::Gone
        }
    }
}

/// A revocation sets both times to its own.
fn is_revoked(key: &StoredKey) -> bool {
    key.publish_until <= key.sign_until
}

/// The end of publication: later, where a key signed for longer because its successor was late.
fn gone(key: &StoredKey, until: UnixTime) -> UnixTime {
    let retention = key.publish_until.since(key.sign_until);
    key.publish_until.max(until + retention)
}
