//! [`Keks`]: what seals the keys.

use std::fmt;

use aws_lc_rs::aead::{AES_256_GCM, Aad, NONCE_LEN, Nonce, RandomizedNonceKey};
use base64::Engine as _;
use base64::alphabet;
use base64::engine::general_purpose::{GeneralPurpose, NO_PAD, URL_SAFE_NO_PAD};
use zeroize::Zeroizing;

use super::KeysError;
use crate::jose::InvalidKey;
use crate::secret::SecretString;
use crate::store::StoredKey;

/// Key-encryption keys, each 32 random bytes with a name: the first seals, and all of them open. `Debug` shows the names.
///
/// ```
/// use oauth_core::keys::Keks;
///
/// // Such as `openssl rand -base64 32` prints.
/// let keks = Keks::parse("2027:3q2+7wABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhs=")?;
/// # Ok::<(), oauth_core::jose::InvalidKey>(())
/// ```
pub struct Keks(Vec<Kek>);

struct Kek {
    name: String,
    key: RandomizedNonceKey,
}

const LENGTH: usize = 32;
const LONGEST_NAME: usize = 32;
const FORM: &str =
    "write `NAME:BASE64,NAME:BASE64`, the one that seals first; `openssl rand -base64 32` makes one";
const WRAPPED_FORM: &str = "write `NAME:WRAPPED,NAME:WRAPPED`, the one that seals first, each of 32 bytes";

impl Keks {
    /// Reads them from a text such as `b:<base64>,a:<base64>`, of an environment variable for example.
    ///
    /// # Errors
    ///
    /// One line that says which is wrong, and shows none.
    pub fn parse(text: &str) -> Result<Self, InvalidKey> {
        let mut keks = Self(Vec::new());
        for (index, entry) in text.split(',').enumerate() {
            let kek = named(entry).and_then(|(name, base64)| Kek::of(name, &decoded(name, base64)?));
            keks.add(kek.map_err(|reason| wrong(index, &reason, FORM))?)?;
        }
        Ok(keks)
    }

    /// Reads them from a text such as `b:<wrapped>,a:<wrapped>`, of which a key-management service has what unwraps them: AWS KMS,
    /// Vault, an HSM. `unwrap` is called once for each, with its name and what follows the colon, and returns the 32 bytes, which stay in
    /// memory: the service is asked at a start alone, and no token waits for it.
    ///
    /// ```
    /// use oauth_core::keys::Keks;
    /// # mod kms {
    /// #     pub async fn decrypt(_: &str) -> Result<Vec<u8>, std::io::Error> {
    /// #         Ok(vec![7; 32])
    /// #     }
    /// # }
    ///
    /// # async fn example() -> Result<(), Box<dyn std::error::Error>> {
    /// // `aws kms generate-data-key --key-id alias/oauth --key-spec AES_256 --query CiphertextBlob --output text` makes one, of which
    /// // nobody sees the key itself; `vault write -f transit/datakey/wrapped/oauth bits=256` does, too.
    /// let wrapped = "2027:AQIDAHhvYXV0aC1leGFtcGxl";
    /// let keks = Keks::unwrap_with(wrapped, |_name, wrapped| async move { kms::decrypt(&wrapped).await }).await?;
    /// # assert_eq!(keks.sealing(), "2027");
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(example()).unwrap();
    /// ```
    ///
    /// # Errors
    ///
    /// One line that says which is wrong: a form as in [`parse`](Self::parse), or what `unwrap` says. None is shown.
    pub async fn unwrap_with<F, E>(
        text: &str,
        unwrap: impl Fn(String, String) -> F,
    ) -> Result<Self, InvalidKey>
    where
        F: Future<Output = Result<Vec<u8>, E>>,
        E: fmt::Display,
    {
        let mut keks = Self(Vec::new());
        for (index, entry) in text.split(',').enumerate() {
            let wrong = |reason: String| wrong(index, &reason, WRAPPED_FORM);
            let (name, wrapped) = named(entry).map_err(wrong)?;
            let bytes = unwrap(name.to_owned(), wrapped.to_owned()).await.map(Zeroizing::new);
            let bytes = bytes.map_err(|cause| wrong(format!("(`{name}`) cannot be unwrapped: {cause}")))?;
            keks.add(Kek::of(name, &bytes).map_err(wrong)?)?;
        }
        Ok(keks)
    }

    fn add(&mut self, kek: Kek) -> Result<(), InvalidKey> {
        if self.0.iter().any(|other| other.name == kek.name) {
            return Err(InvalidKey::new(format!(
                "two KEKs are called `{}`: give each a name of its own, for the keys remember by which they are sealed",
                kek.name
            )));
        }
        self.0.push(kek);
        Ok(())
    }

