//! Login sessions.

use super::{Admin, AdminError, Administered, Result, Sessions};
use crate::event::EventKind;
use crate::secret::TokenHash;
use crate::store::{
    Cursor, ListSessions, Page, Revocation, Session, SessionStore, StoreRoles as _, TokenStore as _,
};

impl<A: Administered> Admin<A>
where
    Sessions<A>: SessionStore,
{
    /// Ends a session, by the hash of its identifier, and the tokens that die with it.
    ///
    /// # Errors
    ///
    /// If there is no such session, or the store fails.
    pub async fn end_session(&self, id: &TokenHash) -> Result<Session> {
        let (sessions, now) = (self.roles().sessions(), self.now());
        let session = match (self.on.notices_leased_until(), sessions.logouts()) {
            (Some(until), Some(outbox)) => outbox.end_one(id, now, until).await?,
            _ => sessions.end_session(id, now).await?,
        };
        let session = session.ok_or_else(|| AdminError::NotFound("there is no such session".to_owned()))?;
        // A login that awaits a code was no session, of which nobody was told.
        if !session.is_first_step() {
            self.on.session_ended(&session).await?;
            self.tell(&self.event(EventKind::SessionEnded).subject(&session.subject));
        }
        Ok(session)
    }

    /// Signs a person out everywhere: ends their sessions, and everything that they granted until now, to whichever client and for
    /// however long. Returns the number of sessions.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn sign_out_everywhere(&self, subject: &str) -> Result<usize> {
        let ended = self.end_all_of(subject).await?;
        self.tell(&self.event(EventKind::SubjectRevoked).subject(subject));
        Ok(ended)
    }

    /// Ends what a person granted, and their sessions, of which each is an event.
    pub(super) async fn end_all_of(&self, subject: &str) -> Result<usize> {
        // First: should it fail, it can be done again, while the sessions are there.
        self.end_granted_by(subject).await?;
        let (now, sessions) = (self.now(), self.roles().sessions());
        let ended = match (self.on.notices_leased_until(), sessions.logouts()) {
            (Some(until), Some(outbox)) => outbox.end_all(subject, now, until).await?,
            _ => sessions.end_sessions_of(subject, now).await?,
        };
        // A store may end one after the other: what was granted meanwhile, by one of the last, ends as well.
        self.end_granted_by(subject).await?;
        // A login that awaits a code ends with them, and was no session.
        let mut sessions = 0;
        for session in ended.iter().filter(|session| !session.is_first_step()) {
            self.on.session_ended(session).await?;
            self.tell(&self.event(EventKind::SessionEnded).subject(subject));
            sessions += 1;
        }
        Ok(sessions)
    }

    /// Ends what a person granted until now.
    async fn end_granted_by(&self, subject: &str) -> Result<()> {
        let before = self.now();
        let revocation = Revocation::Subject { subject: subject.to_owned(), before };
        Ok(self.roles().tokens().revoke(&revocation, before + Revocation::LONGEST).await?)
    }
}

impl<A: Administered> Admin<A>
where
    Sessions<A>: ListSessions,
{
    /// The sessions of a person after this place, each with the hash of its identifier.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn sessions(
        &self,
        subject: &str,
        after: Option<&Cursor>,
        limit: u16,
    ) -> Result<Page<(TokenHash, Session)>> {
        Ok(self.roles().sessions().sessions_of(subject, self.now(), after, limit).await?)
    }
}
