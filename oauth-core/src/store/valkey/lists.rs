//! Lists. An index names what may be there, and each entry is looked up before it is told: an index is written before what it names, and
//! cleared after it. What a person has is not that much, so that it is put in order here; clients and users are in order there.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::ValkeyStore;
use super::keys::Kind;
use super::run::Weight;
use super::scripts::DELETE_CLIENT;
use crate::client::Client;
use crate::scope::ScopeSet;
use crate::secret::TokenHash;
use crate::store::{
    ClientStore as _, Consent, Cursor, ListClients, ListConsents, ListGrants, ListSessions, ListUsers, Marks,
    Page, RefreshToken, Result, Revocation, Session, SessionStore as _, StandingGrant, StoreError, User,
    UserStore as _,
};
use crate::time::UnixTime;

const CLIENTS: &str = "list clients";
const DELETE: &str = "delete a client";
const USERS: &str = "list users";
const SESSIONS: &str = "list sessions";
const GRANTS: &str = "list grants";
const CONSENTS: &str = "list consents";

/// The number of subjects that are asked for at once.
const BATCH: u16 = 1000;

impl ListClients for ValkeyStore {
    async fn clients(&self, after: Option<&Cursor>, limit: u16) -> Result<Page<Arc<Client>>> {
        let mut after = Cursor::text(after, CLIENTS)?.to_owned();
        let (mut items, wanted) = (Vec::new(), Page::<Arc<Client>>::rows(limit));
        while items.len() < wanted {
            let names = self.names(CLIENTS, Kind::Clients, &after, wanted).await?;
            let Some(last) = names.last() else { break };
            last.clone_into(&mut after);
            for id in &names {
                items.extend(self.client(id).await?);
            }
        }
        Ok(Page::of(items, limit, |client: &Arc<Client>| Cursor::after(client.client_id.as_str())))
    }

    async fn delete_client(&self, client_id: &str, now: UnixTime) -> Result<bool> {
        if self.client(client_id).await?.is_none() {
            return Ok(false);
        }
        let started = Instant::now();
        // The client last: whoever is cut off deletes it again.
        let revocation = Revocation::Client { client_id: client_id.to_owned(), before: now };
        self.keep_marker(&revocation, now + Revocation::LONGEST).await?;
        self.forget_consents(client_id).await?;
        let key = self.key(Kind::Client, client_id);
        let former: Option<String> = self.run(DELETE, Weight::Security, &DELETE_CLIENT, &key, &[]).await?;
        // There may have been many consents, and until now the client was there: what it got and was granted meanwhile ends as well.
        let before = now + started.elapsed() + Duration::from_secs(1);
        let revocation = Revocation::Client { client_id: client_id.to_owned(), before };
        self.keep_marker(&revocation, before + Revocation::LONGEST).await?;
        self.forget_consents(client_id).await?;
        self.settle(DELETE, client_id, former.as_deref()).await?;
        self.unlist(DELETE, Kind::Registrations, client_id).await?;
        Ok(former.is_some())
    }
}

impl ListUsers for ValkeyStore {
    async fn users(&self, after: Option<&Cursor>, limit: u16) -> Result<Page<User>> {
        let mut after = Cursor::text(after, USERS)?.to_owned();
        let (mut items, wanted) = (Vec::new(), Page::<User>::rows(limit));
        while items.len() < wanted {
            let names = self.names(USERS, Kind::Users, &after, wanted).await?;
            let Some(last) = names.last() else { break };
            last.clone_into(&mut after);
            for subject in &names {
                items.extend(self.user(subject).await?);
            }
        }
        Ok(Page::of(items, limit, |user: &User| Cursor::after(user.subject.as_str())))
    }
}

impl ListSessions for ValkeyStore {
    async fn sessions_of(
        &self,
        subject: &str,
        now: UnixTime,
        after: Option<&Cursor>,
        limit: u16,
    ) -> Result<Page<(TokenHash, Session)>> {
        let mut names = self.indexed(SESSIONS, Kind::SessionsOf, subject).await?;
        names.retain(|name| name.as_slice() > Cursor::bytes(after));
        let mut items = Vec::new();
        for id in names.iter().filter_map(|name| hash_at(name, 0)) {
            let session = self.session(&id, now).await?;
            let session = session.filter(|session| session.subject == subject && session.is_logged_in());
            items.extend(session.map(|session| (id, session)));
            if items.len() == Page::<Session>::rows(limit) {
                break;
            }
        }
        Ok(Page::of(items, limit, |(id, _): &(TokenHash, Session)| Cursor::after(*id.as_bytes())))
    }
}

