//! A server of two stores, one of which has moods.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU32, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use oauth_core::clock::Clock;
use oauth_core::prelude::*;
use oauth_core::secret::TokenHash;
use oauth_core::server::{Environment, RunningServer};
use oauth_core::store::{Attempt, Ready, ReplayStore, Result, StoreError, Sweep};
use oauth_core::time::UnixTime;
use oauth_tests::CAUSE;

/// A store that keeps nothing, and has something to sweep.
#[derive(Debug, Clone, Default)]
pub(crate) struct Moody {
    mood: Arc<AtomicU8>,
    /// The number of times that it was asked whether it is ready.
    pub(crate) asked: Arc<AtomicU32>,
    /// The entries that have expired.
    pub(crate) expired: Arc<AtomicU64>,
    /// The number of sweeps.
    pub(crate) sweeps: Arc<AtomicU32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Mood {
    Good,
    Failing,
    Silent,
}

impl Moody {
    pub(crate) fn feel(&self, mood: Mood) {
        self.mood.store(mood as u8, Ordering::SeqCst);
    }

    fn feels(&self, mood: Mood) -> bool {
        self.mood.load(Ordering::SeqCst) == mood as u8
    }
}

impl ReplayStore for Moody {
    async fn claim_replay_id(&self, _: &TokenHash, _: Attempt, _: UnixTime, _: UnixTime) -> Result<bool> {
        Ok(true)
    }
}

impl Ready for Moody {
    async fn ready(&self) -> Result<()> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        if self.feels(Mood::Silent) {
            std::future::pending::<()>().await;
        }
        if self.feels(Mood::Failing) { Err(StoreError::new("say that it is ready", CAUSE)) } else { Ok(()) }
    }
}

impl Sweep for Moody {
    async fn sweep(&self, before: UnixTime, limit: u32) -> Result<u64> {
        assert!(before < UnixTime::now(), "the clocks of instances differ");
        self.sweeps.fetch_add(1, Ordering::SeqCst);
        if self.feels(Mood::Failing) {
            return Err(StoreError::new("sweep", CAUSE));
        }
        let left = self.expired.load(Ordering::SeqCst);
        let removed = left.min(u64::from(limit));
        self.expired.store(left - removed, Ordering::SeqCst);
        Ok(removed)
    }
}

#[validator]
pub(crate) struct Accounts {
    #[store]
    pub(crate) store: MemoryStore,
    #[replay_ids]
    pub(crate) moody: Moody,
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com")]
pub(crate) struct AuthServer {
    #[validator]
    pub(crate) accounts: Accounts,
}

pub(crate) struct World {
    pub(crate) server: RunningServer<AuthServer>,
    pub(crate) moody: Moody,
    pub(crate) clock: Clock,
}

impl World {
    pub(crate) fn new() -> Self {
        Self::in_environment(Environment::new())
    }

    pub(crate) fn in_environment(environment: Environment<AuthServer>) -> Self {
        let (clock, moody) = (Clock::manual(), Moody::default());
        let accounts = Accounts { store: MemoryStore::new(), moody: moody.clone() };
        let server = AuthServer { accounts }.start_in(environment.clock(clock.clone())).unwrap();
        Self { server, moody, clock }
    }
}

/// Waits until something is so, by asking.
pub(crate) async fn until(what: &str, mut is_so: impl AsyncFnMut() -> bool) {
    let started = Instant::now();
    while !is_so().await {
        assert!(started.elapsed() < Duration::from_mins(1), "{what} does not happen");
        tokio::task::yield_now().await;
    }
}
