//! [`Jwks`]: signed tokens by the issuer's keys.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::RwLock;
use tokio::runtime::Handle;
use tokio::sync::watch;

use super::discovery::Unavailable;
use super::jwt::JwtRules;
use super::{ResourceConfig, TokenValidator, ValidatedToken, Validation, discovery, jwt};
use crate::clock::Clock;
use crate::error::Result;
use crate::http::HttpClient;
use crate::jose::{Algorithm, DecryptionKey, InvalidJws, KeySet, Memorable, VerifiedTokens};
use crate::secret::SecretString;

/// The wait before another attempt while there are no keys at all.
const RETRY_WITHOUT_KEYS: Duration = Duration::from_secs(1);

/// The time that keys serve without a successful fetch. Who keeps a resource from the issuer keeps a
/// withdrawn key alive.
const STALE: Duration = Duration::from_hours(24);

/// Validates signed access tokens (RFC 9068 §4) by the JWK Set of the issuer.
///
/// The keys are fetched at the first request. They are fetched again when they are
/// [old](ResourceConfig::jwks_max_age), which no request waits for, and when a token names a `kid` that is not among them,
/// [now and then](ResourceConfig::jwks_refresh_interval) at most. There is one fetch at a time, however many requests wait
/// for it. While the issuer is down, the keys that are there go on to verify for a day, which is logged; without any, the
/// answer is 503. A set without usable keys is an answer as any: no token is valid then.
///
/// What a token says is [remembered](ResourceConfig::verification_cache) once it is verified, and its signature is not verified again.
///
/// It needs a Tokio runtime.
pub struct Jwks<C> {
    rules: JwtRules,
    decryption_key: Option<DecryptionKey>,
    verified: VerifiedTokens<ValidatedToken>,
    shared: Arc<Shared<C>>,
}

struct Shared<C> {
    client: C,
    clock: Clock,
    issuer: String,
    jwks_uri: Option<String>,
    algorithms: &'static [Algorithm],
    max_age: Duration,
    interval: Duration,
    state: RwLock<State>,
    /// Counts fetches that have ended, for those who wait.
    ended: watch::Sender<u64>,
}

#[derive(Default)]
struct State {
    keys: Option<KeySet>,
    /// Counts the fetches that have brought keys.
    generation: u64,
    is_fetching: bool,
    is_failing: bool,
    attempted: Option<Instant>,
    fetched: Option<Instant>,
    /// The moment when an unknown `kid` last made the keys be fetched.
    unknown: Option<Instant>,
}

impl State {
    /// The keys, unless they are stale.
    fn usable(&self, now: Instant) -> Option<&KeySet> {
        self.keys.as_ref().filter(|_| self.fetched.is_some_and(|at| now.duration_since(at) < STALE))
    }
}

/// The keys, and their generation.
type Keys = (KeySet, u64);

/// The reason that keys are fetched.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Why {
    Absent,
    Old,
    /// A token's key is not among those of this generation.
    Unknown {
        generation: u64,
    },
}

/// The fate of the wish to fetch.
enum Fetch {
    /// It is for the caller to do.
    Start,
    /// Somebody does it.
    Running,
    /// It is not needed, or too early.
    No,
}

