//! The background work of an instance.

use std::error::Error;
use std::time::Duration;

use crate::error::Result;
use crate::event::{Event, EventKind};
use crate::frame::{AuthorizationServer, RunningServer};
use crate::join::{Boxed, join_all};
use crate::store::{self, AnyUpkeep, StoreRoles as _};
use crate::time::UnixTime;

/// The pause between two sweeps of a store.
const PERIOD: Duration = Duration::from_secs(10);
/// The most that one sweep removes: few enough that others hardly notice.
const BATCH: u32 = 1000;
/// The seconds that clocks of instances may differ.
const SKEW: u64 = 60;

/// The pause between two looks for clients that must hear of a logout: less than that between two attempts.
const LOOK: Duration = Duration::from_secs(2);

impl<S: AuthorizationServer> RunningServer<S> {
    /// Does the background work of this instance for as long as it is polled: it never ends by itself. Run it once in each process,
    /// beside what answers requests; [`serve`](crate::serve()) does.
    ///
    /// It sweeps the stores that do not [sweep themselves](crate::store::Sweep::SWEEPS_ITSELF), every ten seconds and at once where more
    /// is left; tells clients that have not heard of a logout yet, where a [`LogoutStore`](crate::store::LogoutStore) keeps them; and does what [`Environment::background`](super::Environment::background) adds. Each task pauses a little longer or shorter than it
    /// says, so that instances do not work in step. A task that fails goes to the log, and is tried again.
    ///
    /// ```no_run
    /// # use oauth_core::prelude::*;
    /// # #[validator] struct Accounts { #[store] store: MemoryStore }
    /// # #[authorization_server(grants(client_credentials), issuer = "https://auth.example.com")]
    /// # struct AuthServer { #[validator] accounts: Accounts }
    /// # async fn example(accounts: Accounts) -> std::result::Result<(), Box<dyn std::error::Error>> {
    /// let server = AuthServer { accounts }.start()?;
    /// let background = server.clone();
    /// tokio::spawn(async move { background.maintain().await });
    /// # Ok(())
    /// # }
    /// ```
    pub async fn maintain(&self) {
        let _maintained = self.standing().maintained();
        let mut tasks: Vec<Boxed<'_, ()>> = Vec::new();
        for store in self.validator().upkeep() {
            if !store.sweeps_itself() {
                tasks.push(Box::pin(repeat(move || self.sweep(store))));
            }
        }
        if self.tells_again() {
            tasks.push(Box::pin(repeat(move || self.tell_again())));
        }
        for step in self.background() {
            tasks.push(Box::pin(repeat(move || step())));
        }
        // One that has nothing to do does not end either.
        tasks.push(Box::pin(std::future::pending()));
        join_all(tasks).await;
    }

    /// Removes what has expired from a store; the time until the next sweep.
    async fn sweep(&self, store: &dyn AnyUpkeep) -> Duration {
        // What has expired by the clocks of all instances, and by the system's.
        let now = self.now().min(UnixTime::now());
        let before = UnixTime::from_secs(now.as_secs().saturating_sub(SKEW));
        let swept = self.sweep_once(store, before).await;
        #[cfg(feature = "metrics")]
        if let Ok(removed) = &swept {
            metrics::counter!("oauth.store.swept", "store" => store.name()).increment(*removed);
        }
        match swept {
            Ok(removed) if removed >= u64::from(BATCH) => Duration::ZERO,
            Ok(_) => PERIOD,
            Err(cause) => {
                let (store, cause) = (store.name(), &cause as &dyn Error);
                tracing::warn!(target: "oauth_core", store, cause, "what has expired could not be removed");
                PERIOD
            }
        }
    }

    /// Removes what has expired, once, and tells of sessions; the number of entries.
    async fn sweep_once(&self, store: &dyn AnyUpkeep, before: UnixTime) -> store::Result<u64> {
        let expired = store.expire_sessions(before, BATCH).await?;
        // A login that nobody completed was no session.
        for session in expired.iter().filter(|session| !session.is_first_step()) {
            let event = Event::new(EventKind::SessionExpired, self.now()).subject(&session.subject);
            self.observe(&event.session(&session.sid));
        }
        Ok(expired.len() as u64 + store.sweep(before, BATCH).await?)
    }

    /// Tells the clients that must hear of a logout now, once each, and returns their number: what [`maintain`](Self::maintain) does
    /// every two seconds. A client that does not take it is told again later.
    ///
    /// # Errors
    ///
    /// If the store fails.
    pub async fn deliver_logouts(&self) -> Result<u64> {
        #[cfg(feature = "http-client")]
        return self.context().tell_due().await;
        #[cfg(not(feature = "http-client"))]
        Ok(0)
    }

    fn tells_again(&self) -> bool {
        #[cfg(feature = "http-client")]
        return self.context().outbox().is_some();
        #[cfg(not(feature = "http-client"))]
        false
    }

    async fn tell_again(&self) -> Duration {
        if let Err(error) = self.deliver_logouts().await {
            error.log();
        }
        LOOK
    }

    /// Says in the log, once, that nobody does the background work of this instance, if there is some and a minute has passed.
    pub(super) fn miss_maintenance(&self) {
        if self.standing().is_neglected(|| self.instant()) && self.has_background() {
            self.standing().miss();
        }
    }

    fn has_background(&self) -> bool {
        !self.background().is_empty() || self.validator().upkeep().iter().any(|store| !store.sweeps_itself())
    }

    /// Says that this instance is about to stop: [it is not ready](Self::health) from now on, and answers as before.
    /// [`serve`](crate::serve()) calls it.
    pub fn drain(&self) {
        self.standing().drain();
    }

    /// Tells whether it is about to stop.
    pub fn is_draining(&self) -> bool {
        self.standing().is_draining()
    }
}

/// Does a step again and again; each says how long to wait.
async fn repeat<F: Future<Output = Duration>>(step: impl Fn() -> F) {
    loop {
        let pause = step().await;
        tokio::time::sleep(about(pause)).await;
    }
}

/// A tenth longer or shorter.
fn about(pause: Duration) -> Duration {
    pause.mul_f64(0.9 + 0.2 * rand::random::<f64>())
}
