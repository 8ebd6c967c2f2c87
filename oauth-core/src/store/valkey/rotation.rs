//! The rotation of refresh tokens. The successor is written before, so that whoever claims the rotation has one, and removed
//! after, where the claim is lost.

use std::time::Duration;

use super::ValkeyStore;
use super::keys::{Kind, call, seconds, text};
use super::lists::grant_name;
use super::run::{Argument, Weight};
use super::scripts::ROTATE;
use super::tokens::{NewTokens, Presented};
use crate::secret::TokenHash;
use crate::store::{AccessToken, Marks, RefreshToken, Result, Rotation, StoreError, Successor};
use crate::time::UnixTime;

const DOING: &str = "rotate a refresh token";

impl ValkeyStore {
    pub(super) async fn rotate(
        &self,
        presented: &TokenHash,
        successor: Successor,
        access: Option<AccessToken>,
        now: UnixTime,
        grace: Duration,
    ) -> Result<Rotation> {
        let Some((kept, before)) = self.kept_refresh_token(DOING, presented, now).await? else {
            return Ok(Rotation::Unknown);
        };
        let own = (Marks::of(presented, &kept.authorization), kept.authorization.granted_at);
        if kept.is_rotated {
            let is_revoked = self.is_marked(DOING, &[own]).await?;
            return if is_revoked {
                Ok(Rotation::Unknown)
            } else {
                self.rotated_before(presented, now).await
            };
        }
        let Successor { token, sealed } = successor;
        let next = text(token.hash.as_bytes());
        let outdated = before.map(|hash| grant_name(&RefreshToken { hash, ..kept.clone() }));
        let before = Some(Presented { hash: *presented, outdated });
        let new = NewTokens { access, refresh: Some(token), presented: before, call: call() };
        let are_kept = self.keep(DOING, &new).await?;
        let mut marks = new.marks();
        marks.push(own);
        if self.is_marked(DOING, &marks).await? {
            self.undo(DOING, &new).await?;
            return Ok(Rotation::Unknown);
        }
        if !are_kept {
            self.undo(DOING, &new).await?;
            return Err(StoreError::already_kept(DOING));
        }
        // If it has no answer, nobody knows who has the successor: it stays.
        let key = self.hash_key(Kind::RefreshToken, presented);
        let claim: [&dyn Argument; 5] =
            [&seconds(now), &seconds(now + grace), &sealed.as_slice(), &next, &new.call];
        let answer: Answer = self.run(DOING, Weight::Security, &ROTATE, &key, &claim).await?;
        if answer.0 == "rotated" {
            return Ok(Rotation::Rotated);
        }
        self.undo(DOING, &new).await?;
        self.meaning(answer).await
    }

    /// The meaning of presenting a token that was rotated.
    async fn rotated_before(&self, presented: &TokenHash, now: UnixTime) -> Result<Rotation> {
        let key = self.hash_key(Kind::RefreshToken, presented);
        // It is rotated, so that this claims nothing.
        let claim: [&dyn Argument; 5] = [&seconds(now), &seconds(now), &"", &"", &""];
        // Replicas may not have the rotation yet, and whoever is told its successor uses it.
        let answer: Answer = self.run(DOING, Weight::Security, &ROTATE, &key, &claim).await?;
        self.meaning(answer).await
    }

    async fn meaning(&self, (answer, sealed, next): Answer) -> Result<Rotation> {
        if answer == "lost" {
            return Err(StoreError::overloaded(DOING, "a rotation was lost with the server that had it"));
        }
        let (Some(sealed), Some(next)) = (sealed, next) else {
            return Ok(if answer == "unknown" { Rotation::Unknown } else { Rotation::Reused });
        };
        // Whoever has rotated the successor has received it. What is rotated stays so, and may be asked apart.
        let mut command = redis::cmd("HEXISTS");
        command.arg(self.key(Kind::RefreshToken, &next)).arg("rot");
        let is_received: bool = self.send(DOING, Weight::Light, &command).await?;
        Ok(if is_received { Rotation::Reused } else { Rotation::Retried { sealed } })
    }
}

/// Of the script: what it did, the sealed successor, and its hash.
type Answer = (String, Option<Vec<u8>>, Option<String>);