    /// The name of the one that seals.
    pub fn sealing(&self) -> &str {
        self.0.first().map_or("", |kek| &kek.name)
    }

    /// Seals a secret for this key; the name of the KEK, and the text.
    pub(super) fn seal(
        &self,
        kid: &str,
        purpose: &str,
        secret: &SecretString,
    ) -> Result<(String, String), KeysError> {
        let failed = || KeysError::new(format!("the key `{kid}` could not be sealed"));
        let kek = self.0.first().ok_or_else(failed)?;
        let mut text = Zeroizing::new(secret.expose().as_bytes().to_vec());
        let aad = Aad::from(bound_to(kid, purpose, &kek.name));
        let nonce = kek.key.seal_in_place_append_tag(aad, &mut *text).map_err(|_| failed())?;
        let sealed = [nonce.as_ref().as_slice(), &text].concat();
        Ok((kek.name.clone(), URL_SAFE_NO_PAD.encode(sealed)))
    }

    /// Tells whether what was sealed for this key opens.
    pub(crate) fn check(&self, key: &StoredKey) -> Result<(), KeysError> {
        self.open(key).map(drop)
    }

    /// Opens what was sealed for this key.
    pub(super) fn open(&self, key: &StoredKey) -> Result<SecretString, KeysError> {
        let StoredKey { kid, purpose, .. } = key;
        let name = key.kek.escape_debug();
        let Some(kek) = self.0.iter().find(|kek| kek.name == key.kek) else {
            return Err(KeysError::new(format!(
                "the key `{kid}` ({purpose}) is sealed by the KEK `{name}`, which is not given, but {self:?}: add \
                 `{name}:<base64>` to them, until all keys are rewrapped"
            )));
        };
        kek.open(key).ok_or_else(|| {
            KeysError::new(format!(
                "the KEK `{name}` does not open the key `{kid}` ({purpose}): it is another KEK than the one of this name that sealed \
                 it, or the row was changed"
            ))
        })
    }
}

/// The name of an entry, and what follows it.
fn named(entry: &str) -> Result<(&str, &str), String> {
    let Some((name, rest)) = entry.trim().split_once(':') else { return Err("has no name".to_owned()) };
    let is_name = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    if name.is_empty() || name.len() > LONGEST_NAME || !name.chars().all(is_name) {
        return Err(format!("has a name that is not 1 to {LONGEST_NAME} letters, digits, `-`, `_` and `.`"));
    }
    Ok((name, rest.trim()))
}

fn decoded(name: &str, base64: &str) -> Result<Zeroizing<Vec<u8>>, String> {
    let base64 = Zeroizing::new(base64.trim_end_matches('=').replace('-', "+").replace('_', "/"));
    let engine = GeneralPurpose::new(&alphabet::STANDARD, NO_PAD);
    let bytes = engine.decode(base64.as_bytes()).map(Zeroizing::new);
    bytes.map_err(|_| format!("(`{name}`) is not base64"))
}

fn wrong(index: usize, reason: &str, form: &str) -> InvalidKey {
    InvalidKey::new(format!("the KEK number {} {reason}: {form}", index + 1))
}

impl Kek {
    fn of(name: &str, bytes: &[u8]) -> Result<Self, String> {
        if bytes.len() != LENGTH {
            return Err(format!("(`{name}`) has {} bytes and needs {LENGTH} random ones", bytes.len()));
        }
        let key = RandomizedNonceKey::new(&AES_256_GCM, bytes);
        Ok(Self { name: name.to_owned(), key: key.map_err(|_| format!("(`{name}`) is no AES key"))? })
    }

    fn open(&self, key: &StoredKey) -> Option<SecretString> {
        let sealed = URL_SAFE_NO_PAD.decode(&key.sealed).ok()?;
        let (nonce, text) = sealed.split_at_checked(NONCE_LEN)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let mut text = Zeroizing::new(text.to_vec());
        let aad = Aad::from(bound_to(&key.kid, &key.purpose, &self.name));
        let opened = self.key.open_in_place(nonce, aad, &mut text).ok()?;
        std::str::from_utf8(opened).ok().map(SecretString::new)
    }
}

/// The context of a seal, so that the secret of one key is not taken for another's.
fn bound_to(kid: &str, purpose: &str, kek: &str) -> String {
    format!("oauth-core stored key v1|{kid}|{purpose}|{kek}")
}

impl fmt::Debug for Keks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, kek) in self.0.iter().enumerate() {
            write!(f, "{}`{}`", if index == 0 { "" } else { ", " }, kek.name)?;
        }
        Ok(())
    }
}
