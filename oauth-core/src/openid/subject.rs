//! `sub`: what clients call a person, OIDC Core §8.

use std::borrow::Cow;
use std::fmt;

use crate::client::{Client, SubjectType};
use crate::error::{Error, Result};
use crate::jose::InvalidKey;
use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The key of pairwise identifiers, in the field `#[pairwise_key]` of a server. `Debug` does not show it.
///
/// Keep it for good, and the same for all instances: with another key, every pairwise client meets strangers.
///
/// ```
/// use oauth_core::openid::PairwiseKey;
///
/// let key = PairwiseKey::new("at least 32 random bytes, from where other secrets are")?;
/// # Ok::<(), oauth_core::jose::InvalidKey>(())
/// ```
#[derive(Clone)]
pub struct PairwiseKey(hmac::Key);

impl PairwiseKey {
    /// The fewest bytes of a key: those of a SHA-256 (RFC 2104 §3).
    pub const MIN_LENGTH: usize = 32;

    /// A key from random bytes, or from text that encodes them.
    ///
    /// # Errors
    ///
    /// If there are less than [`MIN_LENGTH`](Self::MIN_LENGTH) bytes: who guesses the key can tell who is who.
    pub fn new(key: impl AsRef<[u8]>) -> Result<Self, InvalidKey> {
        let key = key.as_ref();
        if key.len() < Self::MIN_LENGTH {
            return Err(InvalidKey::new(format!(
                "the key of pairwise identifiers has {} bytes and needs at least {} random ones (OpenID Connect Core §8.1, \
                 RFC 2104 §3)",
                key.len(),
                Self::MIN_LENGTH
            )));
        }
        Ok(Self(hmac::Key::new(hmac::HMAC_SHA256, key)))
    }

    /// §8.1: "The Subject Identifier value MUST NOT be reversible by any party other than the OpenID Provider", and "Distinct
    /// Sector Identifier values MUST result in distinct Subject Identifier values". A host has no zero byte.
    fn identifier(&self, sector: &str, subject: &str) -> String {
        let mut context = hmac::Context::with_key(&self.0);
        context.update(sector.as_bytes());
        context.update(&[0]);
        context.update(subject.as_bytes());
        URL_SAFE_NO_PAD.encode(context.sign())
    }

    /// The secret under which a self-contained access token seals what tells who somebody is; another for each. An identifier of a
    /// token has no zero byte, and whatever makes an identifier of a person has one.
    pub(crate) fn secret_of_token(&self, jti: &str) -> hmac::Tag {
        hmac::sign(&self.0, jti.as_bytes())
    }
}

impl fmt::Debug for PairwiseKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

/// The identifier by which this client knows the person. Whatever leaves the server with a `sub` has it from
/// here; the stores keep the subject itself.
///
/// # Errors
///
/// `server_error` if the client is to have pairwise identifiers and there is no key, or it has no sector.
pub(crate) fn subject_identifier<'a>(
    key: Option<&PairwiseKey>,
    client: &Client,
    subject: &'a str,
) -> Result<Cow<'a, str>> {
    if client.subject_type == SubjectType::Public {
        return Ok(Cow::Borrowed(subject));
    }
    let client_id = &client.client_id;
    let key = key.ok_or_else(|| {
        Error::server(format!(
            "client `{client_id}` has subject_type `pairwise`, and the server has no key for that: add `#[pairwise_key] \
             key: PairwiseKey` (OpenID Connect Core §8.1)"
        ))
    })?;
    let sector = client.sector_identifier().ok_or_else(|| {
        Error::server(format!(
            "client `{client_id}` has subject_type `pairwise` and no single host that its sector could be: register a \
             sector_identifier_uri (OpenID Connect Core §8.1)"
        ))
    })?;
    Ok(Cow::Owned(key.identifier(&sector, subject)))
}