impl<C: HttpClient + 'static> Jwks<C> {
    pub(super) fn new(
        client: C,
        rules: JwtRules,
        decryption_key: Option<DecryptionKey>,
        config: &ResourceConfig,
        clock: Clock,
    ) -> Self {
        let jwks_uri = match config.validation {
            Validation::Jwks(uri) => uri.map(str::to_owned),
            Validation::Introspection(_) => None,
        };
        let shared = Shared {
            client,
            clock,
            issuer: rules.issuer.clone(),
            jwks_uri,
            algorithms: rules.algorithms,
            max_age: config.jwks_max_age,
            interval: config.jwks_refresh_interval,
            state: RwLock::default(),
            ended: watch::Sender::new(0),
        };
        let verified = VerifiedTokens::new(config.verification_cache);
        Self { rules, decryption_key, verified, shared: Arc::new(shared) }
    }

    /// Verifies a token, and remembers it.
    async fn verify(
        &self,
        token: &str,
        memorable: Option<Memorable<'_>>,
        known: Option<Keys>,
    ) -> Result<ValidatedToken> {
        // RFC 9068 §4: "If encryption was negotiated with the authorization server at registration time and the incoming JWT
        // access token is not encrypted, the resource server SHOULD reject it."
        let decrypted = self.decryption_key.as_ref().map(|key| key.decrypt_jwt(token)).transpose()?;
        let token = decrypted.as_ref().map_or(token, SecretString::expose);
        let (mut keys, generation) = match known {
            Some(known) => known,
            None => self.shared.fetched_keys(Why::Absent).await?,
        };
        let now = self.shared.clock.now();
        let mut verified = self.rules.verify(&keys, token, now);
        if matches!(verified, Err(InvalidJws::UnknownKey)) {
            (keys, _) = self.shared.fetched_keys(Why::Unknown { generation }).await?;
            verified = self.rules.verify(&keys, token, self.shared.clock.now());
        }
        let verified = verified.map_err(jwt::refused)?;
        let until = self.rules.end_of(&verified)?;
        let token = ValidatedToken::of(verified.into())?;
        if let Some(memorable) = memorable {
            self.verified.put(&memorable, token.clone(), keys, until, now);
        }
        Ok(token)
    }
}

impl<C: HttpClient + 'static> TokenValidator for Jwks<C> {
    async fn validate(&self, token: &str) -> Result<ValidatedToken> {
        let (keys, memorable) = (self.shared.keys(), self.verified.memorable(token));
        if let (Some((keys, _)), Some(memorable)) = (&keys, &memorable) {
            let now = self.shared.clock.now();
            if let Some(known) = self.verified.get(memorable, keys, now) {
                self.rules.believe_still(&known, now).map_err(jwt::refused)?;
                return Ok(known);
            }
        }
        self.verify(token, memorable, keys).await
    }
}

