//! Revocation.

use super::{Admin, AdminError, Administered, Result};
use crate::event::EventKind;
use crate::secret::TokenHash;
use crate::store::{FamilyId, Revocation, StoreRoles as _, TokenStore as _};
use crate::token::self_contained_hash;

impl<A: Administered> Admin<A> {
    /// Ends everything that a person granted until now. An API that verifies signed access tokens by their keys alone takes them until
    /// they expire, after this as after every revocation.
    ///
    /// # Errors
    ///
    /// If the store fails: nothing is certain then, and it can be done again.
    pub async fn revoke_subject(&self, subject: &str) -> Result<()> {
        self.revoke(&Revocation::Subject { subject: subject.to_owned(), before: self.now() }).await?;
        self.tell(&self.event(EventKind::SubjectRevoked).subject(subject));
        Ok(())
    }

    /// Ends everything that was granted to a client until now.
    ///
    /// # Errors
    ///
    /// As [`revoke_subject`](Self::revoke_subject).
    pub async fn revoke_client(&self, client_id: &str) -> Result<()> {
        self.revoke(&Revocation::Client { client_id: client_id.to_owned(), before: self.now() }).await?;
        self.tell(&self.event(EventKind::ClientRevoked).client_id(client_id));
        Ok(())
    }

    /// Ends everything that a person granted to a client until now. They are not asked again if they agreed before:
    /// [`withdraw_consent`](Self::withdraw_consent) forgets that, too.
    ///
    /// # Errors
    ///
    /// As [`revoke_subject`](Self::revoke_subject).
    pub async fn revoke_grant(&self, subject: &str, client_id: &str) -> Result<()> {
        let (before, event) = (self.now(), self.event(EventKind::GrantRevoked));
        let (owner, client) = (subject.to_owned(), client_id.to_owned());
        self.revoke(&Revocation::Grant { subject: owner, client_id: client, before }).await?;
        self.tell(&event.subject(subject).client_id(client_id));
        Ok(())
    }

    /// Ends everything that was issued from one authorization, whenever.
    ///
    /// # Errors
    ///
    /// As [`revoke_subject`](Self::revoke_subject).
    pub async fn revoke_family(&self, family: FamilyId) -> Result<()> {
        self.revoke(&Revocation::Family(family)).await?;
        self.tell(&self.event(EventKind::FamilyRevoked).family(family));
        Ok(())
    }

    /// Ends a token: an access token alone, and with a refresh token everything that was issued from the same authorization
    /// (RFC 7009 §2.1). A signed access token that no store keeps is ended by its `jti`, with or without its signature, and `false`
    /// says that nothing is known of it: what outsiders report is to be verified before, for whoever knows a `jti` can write such a text.
    ///
    /// # Errors
    ///
    /// If it is no token that is alive, or the store fails.
    pub async fn revoke_token(&self, token: &str) -> Result<bool> {
        let (now, hash) = (self.now(), TokenHash::of(token));
        if let Some(refresh) = self.roles().tokens().refresh_token(&hash, now).await? {
            let whole = refresh.authorization.family.map_or(Revocation::Token(hash), Revocation::Family);
            self.revoke(&whole).await?;
            let event = self.event(EventKind::TokenRevoked).client_id(refresh.client_id());
            self.tell(&refresh.subject().map_or(event, |subject| event.subject(subject)));
            return Ok(true);
        }
        if let Some(access) = self.roles().tokens().access_token(&hash, now).await? {
            self.revoke(&Revocation::Token(hash)).await?;
            let event = self.event(EventKind::TokenRevoked).client_id(access.client_id());
            self.tell(&access.subject().map_or(event, |subject| event.subject(subject)));
            return Ok(true);
        }
        let Some(hash) = self_contained_hash(token) else {
            return Err(AdminError::NotFound("no such token is alive: it may have ended already".to_owned()));
        };
        self.revoke(&Revocation::Token(hash)).await?;
        self.tell(&self.event(EventKind::TokenRevoked));
        Ok(false)
    }

    async fn revoke(&self, revocation: &Revocation) -> Result<()> {
        Ok(self.roles().tokens().revoke(revocation, self.now() + Revocation::LONGEST).await?)
    }
}
