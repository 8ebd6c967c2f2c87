//! Access tokens, spread over locks of their own: every request of every client passes here.

use std::array;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::Arc;

use parking_lot::{RwLock, RwLockWriteGuard};

use super::granted::{Granted, RecentlyGranted};
use crate::secret::TokenHash;
use crate::store::{AccessToken, Marks, Result, StoreError};
use crate::time::UnixTime;

/// As many as make the longest work under one lock short: with ten million tokens, a shard that grows or is swept moves or looks at forty
/// thousand.
const SHARDS: usize = 256;

#[derive(Debug)]
pub(super) struct AccessTokens {
    shards: Box<[RwLock<Shard>; SHARDS]>,
    granted: RecentlyGranted,
}

impl Default for AccessTokens {
    fn default() -> Self {
        Self { shards: Box::new(array::from_fn(|_| RwLock::default())), granted: RecentlyGranted::default() }
    }
}

impl AccessTokens {
    /// The hashes are uniformly distributed, so one of their bytes spreads them evenly.
    fn shard(&self, token: &TokenHash) -> &RwLock<Shard> {
        let ([byte, ..], [first, ..]) = (token.as_bytes(), &*self.shards);
        self.shards.get(usize::from(*byte)).unwrap_or(first)
    }

    /// The number of tokens, with those that have expired and not gone yet.
    pub(super) fn len(&self) -> usize {
        self.shards.iter().map(|shard| shard.read().tokens.len()).sum()
    }

    /// A token that has not expired, with the marks of what ends it.
    pub(super) fn get(&self, token: &TokenHash, now: UnixTime) -> Option<(AccessToken, Marks)> {
        let kept = self.shard(token).read().tokens.get(token).filter(|kept| kept.expires_at > now).cloned();
        kept.map(|kept| kept.told(*token))
    }

    /// What it is to be kept as.
    pub(super) fn prepare(&self, token: AccessToken) -> Prepared {
        let AccessToken { hash, issued_at, expires_at, .. } = token;
        let granted_at = token.authorization.granted_at;
        Prepared {
            hash,
            kept: Kept { granted: self.granted.share(token), granted_at, issued_at, expires_at },
        }
    }

    /// A place for a token that is not kept yet.
    pub(super) fn vacancy(&self, token: Prepared, doing: &'static str) -> Result<Vacancy<'_>> {
        let shard = self.shard(&token.hash).write();
        if shard.tokens.contains_key(&token.hash) {
            return Err(StoreError::already_kept(doing));
        }
        Ok(Vacancy { shard, token })
    }

    /// Removes tokens that have expired, this many at most, and returns their number.
    pub(super) async fn sweep(&self, before: UnixTime, limit: usize) -> usize {
        let mut removed = 0;
        for shard in &*self.shards {
            if removed == limit {
                break;
            }
            removed += shard.write().sweep(before, limit - removed);
            // Others have their turn between any two.
            tokio::task::yield_now().await;
        }
        removed
    }
}

/// A token that is ready to be kept.
pub(super) struct Prepared {
    hash: TokenHash,
    kept: Kept,
}

impl Prepared {
    /// The marks of what ends it, and the moment when it was granted.
    pub(super) fn ends(&self) -> (Marks, UnixTime) {
        (self.kept.granted.marks(&self.hash), self.kept.granted_at)
    }
}

/// Holds the lock until the token is put there, or not.
pub(super) struct Vacancy<'a> {
    shard: RwLockWriteGuard<'a, Shard>,
    token: Prepared,
}

impl Vacancy<'_> {
    pub(super) fn fill(mut self) {
        let Prepared { hash, kept } = self.token;
        self.shard.insert(hash, kept);
    }
}

/// The tokens by their hashes. What has expired is not queued, which would cost as much again as the tokens: whoever makes the shard grow
/// looks for it.
#[derive(Debug, Default)]
struct Shard {
    tokens: HashMap<TokenHash, Kept, BuildHasherDefault<Spread>>,
    /// No token expires before.
    earliest: Option<UnixTime>,
    /// The number of insertions until the next sweep.
    patience: usize,
}

impl Shard {
    fn insert(&mut self, hash: TokenHash, kept: Kept) {
        // Half as many insertions as there are tokens: each looks at two, and a third at most has expired.
        match self.patience.checked_sub(1) {
            Some(left) => self.patience = left,
            None => {
                self.sweep(UnixTime::now(), usize::MAX);
                self.patience = self.tokens.len() / 2 + 1;
            }
        }
        self.earliest = Some(self.earliest.map_or(kept.expires_at, |earliest| earliest.min(kept.expires_at)));
        if let Entry::Vacant(vacant) = self.tokens.entry(hash) {
            vacant.insert(kept);
        }
    }

