//! Documents that were fetched, read and found valid, by URL.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::Mutex;

use super::FetchError;

/// Documents that are kept; of more, those that were not used for longest go.
const MOST: usize = 100;

/// Failures that are remembered.
const MOST_FAILURES: usize = 1000;

/// The time that a failure is remembered: whoever asks again meanwhile is told the same.
const FAILED: Duration = Duration::from_secs(10);

/// The time between two fetches of a document that is there and has not what is looked for.
const UNWANTED: Duration = Duration::from_mins(1);

/// Valid documents by URL. Of several who want one at once, one fetches and all have it. What is not valid is never kept, and what
/// has become old is not used.
pub(crate) struct Cache<T>(Mutex<State<T>>);

struct State<T> {
    kept: HashMap<String, Kept<T>>,
    failures: HashMap<String, Instant>,
    running: HashMap<String, Arc<tokio::sync::Mutex<()>>>,
    uses: u64,
}

struct Kept<T> {
    value: Arc<T>,
    until: Instant,
    /// The last time that it was fetched because something was missing in it.
    missed: Option<Instant>,
    /// True if the last fetch of it failed.
    is_failing: bool,
    used: u64,
}

/// A request that fetches, or waits for the one that does.
struct Gate<'a, T> {
    cache: &'a Cache<T>,
    url: &'a str,
    turn: Arc<tokio::sync::Mutex<()>>,
}

/// Also of a request that was given up.
impl<T> Drop for Gate<'_, T> {
    fn drop(&mut self) {
        let mut state = self.cache.0.lock();
        // Nobody else waits: the map and we have it.
        if Arc::strong_count(&self.turn) <= 2 {
            state.running.remove(self.url);
        }
    }
}

enum Found<T> {
    Value(Arc<T>),
    Failure,
    /// It is to be fetched.
    Due {
        is_known: bool,
    },
}

impl<T> Cache<T> {
    /// The document of a URL, as `fetch` gets it: it is told whether it was there before. `is_wanted`: whether one that is kept
    /// has what is looked for; it is fetched again once a minute at most.
    ///
    /// # Errors
    ///
    /// `Ok(None)` is the failure, which is in the log; an error is a limit.
    pub(crate) async fn get<F>(
        &self,
        url: &str,
        now: Instant,
        is_wanted: impl Fn(&T) -> bool,
        fetch: impl FnOnce(bool) -> F,
    ) -> crate::error::Result<Option<Arc<T>>>
    where
        F: Future<Output = Result<(T, Duration), FetchError>>,
    {
        match self.find(url, now, &is_wanted) {
            Found::Value(value) => return Ok(Some(value)),
            Found::Failure => return Ok(None),
            Found::Due { .. } => {}
        }
        let gate = Gate {
            cache: self,
            url,
            turn: Arc::clone(self.0.lock().running.entry(url.to_owned()).or_default()),
        };
        let _turn = gate.turn.lock().await;
        // Whoever was before may have fetched it.
        match self.find(url, now, &is_wanted) {
            Found::Value(value) => Ok(Some(value)),
            Found::Failure => Ok(None),
            Found::Due { is_known } => {
                self.note_miss(url, now);
                self.record(url, now, fetch(is_known).await)
            }
        }
    }

    fn find(&self, url: &str, now: Instant, is_wanted: &impl Fn(&T) -> bool) -> Found<T> {
        let mut state = self.0.lock();
        state.uses += 1;
        let uses = state.uses;
        let failed = state.failures.get(url).is_some_and(|until| *until > now);
        match state.kept.get_mut(url) {
            Some(kept) if kept.until > now => {
                kept.used = uses;
                let is_early = kept.missed.is_some_and(|at| now.duration_since(at) < UNWANTED);
                if failed || is_early || is_wanted(&kept.value) {
                    Found::Value(Arc::clone(&kept.value))
                } else {
                    Found::Due { is_known: true }
                }
            }
            _ if failed => Found::Failure,
            known => Found::Due { is_known: known.is_some_and(|kept| !kept.is_failing) },
        }
    }

    /// One that is fetched again while it is fresh lacks something.
    fn note_miss(&self, url: &str, now: Instant) {
        if let Some(kept) = self.0.lock().kept.get_mut(url).filter(|kept| kept.until > now) {
            kept.missed = Some(now);
        }
    }

    fn record(
        &self,
        url: &str,
        now: Instant,
        fetched: Result<(T, Duration), FetchError>,
    ) -> crate::error::Result<Option<Arc<T>>> {
        let mut state = self.0.lock();
        let cause = match fetched {
            Ok((value, fresh_for)) => {
                let (value, used) = (Arc::new(value), state.uses);
                let missed = state.kept.get(url).and_then(|kept| kept.missed);
                let kept = Kept {
                    value: Arc::clone(&value),
                    until: now + fresh_for,
                    missed,
                    is_failing: false,
                    used,
                };
                state.failures.remove(url);
                state.kept.insert(url.to_owned(), kept);
                state.shrink();
                return Ok(Some(value));
            }
            Err(FetchError::Limited(error)) => return Err(error),
            Err(cause) => cause,
        };
        tracing::debug!(target: "oauth_core", url, %cause, "a document of a client is not used");
        state.failures.retain(|_, until| *until > now);
        if let Some(kept) = state.kept.get_mut(url) {
            kept.is_failing = true;
        }
        // To refuse a URL again costs nothing.
        let is_refused = matches!(cause, FetchError::Refused(_));
        if !is_refused && state.failures.len() < MOST_FAILURES {
            state.failures.insert(url.to_owned(), now + FAILED);
        }
        // What is still good serves on.
        let kept = state.kept.get(url).filter(|kept| kept.until > now);
        Ok(kept.map(|kept| Arc::clone(&kept.value)))
    }
}

impl<T> State<T> {
    fn shrink(&mut self) {
        while self.kept.len() > MOST {
            let oldest = self.kept.iter().min_by_key(|(_, kept)| kept.used).map(|(url, _)| url.clone());
            let Some(oldest) = oldest else { return };
            self.kept.remove(&oldest);
        }
    }
}

impl<T> Default for Cache<T> {
    fn default() -> Self {
        Self(Mutex::new(State {
            kept: HashMap::new(),
            failures: HashMap::new(),
            running: HashMap::new(),
            uses: 0,
        }))
    }
}
