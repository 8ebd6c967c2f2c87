//! [`KeyPolicy`]: which keys there are, and when they change.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::KeysError;
use super::maintain::LONGEST_RELOAD;
use crate::clock::Clock;
use crate::event::Observer;
use crate::jose::Algorithm;
#[cfg(feature = "admin")]
use crate::store::StoredKey;

/// The algorithms that shared keys sign with, and how their keys change.
///
/// ```
/// use std::time::Duration;
///
/// use oauth_core::keys::KeyPolicy;
/// use oauth_core::prelude::*;
///
/// let policy = KeyPolicy::new([Algorithm::RS256, Algorithm::ES256]).rotation(Duration::from_hours(30 * 24));
/// ```
#[derive(Clone)]
pub struct KeyPolicy {
    pub(super) algorithms: Vec<Algorithm>,
    pub(super) rotation: Duration,
    pub(super) propagation: Duration,
    pub(super) retention: Duration,
    verifier_cache: Duration,
    pub(super) clock: Clock,
    pub(super) observer: Option<Arc<dyn Observer>>,
    /// True for an operator's program, which does not know the policy of the servers: it makes no key unasked, and activates none by
    /// opening them.
    pub(super) is_of_operator: bool,
}

/// The time for which caches may keep the JWK Set: its `max-age`.
const PUBLISHED: Duration = Duration::from_mins(5);
/// The most that the clocks of instances differ.
const CLOCKS: Duration = Duration::from_mins(1);

impl KeyPolicy {
    /// One key of each algorithm, by the defaults.
    ///
    /// One that is taken away later is no longer published: leave it until the last token that it signed has expired.
    pub fn new(algorithms: impl IntoIterator<Item = Algorithm>) -> Self {
        Self {
            algorithms: algorithms.into_iter().collect(),
            rotation: Duration::from_hours(90 * 24),
            propagation: Duration::from_hours(24),
            retention: Duration::from_hours(30 * 24),
            verifier_cache: Duration::from_mins(5),
            clock: Clock::system(),
            observer: None,
            is_of_operator: false,
        }
    }

    /// The policy of an operator's program over these keys: what it makes lives as long as what is there, and it makes nothing unasked.
    #[cfg(feature = "admin")]
    pub(crate) fn of_operator(
        stored: &[StoredKey],
        algorithms: Vec<Algorithm>,
        propagation: Duration,
    ) -> Self {
        // Others, such as that of pairwise identifiers, have no end.
        let signing = || stored.iter().filter(|key| key.purpose.starts_with("sign:"));
        let longest = |life: fn(&StoredKey) -> Duration| signing().map(life).max().unwrap_or_default();
        let default = Self::new(algorithms);
        let rotation = longest(|key| key.sign_until.since(key.sign_from));
        let retention = longest(|key| key.publish_until.since(key.sign_until));
        let or = |found: Duration, default: Duration| if found.is_zero() { default } else { found };
        Self {
            rotation: or(rotation, default.rotation),
            retention: or(retention, default.retention),
            propagation,
            is_of_operator: true,
            ..default
        }
    }

    /// Sets for how long a key signs. Default: 90 days.
    #[must_use]
    pub const fn rotation(mut self, rotation: Duration) -> Self {
        self.rotation = rotation;
        self
    }

    /// Sets for how long a key is published before it signs. Default: 24 hours. Every verifier must have it by then.
    #[must_use]
    pub const fn propagation(mut self, propagation: Duration) -> Self {
        self.propagation = propagation;
        self
    }

    /// Sets for how long a key is published after it signs. Default: 30 days. It is at least the lifetime of the tokens, and of
    /// sessions, where clients send ID tokens back as `id_token_hint`.
    #[must_use]
    pub const fn retention(mut self, retention: Duration) -> Self {
        self.retention = retention;
        self
    }

    /// Sets for how long verifiers keep the JWK Set without asking for it again. Default: 5 minutes, as
    /// [`resource`](crate::resource) does.
    #[must_use]
    pub const fn verifier_cache(mut self, cache: Duration) -> Self {
        self.verifier_cache = cache;
        self
    }

    /// Sets the clock. Default: the system's.
    #[must_use]
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// Sets who sees the [events](crate::event) of keys, in place of the servers that have them. Default: those who see the events of each
    /// server that is given the keys by [`Environment::keys`](crate::server::Environment::keys), its audit table with them; in a program
    /// without a server [`Log`](crate::event::Log), a line each.
    #[must_use]
    pub fn observer(mut self, observer: impl Observer) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }

    pub(super) fn check(&self) -> Result<(), KeysError> {
        let Self { algorithms, rotation, propagation, retention, verifier_cache, .. } = self;
        if algorithms.is_empty() {
            return Err(KeysError::new(
                "there is no algorithm: `KeyPolicy::new([Algorithm::ES256])`, for example",
            ));
        }
        if let Some(secret) = algorithms.iter().find(|algorithm| algorithm.is_symmetric()) {
            return Err(KeysError::new(format!(
                "{secret} signs with a secret, which has no public half to publish: use ES256, for example"
            )));
        }
        let mut known = Vec::new();
        if let Some(twice) = algorithms.iter().find(|algorithm| {
            let is_known = known.contains(algorithm);
            known.push(algorithm);
            is_known
        }) {
            return Err(KeysError::new(format!(
                "{twice} is named twice: each algorithm has one ring of keys"
            )));
        }
        let needed = LONGEST_RELOAD + PUBLISHED + *verifier_cache + CLOCKS;
        if *propagation < needed {
            return Err(KeysError::new(format!(
                "the propagation of {} is too short, and verifiers would refuse a new key: it needs {} until every instance has \
                 read the key, {} in HTTP caches, {} at verifiers and {} for clocks that differ, which is {}",
                Seconds(*propagation),
                Seconds(LONGEST_RELOAD),
                Seconds(PUBLISHED),
                Seconds(*verifier_cache),
                Seconds(CLOCKS),
                Seconds(needed),
            )));
        }
        for (name, time) in [("rotation", rotation), ("retention", retention)] {
            if time < propagation {
                return Err(KeysError::new(format!(
                    "the {name} of {} is shorter than the propagation of {}: make it longer, or the propagation shorter",
                    Seconds(*time),
                    Seconds(*propagation)
                )));
            }
        }
        Ok(())
    }
}

struct Seconds(Duration);

impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} s", self.0.as_secs())
    }
}

impl fmt::Debug for KeyPolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyPolicy")
            .field("algorithms", &self.algorithms)
            .field("rotation", &self.rotation)
            .field("propagation", &self.propagation)
            .field("retention", &self.retention)
            .finish_non_exhaustive()
    }
}
