//! Refresh tokens and their rotation.

use std::time::Duration;

use super::expiring::{AlreadyKept, Expiring};
use crate::secret::TokenHash;
use crate::store::{RefreshToken, Result, Rotation, StoreError, Successor};
use crate::time::UnixTime;

/// A chain of rotations is one invariant over several entries, so one lock guards them all.
#[derive(Debug, Default)]
pub(super) struct RefreshTokens {
    tokens: Expiring<TokenHash, Link>,
    /// By the token that was rotated, until the grace of its rotation is over.
    sealed: Expiring<TokenHash, Vec<u8>>,
}

#[derive(Debug)]
struct Link {
    token: RefreshToken,
    predecessor: Option<TokenHash>,
}

impl RefreshTokens {
    pub(super) fn save(&mut self, token: RefreshToken, predecessor: Option<TokenHash>) -> Result<()> {
        let (hash, expires_at) = (token.hash, token.expires_at);
        self.sealed.sweep(UnixTime::now());
        self.tokens
            .try_insert(hash, Link { token, predecessor }, expires_at)
            .map_err(|AlreadyKept| StoreError::already_kept("save a refresh token"))
    }

    pub(super) fn get(&self, token: &TokenHash, now: UnixTime) -> Option<&RefreshToken> {
        self.tokens.get(token, now).map(|link| &link.token)
    }

    pub(super) fn rotate(
        &mut self,
        presented: &TokenHash,
        successor: Successor,
        now: UnixTime,
        grace: Duration,
    ) -> Result<Rotation> {
        let Some(token) = self.get(presented, now) else {
            return Ok(Rotation::Unknown);
        };
        if token.is_rotated {
            return Ok(match self.sealed.get(presented, now) {
                Some(sealed) => Rotation::Retried { sealed: sealed.clone() },
                None => Rotation::Reused { family: token.family },
            });
        }
        self.save(successor.token, Some(*presented))?;
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
        Ok(Rotation::Rotated)
    }

    /// How many tokens there are, and how many sealed successors.
    pub(super) fn len(&self) -> (usize, usize) {
        (self.tokens.len(), self.sealed.len())
    }
}
