//! Nonces that need no store: each is made of a key and the minute, so that instances with one key take each other's.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use aws_lc_rs::hkdf::{HKDF_SHA256, Prk, Salt};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use parking_lot::RwLock;

use crate::error::{Error, Result};
use crate::jose::InvalidKey;
use crate::secret::SecretString;
use crate::time::UnixTime;

/// The key of DPoP nonces, in the field `#[dpop_nonce_key]` of a server whose instances take each other's nonces. `Debug` does not
/// show it.
///
/// Another key costs each client one more request, so it may change with every deployment.
///
/// ```
/// use oauth_core::binding::NonceKey;
///
/// let key = NonceKey::new("at least 32 random bytes, from where other secrets are")?;
/// # Ok::<(), oauth_core::jose::InvalidKey>(())
/// ```
#[derive(Clone)]
pub struct NonceKey(Arc<RwLock<Vec<Turn>>>);

/// A key, and the time from which nonces are made of it.
#[derive(Clone)]
struct Turn {
    from: UnixTime,
    key: Prk,
}

/// The time that a nonce is the newest.
const STEP: u64 = 60;

/// RFC 5869 §3.2: binds what is derived to this one use.
const INFO: &[u8] = b"oauth-core DPoP nonce v1";

impl NonceKey {
    /// The fewest bytes of a key: those of a SHA-256 (RFC 5869 §3.3).
    pub const MIN_LENGTH: usize = 32;

    /// The longest that a nonce is taken for: three steps beyond that after the one it was handed out in.
    pub(super) const LONGEST: Duration = Duration::from_secs(5 * STEP + 1);

    /// A key from random bytes, or from text that encodes them.
    ///
    /// # Errors
    ///
    /// If there are less than [`MIN_LENGTH`](Self::MIN_LENGTH) bytes: who guesses the key can make proofs in advance.
    pub fn new(key: impl AsRef<[u8]>) -> Result<Self, InvalidKey> {
        let key = key.as_ref();
        if key.len() < Self::MIN_LENGTH {
            return Err(InvalidKey::new(format!(
                "the key of DPoP nonces has {} bytes and needs at least {} random ones (RFC 9449 §8, RFC 5869 §3.3)",
                key.len(),
                Self::MIN_LENGTH
            )));
        }
        Ok(Self::of([(UnixTime::default(), key)]))
    }

    /// A key of this process alone.
    pub fn random() -> Self {
        Self::of([(UnixTime::default(), SecretString::random().expose().as_bytes())])
    }

    /// Keys that take turns, each from a time, in the order of these: nonces of all of them are taken.
    pub(crate) fn of<'k>(turns: impl IntoIterator<Item = (UnixTime, &'k [u8])>) -> Self {
        let turn = |(from, key)| Turn { from, key: Salt::new(HKDF_SHA256, &[]).extract(key) };
        Self(Arc::new(RwLock::new(turns.into_iter().map(turn).collect())))
    }

    /// Puts other keys in the place of these, here and in all clones.
    pub(crate) fn replace(&self, other: &Self) {
        let turns = other.0.read().clone();
        *self.0.write() = turns;
    }

    /// The nonce that is handed out now: the next step's, so that it is not old at once.
    pub(super) fn newest(&self, now: UnixTime) -> Result<SecretString> {
        let turns = self.0.read();
        let active = turns.iter().rfind(|turn| turn.from <= now).or_else(|| turns.first());
        active.ok_or_else(underivable)?.of_step(now.as_secs() / STEP + 1)
    }

    /// Tells whether a nonce that is not the newest was handed out lately, by this instance or by one whose clock is a little off.
    pub(super) fn is_recent(&self, nonce: &str, now: UnixTime) -> Result<bool> {
        let step = now.as_secs() / STEP;
        let mut is_recent = false;
        for turn in self.0.read().iter() {
            // That of this moment is the newest, or that of an instance which turns a little earlier or later.
            for step in step.saturating_sub(2)..=step + 2 {
                // All of them, in any case: the time tells nothing.
                is_recent |= turn.of_step(step)?.matches(nonce);
            }
        }
        Ok(is_recent)
    }
}

impl Turn {
    fn of_step(&self, step: u64) -> Result<SecretString> {
        let mut nonce = [0; 32];
        self.key
            .expand(&[INFO, &step.to_be_bytes()], HKDF_SHA256)
            .and_then(|okm| okm.fill(&mut nonce))
            .map_err(|_| underivable())?;
        Ok(SecretString::new(URL_SAFE_NO_PAD.encode(nonce)))
    }
}

fn underivable() -> Error {
    Error::server("a DPoP nonce could not be derived")
}

impl fmt::Debug for NonceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}
