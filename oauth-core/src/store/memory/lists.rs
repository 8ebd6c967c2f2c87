//! Lists. A page looks at all that there is: what is kept in memory is not that much.

use std::cmp::Reverse;
use std::sync::Arc;

use super::MemoryStore;
use crate::client::Client;
use crate::secret::TokenHash;
use crate::store::{
    Consent, Cursor, ListClients, ListConsents, ListGrants, ListSessions, ListUsers, Page, Result,
    Revocation, Session, StandingGrant, User,
};
use crate::time::UnixTime;

/// The entries that come first after this place.
fn first<K: Ord, T>(
    entries: impl Iterator<Item = (K, T)>,
    is_after: impl Fn(&K) -> bool,
    limit: u16,
) -> Vec<(K, T)> {
    let mut entries: Vec<_> = entries.filter(|(key, _)| is_after(key)).collect();
    entries.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    entries.truncate(Page::<T>::rows(limit));
    entries
}

impl ListClients for MemoryStore {
    async fn clients(&self, after: Option<&Cursor>, limit: u16) -> Result<Page<Arc<Client>>> {
        let after = Cursor::text(after, "list clients")?;
        let clients = self.0.clients.read();
        let entries = clients.all().map(|client| (&client.client_id, client));
        let first = first(entries, |id| id.as_str() > after, limit);
        let items = first.into_iter().map(|(_, client)| Arc::clone(client)).collect();
        Ok(Page::of(items, limit, |client: &Arc<Client>| Cursor::after(client.client_id.as_str())))
    }

    async fn delete_client(&self, client_id: &str, now: UnixTime) -> Result<bool> {
        let mut clients = self.0.clients.write();
        let mut registrations = self.0.registrations.write();
        let is_removed = clients.remove(client_id);
        registrations.remove(client_id);
        drop((clients, registrations));
        if is_removed {
            self.0.consents.write().forget_client(client_id);
            let revocation = Revocation::Client { client_id: client_id.to_owned(), before: now };
            self.mark(&revocation, now + Revocation::LONGEST);
        }
        Ok(is_removed)
    }
}

impl ListUsers for MemoryStore {
    async fn users(&self, after: Option<&Cursor>, limit: u16) -> Result<Page<User>> {
        let after = Cursor::text(after, "list users")?;
        let users = self.0.users.read();
        let entries = users.all().map(|user| (&user.subject, user));
        let first = first(entries, |subject| subject.as_str() > after, limit);
        let items = first.into_iter().map(|(_, user)| user.clone()).collect();
        Ok(Page::of(items, limit, |user: &User| Cursor::after(user.subject.as_str())))
    }
}

impl ListSessions for MemoryStore {
    async fn sessions_of(
        &self,
        subject: &str,
        now: UnixTime,
        after: Option<&Cursor>,
        limit: u16,
    ) -> Result<Page<(TokenHash, Session)>> {
        let sessions = self.0.sessions.read();
        let entries =
            sessions.live(now).filter(|(_, session)| session.subject == subject && session.is_logged_in());
        let first = first(entries, |id| id.as_bytes().as_slice() > Cursor::bytes(after), limit);
        let items = first.into_iter().map(|(id, session)| (*id, session.clone())).collect();
        Ok(Page::of(items, limit, |(id, _): &(TokenHash, Session)| Cursor::after(*id.as_bytes())))
    }
}

impl ListGrants for MemoryStore {
    async fn grants_of(
        &self,
        subject: &str,
        now: UnixTime,
        after: Option<&Cursor>,
        limit: u16,
    ) -> Result<Page<StandingGrant>> {
        let tokens = self.0.refresh_tokens.lock();
        let of_subject = tokens
            .live(now)
            .filter(|token| token.subject() == Some(subject) && !token.is_rotated)
            .filter(|token| !self.is_ended(&token.hash, &token.authorization));
        let mut items: Vec<_> = of_subject.map(StandingGrant::of).collect();
        items.retain(|grant| grant.family.as_bytes().as_slice() > Cursor::bytes(after));
        items.sort_unstable_by_key(|grant| (grant.family, Reverse(grant.expires_at)));
        items.dedup_by_key(|grant| grant.family);
        Ok(Page::of(items, limit, StandingGrant::cursor))
    }
}

impl ListConsents for MemoryStore {
    async fn consents_of(&self, subject: &str, after: Option<&Cursor>, limit: u16) -> Result<Page<Consent>> {
        let after = Cursor::text(after, "list consents")?;
        let consents = self.0.consents.read();
        let first = first(consents.of(subject), |client| client.as_str() > after, limit);
        let items =
            first.into_iter().map(|(client_id, scopes)| Consent::new(client_id, scopes.clone())).collect();
        Ok(Page::of(items, limit, |consent: &Consent| Cursor::after(consent.client_id.as_str())))
    }
}
