//! Markers: what was revoked. They are read after what they may end: whatever was written while somebody revoked is seen to be dead by
//! whoever reads it.

use super::keys::{Kind, removal, seconds, text};
use super::run::Weight;
use super::scripts::REVOKE;
use super::{SecurityWrites, ValkeyStore};
use crate::store::{Marks, Result, Revocation, RevocationStore};
use crate::time::UnixTime;

impl RevocationStore for ValkeyStore {
    async fn is_revoked(&self, marks: &Marks, granted_at: UnixTime) -> Result<bool> {
        self.is_dead("look up revocations", *marks, granted_at).await
    }
}

impl ValkeyStore {
    /// Tells whether a marker ends any of these, granted then.
    pub(super) async fn is_marked(&self, doing: &'static str, all: &[(Marks, UnixTime)]) -> Result<bool> {
        Ok(self.marker(doing, all).await?.is_some())
    }

    /// Tells whether a marker ends this, granted then, for somebody who acts on it: whoever hears that a token is dead does not revoke
    /// it again, so that as many servers have the marker as one that was just kept.
    pub(super) async fn is_dead(
        &self,
        doing: &'static str,
        marks: Marks,
        granted_at: UnixTime,
    ) -> Result<bool> {
        let Some(marker) = self.marker(doing, &[(marks, granted_at)]).await? else { return Ok(false) };
        if self.security_writes != SecurityWrites::Node {
            let mut command = redis::cmd("EXISTS");
            command.arg(marker);
            self.send::<()>(doing, Weight::Security, &command).await?;
        }
        Ok(true)
    }

    /// The key of a marker that ends any of these.
    async fn marker(&self, doing: &'static str, all: &[(Marks, UnixTime)]) -> Result<Option<String>> {
        let mut asked: Vec<_> = all
            .iter()
            .flat_map(|(marks, granted_at)| marks.keys().iter().map(|key| (*key, *granted_at)))
            .collect();
        asked.sort_unstable();
        asked.dedup();
        let keys: Vec<_> = asked.iter().map(|(key, _)| self.key(Kind::Marker, &text(key))).collect();
        let mut command = redis::cmd("MGET");
        command.arg(&keys);
        let markers: Vec<Option<u64>> = self.send(doing, Weight::Light, &command).await?;
        let mut all = keys.into_iter().zip(asked).zip(markers);
        let ends = all.find(|((_, (_, granted_at)), marker)| {
            marker.is_some_and(|before| seconds(*granted_at) <= before)
        });
        Ok(ends.map(|((key, _), _)| key))
    }

    pub(super) async fn keep_marker(&self, revocation: &Revocation, until: UnixTime) -> Result<()> {
        let key = self.key(Kind::Marker, &text(&revocation.key()));
        let (before, until) = (seconds(revocation.before()), removal(until));
        self.run("revoke", Weight::Security, &REVOKE, &key, &[&before, &until]).await
    }
}
