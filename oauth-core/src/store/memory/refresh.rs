//! Refresh tokens and their rotation.

use std::time::Duration;

use super::expiring::{AlreadyKept, ByHash};
use crate::secret::TokenHash;
use crate::store::{RefreshToken, Result, Rotation, StoreError, Successor};
use crate::time::UnixTime;

/// A chain of rotations is one invariant over several entries, so one lock guards them all.
#[derive(Debug, Default)]
pub(super) struct RefreshTokens {
    tokens: ByHash<Link>,
    /// The sealed successors by the token that was rotated, until the grace of its rotation is over.
    sealed: ByHash<Vec<u8>>,
}

#[derive(Debug)]
struct Link {
    token: RefreshToken,
    predecessor: Option<TokenHash>,
}

impl RefreshTokens {
    pub(super) fn save(
        &mut self,
        token: RefreshToken,
        predecessor: Option<TokenHash>,
        doing: &'static str,
    ) -> Result<()> {
        let (hash, expires_at) = (token.hash, token.expires_at);
        self.sealed.sweep(UnixTime::now());
        self.tokens
            .try_insert(hash, Link { token, predecessor }, expires_at)
            .map_err(|AlreadyKept| StoreError::already_kept(doing))
    }

    pub(super) fn get(&self, token: &TokenHash, now: UnixTime) -> Option<&RefreshToken> {
        self.tokens.get(token, now).map(|link| &link.token)
    }

    /// All that have not expired.
    pub(super) fn live(&self, now: UnixTime) -> impl Iterator<Item = &RefreshToken> {
        self.tokens.live(now).map(|(_, link)| &link.token)
    }

    /// The meaning of presenting a token that was rotated already.
    pub(super) fn rotated_before(&self, presented: &TokenHash, now: UnixTime) -> Option<Rotation> {
        self.get(presented, now).filter(|token| token.is_rotated)?;
        Some(match self.sealed.get(presented, now) {
            Some(sealed) => Rotation::Retried { sealed: sealed.clone() },
            None => Rotation::Reused,
        })
    }

    /// Puts the successor in the place of a token that was not rotated before.
    pub(super) fn rotate(
        &mut self,
        presented: &TokenHash,
        successor: Successor,
        now: UnixTime,
        grace: Duration,
        doing: &'static str,
    ) -> Result<()> {
        self.save(successor.token, Some(*presented), doing)?;
        let predecessor = self.tokens.get_mut(presented, now).and_then(|link| {
            link.token.is_rotated = true;
            link.predecessor
        });
        // Whoever uses the successor has received it: from here on the token before it is only ever reused.
        if let Some(predecessor) = predecessor {
            self.sealed.remove(&predecessor);
        }
        let retry_until = now + grace;
        if retry_until > now {
            self.sealed.insert(*presented, successor.sealed, retry_until);
        }
        Ok(())
    }

    /// Removes tokens and sealed successors that have expired, this many at most, and returns their number.
    pub(super) fn sweep_all(&mut self, before: UnixTime, limit: usize) -> usize {
        let removed = self.sealed.sweep_all(before, limit);
        removed + self.tokens.sweep_all(before, limit - removed)
    }

    /// The number of tokens, and of sealed successors.
    pub(super) fn len(&self) -> (usize, usize) {
        (self.tokens.len(), self.sealed.len())
    }
}
