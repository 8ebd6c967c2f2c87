//! One place of access tokens, under one lock.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;
use std::time::Duration;

use super::granted::Granted;
use super::markers::Markers;
use crate::secret::TokenHash;
use crate::time::UnixTime;

/// The most tokens that one insertion removes.
const SWEEP: usize = 1024;
/// The time after which what has expired is looked for, however few tokens come.
pub(super) const OVERDUE: Duration = Duration::from_mins(1);

/// The tokens by their hashes. What has expired is not queued, which would cost as much again as the tokens: whoever makes the shard grow
/// looks for it.
#[derive(Debug, Default)]
pub(super) struct Shard {
    pub(super) tokens: HashMap<TokenHash, Kept, BuildHasherDefault<Spread>>,
    /// No token expires before.
    earliest: Option<UnixTime>,
    /// The number of insertions since it was last swept.
    inserted: usize,
}

impl Shard {
    /// Removes some of what has expired, if it is time to look for it: each look is at every token.
    pub(super) fn make_room(&mut self, now: UnixTime) -> Vec<Kept> {
        let is_overdue = self.earliest.is_some_and(|earliest| earliest + OVERDUE <= now);
        let enough = if is_overdue { self.tokens.len() / 256 } else { (self.tokens.len() / 2).min(SWEEP) };
        if self.inserted > enough { self.sweep(now, SWEEP) } else { Vec::new() }
    }

    pub(super) fn insert(&mut self, hash: TokenHash, kept: Kept) {
        self.inserted += 1;
        self.earliest = Some(self.earliest.map_or(kept.expires_at, |earliest| earliest.min(kept.expires_at)));
        self.tokens.insert(hash, kept);
    }

    /// Removes tokens that have expired at `before`, this many at most.
    pub(super) fn sweep(&mut self, before: UnixTime, limit: usize) -> Vec<Kept> {
        self.inserted = 0;
        if self.earliest.is_none_or(|earliest| earliest > before) {
            return Vec::new();
        }
        let expired = self.tokens.extract_if(|_, kept| kept.expires_at <= before);
        let gone: Vec<_> = expired.take(limit).map(|(_, kept)| kept).collect();
        if gone.len() < limit {
            self.earliest = self.tokens.values().map(|kept| kept.expires_at).min();
        }
        // It costs as much as it frees.
        if self.tokens.len() < self.tokens.capacity() / 4 {
            self.tokens.shrink_to(self.tokens.len() * 2);
        }
        gone
    }
}

/// The part of a token that is its own; the rest it shares with others of its client.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    pub(super) granted: Arc<Granted>,
    pub(super) granted_at: UnixTime,
    pub(super) issued_at: UnixTime,
    pub(super) expires_at: UnixTime,
}

impl Kept {
    /// Tells whether a marker ends the token, which has this hash.
    pub(super) fn is_ended(&self, hash: &TokenHash, markers: &Markers) -> bool {
        self.granted.is_ended(hash, self.granted_at, markers)
    }
}

/// Takes eight bytes of a SHA-256 for its hash, which they are: nobody can choose what is kept, for tokens and codes are random. It saves
/// hashing them again.
#[derive(Debug, Default)]
pub(super) struct Spread(u64);

impl Hasher for Spread {
    fn write(&mut self, bytes: &[u8]) {
        // Not the first byte, which all of a shard have in common.
        if let Some(bytes) = bytes.last_chunk() {
            self.0 = u64::from_ne_bytes(*bytes);
        }
    }

    /// The length of what follows, which is always the same.
    fn write_usize(&mut self, _: usize) {}

    fn finish(&self) -> u64 {
        self.0
    }
}
