//! The outbox of logouts. The notices of a session are one key, and a list says when to look at which. Both are written before the
//! session ends: what is cut off there tells nobody for as long as the session goes on.

use super::ValkeyStore;
use super::keys::{Kind, call, removal, seconds, text};
use super::run::{Argument, Weight};
use super::scripts::{KEEP_NOTICES, LEASE_NOTICES, MOVE, RETRY_NOTICE, TOLD};
use crate::secret::TokenHash;
use crate::store::{LogoutNotice, LogoutStore, Result, Session};
use crate::time::UnixTime;

const KEEP: &str = "keep the notices of a logout";
const DUE: &str = "look up logouts";
const TELL: &str = "forget a logout";
const RETRY: &str = "put a logout off";
const END: &str = "end a session";
const END_ALL: &str = "end the sessions of a user";

/// The number of sessions that are looked at at once.
const PAGE: u16 = 100;

impl LogoutStore for ValkeyStore {
    async fn end_session_with_notices(
        &self,
        id: &TokenHash,
        now: UnixTime,
        leased_until: UnixTime,
    ) -> Result<Option<Session>> {
        let first = Attempt { ended_at: now, due: leased_until, number: 1 };
        self.end_noting(END, &text(id.as_bytes()), None, now, first).await
    }

    async fn end_sessions_with_notices(
        &self,
        subject: &str,
        now: UnixTime,
        leased_until: UnixTime,
    ) -> Result<Vec<Session>> {
        self.end_all_noting(subject, now, Attempt { ended_at: now, due: leased_until, number: 1 }).await
    }

    async fn keep_notices(&self, session: &Session, now: UnixTime, leased_until: UnixTime) -> Result<()> {
        self.note(session, "", Attempt { ended_at: now, due: leased_until, number: 1 }).await
    }

    async fn due_logouts(
        &self,
        now: UnixTime,
        leased_until: UnixTime,
        limit: u32,
    ) -> Result<Vec<LogoutNotice>> {
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let mut all = Vec::new();
        let mut command = redis::cmd("ZRANGE");
        command.arg(self.key(Kind::Outbox, "")).arg("-inf").arg(seconds(now));
        command.arg(&["BYSCORE", "LIMIT"]).arg(0).arg(PAGE).arg("WITHSCORES");
        let seen: Vec<(String, f64)> = self.send(DUE, Weight::Light, &command).await?;
        for (name, at) in seen {
            if all.len() >= limit {
                break;
            }
            all.extend(self.lease(&name, at, now, leased_until, limit - all.len()).await?);
        }
        Ok(all)
    }

    async fn told(&self, notice: &LogoutNotice) -> Result<()> {
        let key = self.hash_key(Kind::Notices, &TokenHash::of(&notice.sid));
        // What is left in the list is removed by whoever looks for it.
        self.run(TELL, Weight::Light, &TOLD, &key, &[&notice.client_id]).await
    }

    async fn retry(&self, notice: &LogoutNotice, at: UnixTime) -> Result<()> {
        let hash = TokenHash::of(&notice.sid);
        let retry: [&dyn Argument; 3] = [&notice.client_id, &notice.attempts, &seconds(at)];
        let key = self.hash_key(Kind::Notices, &hash);
        if self.run(RETRY, Weight::Light, &RETRY_NOTICE, &key, &retry).await? {
            self.look_at(RETRY, &hash, at).await?;
        }
        Ok(())
    }
}

/// The first attempt to tell clients.
#[derive(Clone, Copy)]
pub(super) struct Attempt {
    pub(super) ended_at: UnixTime,
    pub(super) due: UnixTime,
    /// 0: nobody makes it yet.
    pub(super) number: u8,
}

impl ValkeyStore {
    /// Ends the sessions of a person, each with its notices.
    pub(super) async fn end_all_noting(
        &self,
        subject: &str,
        now: UnixTime,
        attempt: Attempt,
    ) -> Result<Vec<Session>> {
        let mut all = Vec::new();
        for name in self.indexed(END_ALL, Kind::SessionsOf, subject).await? {
            all.extend(self.end_noting(END_ALL, &text(&name), Some(subject), now, attempt).await?);
            let mut command = redis::cmd("ZREM");
            command.arg(self.key(Kind::SessionsOf, subject)).arg(&name);
            self.send::<()>(END_ALL, Weight::Light, &command).await?;
        }
        Ok(all)
    }

