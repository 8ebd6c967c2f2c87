//! Role `sessions`.

use super::MemoryStore;
use crate::secret::TokenHash;
use crate::store::{AnyLogoutStore, Result, Session, SessionStore};
use crate::time::UnixTime;

impl SessionStore for MemoryStore {
    fn logouts(&self) -> Option<&dyn AnyLogoutStore> {
        Some(self)
    }

    async fn save_session(&self, id: TokenHash, session: Session) -> Result<()> {
        let expires_at = session.expires_at;
        self.0.sessions.write().insert(id, session, expires_at);
        Ok(())
    }

    async fn session(&self, id: &TokenHash, now: UnixTime) -> Result<Option<Session>> {
        Ok(self.0.sessions.read().get(id, now).cloned())
    }

    async fn add_session_client(&self, id: &TokenHash, client_id: &str, now: UnixTime) -> Result<()> {
        if let Some(session) = self.0.sessions.write().get_mut(id, now)
            && !session.clients.iter().any(|known| known == client_id)
        {
            session.clients.push(client_id.to_owned());
        }
        Ok(())
    }

    async fn end_session(&self, id: &TokenHash, now: UnixTime) -> Result<Option<Session>> {
        let mut sessions = self.0.sessions.write();
        let session = sessions.get(id, now).cloned();
        sessions.remove(id);
        Ok(session)
    }

    async fn end_sessions_of(&self, subject: &str, now: UnixTime) -> Result<Vec<Session>> {
        Ok(self.0.sessions.write().take_all(now, |session| session.subject == subject))
    }
}