    /// Removes tokens that have expired at `before`, this many at most, and returns their number.
    fn sweep(&mut self, before: UnixTime, limit: usize) -> usize {
        if self.earliest.is_none_or(|earliest| earliest > before) {
            return 0;
        }
        let mut earliest = None::<UnixTime>;
        let mut removed = 0;
        self.tokens.retain(|_, kept| {
            let is_removed = kept.expires_at <= before && removed < limit;
            if is_removed {
                removed += 1;
            } else {
                earliest = Some(earliest.map_or(kept.expires_at, |earliest| earliest.min(kept.expires_at)));
            }
            !is_removed
        });
        self.earliest = earliest;
        // It costs as much as it frees.
        if self.tokens.len() < self.tokens.capacity() / 4 {
            self.tokens.shrink_to(self.tokens.len() * 2);
        }
        removed
    }
}

/// What differs between the tokens of a client; the rest they share.
#[derive(Debug, Clone)]
struct Kept {
    granted: Arc<Granted>,
    granted_at: UnixTime,
    issued_at: UnixTime,
    expires_at: UnixTime,
}

impl Kept {
    fn told(&self, hash: TokenHash) -> (AccessToken, Marks) {
        let granted = &self.granted;
        let token = AccessToken {
            hash,
            authorization: granted.authorization(self.granted_at),
            scopes: granted.scopes().clone(),
            claims: granted.claims().clone(),
            issued_at: self.issued_at,
            expires_at: self.expires_at,
        };
        (token, granted.marks(&hash))
    }
}

/// Takes eight bytes of a SHA-256 for its hash, which they are: nobody can choose what is kept, for tokens are random. It saves hashing
/// them again.
#[derive(Debug, Default)]
struct Spread(u64);

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

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::Map;

    use super::*;
    use crate::scope::ScopeSet;
    use crate::store::Authorization;

    fn token(text: &str, client: &str, expires_at: UnixTime) -> AccessToken {
        let now = UnixTime::now();
        AccessToken {
            hash: TokenHash::of(text),
            authorization: Arc::new(Authorization::new(client, now)),
            scopes: ScopeSet::new(),
            claims: Map::new(),
            issued_at: now,
            expires_at,
        }
    }

    fn insert(tokens: &AccessTokens, token: AccessToken) {
        tokens.vacancy(tokens.prepare(token), "test").unwrap().fill();
    }

    #[test]
    fn a_burst_that_has_passed_is_given_back_by_what_comes_after() {
        let (tokens, now) = (AccessTokens::default(), UnixTime::now());
        for number in 0..20_000 {
            insert(&tokens, token(&format!("past {number}"), "calendar", now));
        }
        assert!(tokens.len() <= 2 * SHARDS, "what is dead at once does not pile up: {}", tokens.len());
        for number in 0..20_000 {
            insert(&tokens, token(&format!("live {number}"), "calendar", now + Duration::from_hours(1)));
        }
        assert_eq!(tokens.len(), 20_000, "nothing else went");
        let room: usize = tokens.shards.iter().map(|shard| shard.read().tokens.capacity()).sum();
        assert!(room < 80_000, "{room}");
    }

    #[test]
    fn tokens_of_a_client_share_what_they_have_in_common_and_no_more() {
        let (tokens, until) = (AccessTokens::default(), UnixTime::now() + Duration::from_hours(1));
        let later = |mut token: AccessToken| {
            let granted_at = token.authorization.granted_at + Duration::from_secs(5);
            token.authorization = Arc::new(Authorization { granted_at, ..(*token.authorization).clone() });
            token
        };
        let told = |mut token: AccessToken| {
            token.claims.insert("tier".to_owned(), 3.into());
            token
        };
        let all = [
            token("first", "calendar", until),
            later(token("second", "calendar", until)),
            told(token("third", "calendar", until)),
            token("fourth", "notes", until),
            later(token("fifth", "calendar", until)),
        ];
        let kept = all.clone().map(|token| tokens.prepare(token));
        let is_shared =
            |one: usize, other: usize| Arc::ptr_eq(&kept[one].kept.granted, &kept[other].kept.granted);
        assert!(is_shared(0, 1) && !is_shared(1, 2) && !is_shared(0, 3));
        for prepared in kept {
            tokens.vacancy(prepared, "test").unwrap().fill();
        }
        for token in all {
            let (found, marks) = tokens.get(&token.hash, UnixTime::now()).unwrap();
            assert_eq!(marks, Marks::of(&token.hash, &token.authorization));
            assert_eq!(found, token);
        }
    }
}