impl ListGrants for ValkeyStore {
    async fn grants_of(
        &self,
        subject: &str,
        now: UnixTime,
        after: Option<&Cursor>,
        limit: u16,
    ) -> Result<Page<StandingGrant>> {
        // The family, and the hash of the token.
        let names = self.indexed(GRANTS, Kind::GrantsOf, subject).await?;
        let mut items = Vec::new();
        for of_family in names.chunk_by(|one, other| one.get(..FAMILY) == other.get(..FAMILY)) {
            let family = of_family.first().and_then(|name| name.get(..FAMILY));
            if family.is_none_or(|family| family <= Cursor::bytes(after)) {
                continue;
            }
            let mut newest = None;
            for hash in of_family.iter().filter_map(|name| hash_at(name, FAMILY)) {
                let token = self.kept_refresh_token(GRANTS, &hash, now).await?.map(|(token, _)| token);
                newest = newest
                    .into_iter()
                    .chain(token.filter(|token| !token.is_rotated))
                    .max_by_key(|t| t.expires_at);
            }
            let Some(token) = newest else { continue };
            let marks = (Marks::of(&token.hash, &token.authorization), token.authorization.granted_at);
            if !self.is_marked(GRANTS, &[marks]).await? {
                items.push(StandingGrant::of(&token));
            }
            if items.len() == Page::<StandingGrant>::rows(limit) {
                break;
            }
        }
        Ok(Page::of(items, limit, StandingGrant::cursor))
    }
}

impl ListConsents for ValkeyStore {
    async fn consents_of(&self, subject: &str, after: Option<&Cursor>, limit: u16) -> Result<Page<Consent>> {
        let after = Cursor::text(after, CONSENTS)?;
        let mut command = redis::cmd("HGETALL");
        command.arg(self.key(Kind::Consents, subject));
        let mut all: Vec<(String, String)> = self.send(CONSENTS, Weight::Light, &command).await?;
        all.retain(|(client_id, _)| client_id.as_str() > after);
        all.sort_unstable();
        all.truncate(Page::<Consent>::rows(limit));
        let consents = all.into_iter().map(|(client_id, scopes)| {
            let scopes = ScopeSet::parse(&scopes).map_err(|cause| StoreError::new(CONSENTS, cause))?;
            Ok(Consent::new(client_id, scopes))
        });
        let items = consents.collect::<Result<_>>()?;
        Ok(Page::of(items, limit, |consent: &Consent| Cursor::after(consent.client_id.as_str())))
    }
}

/// The length of a family in the index of grants.
const FAMILY: usize = 16;

/// The hash that begins there in a name.
fn hash_at(name: &[u8], at: usize) -> Option<TokenHash> {
    Some(TokenHash::from_bytes(name.get(at..)?.try_into().ok()?))
}

impl ValkeyStore {
    /// The names of a list after this one, in their order.
    async fn names(&self, doing: &'static str, list: Kind, after: &str, most: usize) -> Result<Vec<String>> {
        let mut command = redis::cmd("ZRANGE");
        command.arg(self.key(list, ""));
        if after.is_empty() {
            command.arg("-");
        } else {
            command.arg(format!("({after}"));
        }
        command.arg(&["+", "BYLEX", "LIMIT"]).arg(0).arg(most);
        self.send(doing, Weight::Light, &command).await
    }

    /// The names in the index of a person, in their order.
    pub(super) async fn indexed(
        &self,
        doing: &'static str,
        index: Kind,
        subject: &str,
    ) -> Result<Vec<Vec<u8>>> {
        let mut command = redis::cmd("ZRANGE");
        command.arg(self.key(index, subject)).arg(0).arg(-1);
        let mut names: Vec<Vec<u8>> = self.send(doing, Weight::Light, &command).await?;
        names.sort_unstable();
        Ok(names)
    }

    /// Removes what people agreed to, and each from the index after.
    async fn forget_consents(&self, client_id: &str) -> Result<()> {
        let index = self.key(Kind::ConsentsTo, client_id);
        loop {
            let mut command = redis::cmd("SRANDMEMBER");
            command.arg(&index).arg(BATCH);
            let subjects: Vec<String> = self.send(DELETE, Weight::Light, &command).await?;
            if subjects.is_empty() {
                return Ok(());
            }
            for subject in &subjects {
                let mut command = redis::cmd("HDEL");
                command.arg(self.key(Kind::Consents, subject)).arg(client_id);
                self.send::<()>(DELETE, Weight::Security, &command).await?;
            }
            let mut command = redis::cmd("SREM");
            command.arg(&index).arg(&subjects);
            self.send::<()>(DELETE, Weight::Light, &command).await?;
        }
    }

    /// Adds a name to a list.
    pub(super) async fn list(&self, doing: &'static str, list: Kind, score: u64, name: &str) -> Result<()> {
        let mut command = redis::cmd("ZADD");
        command.arg(self.key(list, "")).arg(score).arg(name);
        self.send(doing, Weight::Light, &command).await
    }

    /// Removes a name from a list.
    pub(super) async fn unlist(&self, doing: &'static str, list: Kind, name: &str) -> Result<()> {
        let mut command = redis::cmd("ZREM");
        command.arg(self.key(list, "")).arg(name);
        self.send(doing, Weight::Light, &command).await
    }
}

/// The name of a refresh token in the index of grants.
pub(super) fn grant_name(token: &RefreshToken) -> Vec<u8> {
    let family = StandingGrant::of(token).family;
    [&family.as_bytes()[..], &token.hash.as_bytes()[..]].concat()
}
