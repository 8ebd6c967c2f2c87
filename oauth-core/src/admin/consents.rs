//! Consents, and what was granted.

use super::{Admin, Administered, Consents, Result, Tokens};
use crate::event::EventKind;
use crate::store::{
    Consent, ConsentStore, Cursor, ListConsents, ListGrants, Page, StandingGrant, StoreRoles as _,
};

impl<A: Administered> Admin<A>
where
    Consents<A>: ConsentStore,
{
    /// Forgets what a person agreed to for a client, and ends everything that they granted to it until now. `false`: they had agreed
    /// to nothing that is remembered; what was granted has ended all the same.
    ///
    /// # Errors
    ///
    /// If the store fails: nothing is certain then, and it can be done again.
    pub async fn withdraw_consent(&self, subject: &str, client_id: &str) -> Result<bool> {
        // First what is asked before anything is granted anew.
        let is_forgotten = self.roles().consents().delete_consent(subject, client_id).await?;
        self.revoke_grant(subject, client_id).await?;
        if is_forgotten {
            self.tell(&self.event(EventKind::ConsentWithdrawn).subject(subject).client_id(client_id));
        }
        Ok(is_forgotten)
    }
}

impl<A: Administered> Admin<A>
where
    Consents<A>: ListConsents,
{
    /// The consents of a person after this place.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn consents(&self, subject: &str, after: Option<&Cursor>, limit: u16) -> Result<Page<Consent>> {
        Ok(self.roles().consents().consents_of(subject, after, limit).await?)
    }
}

impl<A: Administered> Admin<A>
where
    Tokens<A>: ListGrants,
{
    /// The grants of a person that clients can refresh, after this place: one a family.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn grants(
        &self,
        subject: &str,
        after: Option<&Cursor>,
        limit: u16,
    ) -> Result<Page<StandingGrant>> {
        Ok(self.roles().tokens().grants_of(subject, self.now(), after, limit).await?)
    }
}
