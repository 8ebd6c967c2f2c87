//! Logouts that clients must still hear of.

use std::time::Duration;

use super::Session;
use crate::time::UnixTime;

/// A client that must still be told of the end of a session (OIDC Back-Channel Logout §2.5). It holds no logout token: each attempt
/// signs another.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LogoutNotice {
    /// The client.
    pub client_id: String,
    /// The person whose session it was: the internal subject identifier.
    pub subject: String,
    /// The session, as in [`Session::sid`]. With the client, it names the notice.
    pub sid: String,
    /// The time when the session ended.
    pub ended_at: UnixTime,
    /// The number of attempts, with the one under way.
    pub attempts: u32,
}

impl LogoutNotice {
    /// The time that a client is told again and again: then it is given up.
    pub const PATIENCE: Duration = Duration::from_hours(24);
    /// The time that a store keeps a notice which nobody took up.
    pub const LIFETIME: Duration = Duration::from_hours(25);
    /// The time until somebody else may make an attempt: that of the longest one, with the wait for its turn, and the minute by which
    /// clocks of instances may differ.
    pub const LEASE: Duration = Duration::from_secs(90);

    /// A notice that was kept.
    pub const fn new(
        client_id: String,
        subject: String,
        sid: String,
        ended_at: UnixTime,
        attempts: u32,
    ) -> Self {
        Self { client_id, subject, sid, ended_at, attempts }
    }

    /// A notice for each client of a session that ends now; whoever ends it makes the first attempt.
    pub fn of_session(session: &Session, now: UnixTime) -> impl Iterator<Item = Self> {
        session.clients.iter().map(move |client_id| {
            Self::new(client_id.clone(), session.subject.clone(), session.sid.clone(), now, 1)
        })
    }

    /// The time of the next attempt, after one that failed now: in 5 seconds, then 30 seconds, 2 minutes, 10 minutes, and each hour.
    /// `None`: it is given up.
    pub fn next_attempt(&self, now: UnixTime) -> Option<UnixTime> {
        let pause = match self.attempts {
            0 | 1 => 5,
            2 => 30,
            3 => 120,
            4 => 600,
            _ => 3600,
        };
        self.before_the_end(now + Duration::from_secs(pause))
    }

    /// The time of the next attempt, after one for which there was no time: in 30 seconds, however often that was. `None`: it is given
    /// up.
    #[cfg(feature = "http-client")]
    pub(crate) fn next_turn(&self, now: UnixTime) -> Option<UnixTime> {
        self.before_the_end(now + Duration::from_secs(30))
    }

    fn before_the_end(&self, next: UnixTime) -> Option<UnixTime> {
        (next <= self.ended_at + Self::PATIENCE).then_some(next)
    }
}
