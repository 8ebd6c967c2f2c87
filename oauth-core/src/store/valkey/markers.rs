//! Markers: what was revoked. They are read after what they may end: whatever was written while somebody revoked is seen to be dead by
//! whoever reads it.

use super::ValkeyStore;
use super::keys::{Kind, removal, seconds, text};
use super::run::Weight;
use super::scripts::REVOKE;
use crate::store::{Marks, Result, Revocation, RevocationStore};
use crate::time::UnixTime;

impl RevocationStore for ValkeyStore {
    async fn is_revoked(&self, marks: &Marks, granted_at: UnixTime) -> Result<bool> {
        self.is_marked("look up revocations", &[(*marks, granted_at)]).await
    }
}

impl ValkeyStore {
    /// Tells whether a marker ends any of these, granted then.
    pub(super) async fn is_marked(&self, doing: &'static str, all: &[(Marks, UnixTime)]) -> Result<bool> {
        let mut asked: Vec<_> = all
            .iter()
            .flat_map(|(marks, granted_at)| marks.keys().iter().map(|key| (*key, *granted_at)))
            .collect();
        asked.sort_unstable();
        asked.dedup();
        let mut command = redis::cmd("MGET");
        for (key, _) in &asked {
            command.arg(self.key(Kind::Marker, &text(key)));
        }
        let markers: Vec<Option<u64>> = self.send(doing, Weight::Light, &command).await?;
        let mut ends = asked.iter().zip(markers);
        Ok(ends.any(|((_, granted_at), marker)| marker.is_some_and(|before| seconds(*granted_at) <= before)))
    }

    pub(super) async fn keep_marker(&self, revocation: &Revocation, until: UnixTime) -> Result<()> {
        let key = self.key(Kind::Marker, &text(&revocation.key()));
        let (before, until) = (seconds(revocation.before()), removal(until));
        self.run("revoke", Weight::Security, &REVOKE, &key, &[&before, &until]).await
    }
}
