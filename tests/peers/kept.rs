//! What a store in memory keeps beside access tokens: the longest that it takes to keep one more, however many there are.

use std::time::{Duration, Instant};

use oauth_core::prelude::*;
use oauth_core::secret::TokenHash;
use oauth_core::store::{Attempt, ReplayStore, SecondStep, Session, SessionStore};
use oauth_core::time::UnixTime;
use tokio::runtime::Builder;

use crate::in_process::Asked;
use crate::{Result, process};

const LIFETIME: Duration = Duration::from_hours(1);

/// The kinds that are kept, with their names.
pub(crate) const KINDS: [(&str, Kind); 2] =
    [("sessions are kept", Kind::Session), ("proofs are kept", Kind::Proof)];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A login session.
    Session,
    /// The identifier of a proof, or of an assertion, which may be used once.
    Proof,
}

/// A store with so many of a kind, and the time that each took.
pub(crate) fn keep(kind: Kind, count: u64) -> Result<(MemoryStore, Asked)> {
    let (store, now, mut asked) = (MemoryStore::new(), UnixTime::now(), Asked::none());
    let runtime = Builder::new_current_thread().build()?;
    for number in 0..count {
        let (id, until) = (TokenHash::of(&number.to_string()), now + LIFETIME);
        let (started, cpu) = (Instant::now(), process::cpu());
        runtime.block_on(async {
            match kind {
                Kind::Session => store.save_session(id, session(number, until)).await,
                Kind::Proof => store.claim_replay_id(&id, Attempt::random(), until, now).await.map(drop),
            }
        })?;
        asked.cpu.add(process::cpu().saturating_sub(cpu));
        asked.wall.add(started.elapsed());
    }
    Ok((store, asked))
}

fn session(number: u64, expires_at: UnixTime) -> Session {
    Session {
        subject: format!("user-{number}"),
        auth_time: UnixTime::now(),
        expires_at,
        sid: format!("{number:022}"),
        clients: vec![],
        second_step: SecondStep::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_is_kept() {
        let kept = |kind| keep(kind, 1_000).unwrap().0.usage();
        assert_eq!((kept(Kind::Session).sessions, kept(Kind::Proof).replay_ids), (1_000, 1_000));
    }
}
