//! Nonces that need no store: each is made of a key and the minute, so that instances with one key take each other's.

use std::fmt;
use std::time::Duration;

use aws_lc_rs::hkdf::{HKDF_SHA256, Prk, Salt};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

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
pub struct NonceKey(Prk);

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
        Ok(Self(Salt::new(HKDF_SHA256, &[]).extract(key)))
    }

    /// A key of this process alone.
    pub fn random() -> Self {
        Self(Salt::new(HKDF_SHA256, &[]).extract(SecretString::random().expose().as_bytes()))
    }

    /// The nonce that is handed out now: the next step's, so that it is not old at once.
    pub(super) fn newest(&self, now: UnixTime) -> Result<SecretString> {
        self.of_step(now.as_secs() / STEP + 1)
    }

    /// Tells whether a nonce that is not the newest was handed out lately, by this instance or by one whose clock is a little off.
    pub(super) fn is_recent(&self, nonce: &str, now: UnixTime) -> Result<bool> {
        let step = now.as_secs() / STEP;
        let mut is_recent = false;
        for step in (step.saturating_sub(2)..=step).chain([step + 2]) {
            // All of them, in any case: the time tells nothing.
            is_recent |= self.of_step(step)?.matches(nonce);
        }
        Ok(is_recent)
    }

    fn of_step(&self, step: u64) -> Result<SecretString> {
        let mut nonce = [0; 32];
        self.0
            .expand(&[INFO, &step.to_be_bytes()], HKDF_SHA256)
            .and_then(|okm| okm.fill(&mut nonce))
            .map_err(|_| Error::server("a DPoP nonce could not be derived"))?;
        Ok(SecretString::new(URL_SAFE_NO_PAD.encode(nonce)))
    }
}

impl fmt::Debug for NonceKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}
