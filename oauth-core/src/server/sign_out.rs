//! The methods by which an operator, or an account page, ends what was granted.

use crate::error::Result;
use crate::event::{Event, EventKind};
use crate::frame::{AuthorizationServer, RunningServer};
use crate::issuing::revoke;
use crate::store::{Revocation, Session, SessionStore, StoreRoles};

impl<S: AuthorizationServer> RunningServer<S> {
    /// Ends everything that a person granted until now, to whichever client and for however long: codes, refresh tokens, also those
    /// with `offline_access`, and access tokens. An API that verifies signed access tokens by their keys alone takes them until
    /// they expire. [`sign_out_everywhere`](Self::sign_out_everywhere) ends their sessions, too.
    ///
    /// # Errors
    ///
    /// `server_error` if the store fails: nothing is certain then, and it can be called again.
    pub async fn revoke_subject(&self, subject: &str) -> Result<()> {
        let revocation = Revocation::Subject { subject: subject.to_owned(), before: self.now() };
        revoke(self, &revocation).await?;
        self.observe(&Event::new(EventKind::SubjectRevoked, self.now()).subject(subject));
        Ok(())
    }

    /// Ends everything that was granted to a client until now, what it was issued for itself as well. Call it for one that leaked
    /// its tokens, or is removed.
    ///
    /// # Errors
    ///
    /// As [`revoke_subject`](Self::revoke_subject).
    pub async fn revoke_client(&self, client_id: &str) -> Result<()> {
        let revocation = Revocation::Client { client_id: client_id.to_owned(), before: self.now() };
        revoke(self, &revocation).await?;
        self.observe(&Event::new(EventKind::ClientRevoked, self.now()).client_id(client_id));
        Ok(())
    }

    /// Ends everything that a person granted to a client until now: they disconnect an application. Forget what they agreed to
    /// first, with [`delete_consent`](crate::store::ConsentStore::delete_consent): else the application gets new tokens without
    /// their being asked.
    ///
    /// # Errors
    ///
    /// As [`revoke_subject`](Self::revoke_subject).
    pub async fn revoke_grant(&self, subject: &str, client_id: &str) -> Result<()> {
        let event = Event::new(EventKind::GrantRevoked, self.now()).subject(subject).client_id(client_id);
        let (subject, client_id, before) = (subject.to_owned(), client_id.to_owned(), self.now());
        revoke(self, &Revocation::Grant { subject, client_id, before }).await?;
        self.observe(&event);
        Ok(())
    }
}

impl<S> RunningServer<S>
where
    S: AuthorizationServer,
    <S::Validator as StoreRoles>::Sessions: SessionStore,
{
    /// Signs a person out at every browser, and ends everything that they granted until now: call it when their account was
    /// stolen or is closed, and where a directory changes a password. A [`UserStore`](crate::store::UserStore) that keeps sessions and
    /// tokens as well does it when a password becomes another one or the user is deleted; it cannot tell clients, which this does,
    /// over the back channel (OIDC Back-Channel Logout).
    ///
    /// # Errors
    ///
    /// As [`revoke_subject`](Self::revoke_subject). A client that cannot be told is no error.
    pub async fn sign_out_everywhere(&self, subject: &str) -> Result<()> {
        // First, while the sessions are there: should it fail, it can be tried again.
        self.revoke_subject(subject).await?;
        let (context, ended) = (self.context(), self.end_sessions_of(subject).await?);
        // A store may end one after the other: what was granted meanwhile, by one of the last, ends as well.
        let revocation = Revocation::Subject { subject: subject.to_owned(), before: self.now() };
        revoke(self, &revocation).await?;
        for session in &ended {
            // The marker of the person stands already: what fails here is said, and the clients hear of it all the same.
            if let Err(error) = context.revoke_session(session).await {
                error.log();
            }
        }
        let _frames = context.tell_clients(&ended).await;
        Ok(())
    }

    /// Ends the sessions, and keeps in the same step which clients must hear of it, where the store can.
    async fn end_sessions_of(&self, subject: &str) -> Result<Vec<Session>> {
        #[cfg(feature = "http-client")]
        {
            let context = self.context();
            if let Some(outbox) = context.outbox() {
                return Ok(outbox.end_all(subject, self.now(), context.leased_until()).await?);
            }
        }
        Ok(self.validator().sessions().end_sessions_of(subject, self.now()).await?)
    }
}