    async fn end_noting(
        &self,
        doing: &'static str,
        name: &str,
        subject: Option<&str>,
        now: UnixTime,
        attempt: Attempt,
    ) -> Result<Option<Session>> {
        let key = self.key(Kind::Session, name);
        let live = self.session_at(doing, &key, now).await?;
        if let Some(live) = live.filter(|live| subject.is_none_or(|subject| live.subject == subject)) {
            self.note(&live, &key, attempt).await?;
        }
        let call = call();
        let mut end: Vec<&dyn Argument> = vec![&call];
        end.extend(subject.as_ref().map(|subject| subject as &dyn Argument));
        let ended = self.end(doing, &key, &end, now).await?;
        if let Some(ended) = &ended {
            // With a client that came since.
            self.note(ended, "", attempt).await?;
        }
        Ok(ended)
    }

    /// Keeps the notices of the clients of a session: of the one under this key, which is about to end, or of one that has ended.
    async fn note(&self, session: &Session, of: &str, attempt: Attempt) -> Result<()> {
        if session.clients.is_empty() {
            return Ok(());
        }
        let hash = TokenHash::of(&session.sid);
        self.look_at(KEEP, &hash, attempt.due).await?;
        let (kept, ended_at) =
            (removal(attempt.ended_at + LogoutNotice::LIFETIME), seconds(attempt.ended_at));
        let due = seconds(attempt.due);
        let mut keep: Vec<&dyn Argument> =
            vec![&kept, &session.subject, &session.sid, &ended_at, &of, &due, &attempt.number];
        keep.extend(session.clients.iter().map(|client| client as &dyn Argument));
        let key = self.hash_key(Kind::Notices, &hash);
        self.run::<()>(KEEP, Weight::Security, &KEEP_NOTICES, &key, &keep).await?;
        // Whoever looked meanwhile found none, and took them from the list.
        self.look_at(KEEP, &hash, attempt.due).await
    }

    /// Tells whether a session goes on, be it under another key: clients know it by its `sid`.
    async fn goes_on(&self, subject: &str, sid: &str, now: UnixTime) -> Result<bool> {
        for name in self.indexed(DUE, Kind::SessionsOf, subject).await? {
            let session = self.session_at(DUE, &self.key(Kind::Session, &text(&name)), now).await?;
            if session.is_some_and(|session| session.sid == sid) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Sees to it that somebody looks at the notices of a session by then.
    async fn look_at(&self, doing: &'static str, hash: &TokenHash, at: UnixTime) -> Result<()> {
        let mut command = redis::cmd("ZADD");
        command.arg(self.key(Kind::Outbox, "")).arg("LT").arg(seconds(at)).arg(text(hash.as_bytes()));
        self.send(doing, Weight::Security, &command).await
    }

    /// Leases what is due of a session that has ended, and moves it in the list from where it was seen. A logout that was cut off has
    /// left notices of one that goes on: they are put off until it ends.
    async fn lease(
        &self,
        name: &str,
        at: f64,
        now: UnixTime,
        leased_until: UnixTime,
        limit: usize,
    ) -> Result<Vec<LogoutNotice>> {
        let key = self.key(Kind::Notices, name);
        let mut command = redis::cmd("HMGET");
        command.arg(&key).arg(&["s", "sid", "at", "of"]);
        let (subject, sid, ended_at, of): (Option<String>, Option<String>, Option<u64>, Option<String>) =
            self.send(DUE, Weight::Light, &command).await?;
        let (Some(subject), Some(sid), Some(ended_at)) = (subject, sid, ended_at) else {
            self.put(name, at, None).await?;
            return Ok(Vec::new());
        };
        if of.is_some_and(|of| !of.is_empty()) && self.goes_on(&subject, &sid, now).await? {
            self.put(name, at, Some(seconds(leased_until))).await?;
            return Ok(Vec::new());
        }
        let lease: [&dyn Argument; 3] = [&seconds(now), &seconds(leased_until), &limit];
        let (next, leased): (Option<u64>, Vec<(String, u32)>) =
            self.run(DUE, Weight::Security, &LEASE_NOTICES, &key, &lease).await?;
        self.put(name, at, next).await?;
        let ended_at = UnixTime::from_secs(ended_at);
        let notice = |(client_id, attempts)| {
            LogoutNotice::new(client_id, subject.clone(), sid.clone(), ended_at, attempts)
        };
        Ok(leased.into_iter().map(notice).collect())
    }

    async fn put(&self, name: &str, at: f64, next: Option<u64>) -> Result<()> {
        let mut put: Vec<&dyn Argument> = vec![&name, &at];
        put.extend(next.as_ref().map(|next| next as &dyn Argument));
        self.run(DUE, Weight::Light, &MOVE, &self.key(Kind::Outbox, ""), &put).await
    }
}
