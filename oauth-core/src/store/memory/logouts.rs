//! The outbox of logouts.

use std::collections::{BTreeMap, HashMap};

use super::MemoryStore;
use crate::secret::TokenHash;
use crate::store::{LogoutNotice, LogoutStore, Result, Session};
use crate::time::UnixTime;

/// Notices by the time when they are due, and where each is.
#[derive(Debug, Default)]
pub(super) struct Logouts {
    due: BTreeMap<Place, LogoutNotice>,
    /// By session and client.
    places: HashMap<(String, String), Place>,
    /// Tells apart what is due at the same second.
    number: u64,
}

type Place = (UnixTime, u64);

impl Logouts {
    pub(super) fn len(&self) -> usize {
        self.due.len()
    }

    /// Adds a notice, unless it is there.
    pub(super) fn add(&mut self, notice: LogoutNotice, due: UnixTime) {
        let name = (notice.sid.clone(), notice.client_id.clone());
        if !self.places.contains_key(&name) {
            self.number += 1;
            let place = (due, self.number);
            self.places.insert(name, place);
            self.due.insert(place, notice);
        }
    }

    fn remove(&mut self, notice: &LogoutNotice) -> Option<LogoutNotice> {
        let place = self.places.remove(&(notice.sid.clone(), notice.client_id.clone()))?;
        self.due.remove(&place)
    }

    fn lease(&mut self, now: UnixTime, until: UnixTime, limit: usize) -> Vec<LogoutNotice> {
        let mut leased = Vec::new();
        while leased.len() < limit
            && let Some(entry) = self.due.first_entry().filter(|entry| entry.key().0 <= now)
        {
            let mut notice = entry.remove();
            self.places.remove(&(notice.sid.clone(), notice.client_id.clone()));
            notice.attempts += 1;
            leased.push(notice);
        }
        for notice in &leased {
            self.add(notice.clone(), until);
        }
        leased
    }

    fn retry(&mut self, notice: &LogoutNotice, at: UnixTime) {
        let place = self.places.get(&(notice.sid.clone(), notice.client_id.clone()));
        if place.and_then(|place| self.due.get(place)).is_some_and(|kept| kept.attempts == notice.attempts) {
            self.remove(notice);
            self.add(notice.clone(), at);
        }
    }

    /// Removes those that nobody took up.
    pub(super) fn sweep(&mut self, before: UnixTime, limit: usize) -> usize {
        let is_over = |notice: &&LogoutNotice| notice.ended_at + LogoutNotice::LIFETIME <= before;
        let over: Vec<_> = self.due.values().filter(is_over).take(limit).cloned().collect();
        over.iter().filter_map(|notice| self.remove(notice)).count()
    }
}

impl LogoutStore for MemoryStore {
    async fn end_session_with_notices(
        &self,
        id: &TokenHash,
        now: UnixTime,
        leased_until: UnixTime,
    ) -> Result<Option<Session>> {
        let mut sessions = self.0.sessions.write();
        let session = sessions.get(id, now).cloned();
        sessions.remove(id);
        self.add_notices(session.as_slice(), now, Some(leased_until));
        Ok(session)
    }

    async fn end_sessions_with_notices(
        &self,
        subject: &str,
        now: UnixTime,
        leased_until: UnixTime,
    ) -> Result<Vec<Session>> {
        let mut sessions = self.0.sessions.write();
        let ended = sessions.take_all(now, |session| session.subject == subject);
        self.add_notices(&ended, now, Some(leased_until));
        drop(sessions);
        Ok(ended)
    }

    async fn keep_notices(&self, session: &Session, now: UnixTime, leased_until: UnixTime) -> Result<()> {
        self.add_notices(std::slice::from_ref(session), now, Some(leased_until));
        Ok(())
    }

    async fn due_logouts(
        &self,
        now: UnixTime,
        leased_until: UnixTime,
        limit: u32,
    ) -> Result<Vec<LogoutNotice>> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        Ok(self.0.logouts.lock().lease(now, leased_until, limit))
    }

    async fn told(&self, notice: &LogoutNotice) -> Result<()> {
        self.0.logouts.lock().remove(notice);
        Ok(())
    }

    async fn retry(&self, notice: &LogoutNotice, at: UnixTime) -> Result<()> {
        self.0.logouts.lock().retry(notice, at);
        Ok(())
    }
}

impl MemoryStore {
    /// Keeps the notices of sessions that end now. Who does not lease them leaves them to whoever comes first.
    pub(super) fn add_notices(&self, sessions: &[Session], now: UnixTime, leased_until: Option<UnixTime>) {
        let mut logouts = self.0.logouts.lock();
        for mut notice in sessions.iter().flat_map(|session| LogoutNotice::of_session(session, now)) {
            notice.attempts = u32::from(leased_until.is_some());
            logouts.add(notice, leased_until.unwrap_or(now));
        }
    }
}
