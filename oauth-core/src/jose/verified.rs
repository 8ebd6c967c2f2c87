//! [`VerifiedTokens`]: signatures that are not verified twice.

use std::fmt;

use super::KeySet;
use crate::cache::Cache;
use crate::secret::TokenHash;
use crate::time::UnixTime;

/// The longest token that is remembered, in bytes: so the memory is bounded, and not only the number.
const LONGEST: usize = 4096;

/// Signed tokens that were verified, and what they said, by the hash of the whole token: another signature is another token. It counts until the
/// token expires, and for the keys alone that it was verified with: once any of them is another, tokens are verified anew.
///
/// It spares the signature and the reading. What follows from the moment and from the request, the caller asks each time.
pub(crate) struct VerifiedTokens<T>(Cache<Verified<T>, UnixTime>);

struct Verified<T> {
    keys: KeySet,
    token: T,
}

impl<T: Clone> VerifiedTokens<T> {
    /// A memory of as many tokens at most; of zero, none is remembered.
    pub(crate) fn new(capacity: usize) -> Self {
        Self(Cache::new(capacity))
    }

    /// The hash by which a token is remembered; `None`: it is not.
    pub(crate) fn hash(&self, token: &str) -> Option<TokenHash> {
        (!self.0.is_off() && token.len() <= LONGEST).then(|| TokenHash::of(token))
    }

    /// The words of a token, if these keys have verified it.
    pub(crate) fn get(&self, token: &TokenHash, keys: &KeySet, now: UnixTime) -> Option<T> {
        self.0.get(token, now, |known| known.keys.is_same(keys).then(|| known.token.clone()))
    }

    /// Keeps what a token said that these keys have verified just now.
    pub(crate) fn put(&self, hash: TokenHash, token: T, keys: KeySet, until: UnixTime, now: UnixTime) {
        self.0.put(hash, Verified { keys, token }, until, now);
    }
}

impl<T> fmt::Debug for VerifiedTokens<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