impl<C: HttpClient + 'static> Shared<C> {
    /// The keys that are there. Where they are old, others are fetched, and nobody waits: the old ones will do meanwhile.
    fn keys(self: &Arc<Self>) -> Option<Keys> {
        let (keys, is_old) = {
            let (state, now) = (self.state.read(), self.clock.instant());
            (state.usable(now).map(|keys| (keys.clone(), state.generation)), self.is_old(&state, now))
        };
        if keys.is_some() && is_old && matches!(self.begin(Why::Old), Fetch::Start) {
            self.spawn_fetch();
        }
        keys
    }

    /// The keys, once they are fetched if there is reason to.
    async fn fetched_keys(self: &Arc<Self>, why: Why) -> Result<Keys, Unavailable> {
        self.fetch_if(why).await;
        self.keys().ok_or_else(|| Unavailable::new("the keys of the issuer could not be fetched yet"))
    }

    /// Fetches if there is reason to, or waits for who does.
    async fn fetch_if(self: &Arc<Self>, why: Why) {
        // Before the question, so that no end goes unnoticed.
        let mut ended = self.ended.subscribe();
        match self.begin(why) {
            Fetch::Start => self.spawn_fetch(),
            Fetch::Running => {}
            Fetch::No => return,
        }
        // The sender is `self`: it is there.
        let _ = ended.changed().await;
    }

    fn begin(&self, why: Why) -> Fetch {
        let now = self.clock.instant();
        let mut state = self.state.write();
        let is_wanted = match why {
            Why::Absent => state.usable(now).is_none(),
            Why::Old => self.is_old(&state, now),
            Why::Unknown { generation } => state.generation == generation,
        };
        if !is_wanted {
            return Fetch::No;
        }
        if state.is_fetching {
            return Fetch::Running;
        }
        let is_early = |at: Option<Instant>, pause| at.is_some_and(|at| now.duration_since(at) < pause);
        let retry =
            if state.usable(now).is_some() { self.interval } else { self.interval.min(RETRY_WITHOUT_KEYS) };
        let is_unknown = matches!(why, Why::Unknown { .. });
        if state.is_failing && is_early(state.attempted, retry)
            || is_unknown && is_early(state.unknown, self.interval)
        {
            return Fetch::No;
        }
        state.is_fetching = true;
        state.attempted = Some(now);
        if is_unknown {
            state.unknown = Some(now);
        }
        Fetch::Start
    }

    fn is_old(&self, state: &State, now: Instant) -> bool {
        state.fetched.is_none_or(|at| now.duration_since(at) >= self.max_age)
    }

    /// Fetches in a task of its own: the request that needs the keys may be given up, and the others need
    /// them, too.
    fn spawn_fetch(self: &Arc<Self>) {
        let shared = Arc::clone(self);
        match Handle::try_current() {
            Ok(runtime) => {
                runtime.spawn(async move {
                    // Whatever happens, also a panic of the client, the end is told.
                    let mut end =
                        End { shared: &shared, keys: Err(Unavailable::new("the HTTP client panicked")) };
                    end.keys = shared.fetch().await;
                });
            }
            Err(cause) => drop(End { shared: self, keys: Err(Unavailable::new(cause)) }),
        }
    }

    async fn fetch(&self) -> Result<KeySet, Unavailable> {
        let uri = match &self.jwks_uri {
            Some(uri) => uri.clone(),
            None => discovery::metadata(&self.client, &self.issuer).await?.jwks_uri()?,
        };
        let keys = discovery::get(&self.client, &uri).await?;
        let keys = KeySet::from_json_for(&keys, self.algorithms)
            .map_err(|cause| Unavailable::new(format_args!("{uri}: {cause}")))?;
        // The issuer may have withdrawn them all: the old ones must not live on.
        if keys.is_empty() {
            tracing::warn!(target: "oauth_core", uri, "the issuer has no key that could verify a token: none is valid");
        }
        Ok(keys)
    }
}

/// The end of a fetch, recorded when it is dropped.
struct End<'a, C> {
    shared: &'a Shared<C>,
    keys: Result<KeySet, Unavailable>,
}

impl<C> Drop for End<'_, C> {
    fn drop(&mut self) {
        let issuer = &self.shared.issuer;
        match std::mem::replace(&mut self.keys, Ok(KeySet::default())) {
            Ok(keys) => {
                if self.shared.record(Some(keys)).was_failing {
                    tracing::info!(target: "oauth_core", issuer, "the keys of the issuer could be fetched again");
                }
            }
            Err(cause) => {
                if self.shared.record(None).had_keys {
                    tracing::warn!(target: "oauth_core", issuer, %cause, "the keys of the issuer cannot be fetched: the old ones stay");
                } else {
                    tracing::error!(target: "oauth_core", issuer, %cause, "the keys of the issuer cannot be fetched: no token can be validated");
                }
            }
        }
        self.shared.ended.send_modify(|ended| *ended += 1);
    }
}

/// The state of things before a fetch ended.
struct Before {
    was_failing: bool,
    had_keys: bool,
}

impl<C> Shared<C> {
    fn record(&self, keys: Option<KeySet>) -> Before {
        let now = self.clock.instant();
        let mut state = self.state.write();
        let before = Before { was_failing: state.is_failing, had_keys: state.usable(now).is_some() };
        state.is_fetching = false;
        state.is_failing = keys.is_none();
        if let Some(keys) = keys {
            // What the same keys have verified is known still.
            if !state.keys.as_ref().is_some_and(|known| known.is_same(&keys)) {
                state.keys = Some(keys);
            }
            state.generation += 1;
            state.fetched = Some(now);
        }
        before
    }
}

impl<C> fmt::Debug for Jwks<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Jwks").field("rules", &self.rules).finish_non_exhaustive()
    }
}
