//! Role `sessions`. Those of a person are found by an index that is written before a session, and checked against it.

use std::collections::HashMap;

use super::ValkeyStore;
use super::keys::{Kind, call, removal, seconds, text};
use super::run::{Argument, Weight};
use super::scripts::{ADD_SESSION_CLIENT, END_SESSION, INDEX, SAVE_SESSION};
use crate::secret::TokenHash;
use crate::store::{AnyLogoutStore, Result, Session, SessionStore, StoreError};
use crate::time::UnixTime;

const SAVE: &str = "save a session";
const READ: &str = "read a session";
const END: &str = "end a session";
const END_ALL: &str = "end the sessions of a user";

impl SessionStore for ValkeyStore {
    fn logouts(&self) -> Option<&dyn AnyLogoutStore> {
        Some(self)
    }

    async fn save_session(&self, id: TokenHash, session: Session) -> Result<()> {
        let (end, removal) = (seconds(session.expires_at), removal(session.expires_at));
        let of = self.key(Kind::SessionsOf, &session.subject);
        self.run::<()>(SAVE, Weight::Light, &INDEX, &of, &[&&id.as_bytes()[..], &end, &removal]).await?;
        let clients = session.clients.clone();
        let record = Session { clients: Vec::new(), ..session };
        let json = serde_json::to_string(&record).map_err(|cause| StoreError::new(SAVE, cause))?;
        let mut save: Vec<&dyn Argument> = vec![&removal, &record.subject, &end, &json];
        save.extend(clients.iter().map(|client| client as &dyn Argument));
        self.run::<()>(SAVE, Weight::Light, &SAVE_SESSION, &self.hash_key(Kind::Session, &id), &save).await?;
        // Whoever ended all meanwhile found no session of this name, and took it from the index.
        self.run(SAVE, Weight::Light, &INDEX, &of, &[&&id.as_bytes()[..], &end, &removal]).await
    }

    async fn session(&self, id: &TokenHash, now: UnixTime) -> Result<Option<Session>> {
        self.session_at(READ, &self.hash_key(Kind::Session, id), now).await
    }

    async fn add_session_client(&self, id: &TokenHash, client_id: &str, now: UnixTime) -> Result<()> {
        let key = self.hash_key(Kind::Session, id);
        let add: [&dyn Argument; 2] = [&seconds(now), &client_id];
        self.run("add a client to a session", Weight::Light, &ADD_SESSION_CLIENT, &key, &add).await
    }

    async fn end_session(&self, id: &TokenHash, now: UnixTime) -> Result<Option<Session>> {
        self.end(END, &self.hash_key(Kind::Session, id), &[&call()], now).await
    }

    async fn end_sessions_of(&self, subject: &str, now: UnixTime) -> Result<Vec<Session>> {
        let of = self.key(Kind::SessionsOf, subject);
        let mut all = Vec::new();
        for name in self.indexed(END_ALL, Kind::SessionsOf, subject).await? {
            let key = self.key(Kind::Session, &text(&name));
            all.extend(self.end(END_ALL, &key, &[&call(), &subject], now).await?);
            let mut command = redis::cmd("ZREM");
            command.arg(&of).arg(&name);
            self.send::<()>(END_ALL, Weight::Light, &command).await?;
        }
        Ok(all)
    }
}

impl ValkeyStore {
    /// The session under this key, if it has neither ended nor expired.
    pub(super) async fn session_at(
        &self,
        doing: &'static str,
        key: &str,
        now: UnixTime,
    ) -> Result<Option<Session>> {
        let mut command = redis::cmd("HGETALL");
        command.arg(key);
        let fields: Fields = self.send(doing, Weight::Light, &command).await?;
        if fields.is_empty() || fields.contains_key("ended") {
            return Ok(None);
        }
        Ok(Some(session(doing, &fields)?).filter(|session| session.expires_at > now))
    }

    pub(super) async fn end(
        &self,
        doing: &'static str,
        key: &str,
        end: &[&dyn Argument],
        now: UnixTime,
    ) -> Result<Option<Session>> {
        let fields: Option<Fields> = self.run(doing, Weight::Security, &END_SESSION, key, end).await?;
        let ended = fields.map(|fields| session(doing, &fields)).transpose()?;
        Ok(ended.filter(|session| session.expires_at > now))
    }
}

type Fields = HashMap<String, String>;

/// The session, with its clients in their order.
fn session(doing: &'static str, fields: &Fields) -> Result<Session> {
    let record = fields.get("r").map(String::as_str).unwrap_or_default();
    let session: Session = serde_json::from_str(record).map_err(|cause| StoreError::new(doing, cause))?;
    let clients = fields
        .iter()
        .filter_map(|(field, place)| Some((place.parse::<u64>().ok()?, field.strip_prefix("c:")?)));
    let mut clients: Vec<_> = clients.collect();
    clients.sort_unstable();
    Ok(Session { clients: clients.into_iter().map(|(_, client)| client.to_owned()).collect(), ..session })
}
