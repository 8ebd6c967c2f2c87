//! [`VerifiedTokens`]: signatures that are not verified twice.

use std::fmt;

use super::KeySet;
use crate::cache::Cache;
use crate::secret::TokenHash;
use crate::time::UnixTime;

/// The longest token that is remembered, in bytes: so the memory is bounded, and not only the number.
const LONGEST: usize = 4096;

/// Signed tokens that were verified, and what they said. It counts until the token expires, and for the keys alone that it was verified with:
/// once any of them is another, tokens are verified anew.
///
/// A token is found by the hash of its signature, which is short, and is what it was if the text that is signed is the same: that takes a
/// fifth of a hash of the whole. Without the signature the text is no token, so that it may be kept.
///
/// It spares the signature and the reading. What follows from the moment and from the request, the caller asks each time.
pub(crate) struct VerifiedTokens<T>(Cache<Verified<T>, UnixTime>);

struct Verified<T> {
    signed: Box<str>,
    keys: KeySet,
    token: T,
}

/// A token that may be remembered.
pub(crate) struct Memorable<'t> {
    signature: TokenHash,
    signed: &'t str,
}

impl<T: Clone> VerifiedTokens<T> {
    /// A memory of as many tokens at most; of zero, none is remembered.
    pub(crate) fn new(capacity: usize) -> Self {
        Self(Cache::new(capacity))
    }

    /// The token as it is remembered; `None`: it is not.
    pub(crate) fn memorable<'t>(&self, token: &'t str) -> Option<Memorable<'t>> {
        let (signed, signature) = token.rsplit_once('.')?;
        let is_taken = !self.0.is_off() && token.len() <= LONGEST;
        is_taken.then(|| Memorable { signature: TokenHash::of(signature), signed })
    }

    /// The words of a token, if these keys have verified it.
    pub(crate) fn get(&self, token: &Memorable<'_>, keys: &KeySet, now: UnixTime) -> Option<T> {
        self.0.get(&token.signature, now, |known| {
            let is_same = *known.signed == *token.signed && known.keys.is_same(keys);
            is_same.then(|| known.token.clone())
        })
    }

    /// Keeps what a token said that these keys have verified just now.
    pub(crate) fn put(&self, token: &Memorable<'_>, said: T, keys: KeySet, until: UnixTime, now: UnixTime) {
        let verified = Verified { signed: token.signed.into(), keys, token: said };
        self.0.put(token.signature, verified, until, now);
    }
}

impl<T> fmt::Debug for VerifiedTokens<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
