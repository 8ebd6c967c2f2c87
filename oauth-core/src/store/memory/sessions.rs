//! Role `sessions`.

use super::MemoryStore;
use crate::secret::TokenHash;
use crate::store::{Result, Session, SessionStore};
use crate::time::UnixTime;

impl SessionStore for MemoryStore {
    async fn save_session(&self, id: TokenHash, session: Session) -> Result<()> {
        let expires_at = session.expires_at;
        self.0.sessions.write().insert(id, session, expires_at);
        Ok(())
    }

    async fn session(&self, id: &TokenHash, now: UnixTime) -> Result<Option<Session>> {
        Ok(self.0.sessions.read().get(id, now).cloned())
    }

    async fn end_session(&self, id: &TokenHash) -> Result<()> {
        self.0.sessions.write().remove(id);
        Ok(())
    }
}
