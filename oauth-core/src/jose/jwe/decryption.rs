//! [`DecryptionKey`]: decrypts what was encrypted to it, RFC 7516 §5.2, and tells nobody why it did not.

use std::fmt;
use std::sync::Arc;

use aws_lc_rs::error::Unspecified;
use aws_lc_rs::key_wrap::KeyWrap as _;
use aws_lc_rs::rand;
use aws_lc_rs::rsa::OAEP_SHA256_MGF1SHA256;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use zeroize::Zeroizing;

use super::agreement::derive;
use super::compact::{Compact, Header};
use super::encryption::{agreed_key, wrapping_key};
use super::recipient::{Halves, Private, Public};
use super::{ContentEncryption, EncryptionKey, EncryptionKeys, KeyManagement, recipient};
use crate::jose::members::JwkMembers;
use crate::jose::purpose::Purpose;
use crate::jose::{InvalidJwe, InvalidKey};
use crate::secret::SecretString;

/// A key that decrypts, with one `alg` and one `enc` (RFC 8725 §3.1): a private key, or a secret shared with whoever
/// encrypts. Cloning is cheap; `Debug` shows no secret.
///
/// ```
/// use oauth_core::jose::{ContentEncryption, DecryptionKey, KeyManagement};
///
/// let key = DecryptionKey::generate(KeyManagement::EcdhEsA256KW, ContentEncryption::A256GCM)?;
/// let jwe = key.encryption_key().encrypt(b"secret")?;
/// assert_eq!(key.decrypt(&jwe)?.plaintext(), b"secret");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct DecryptionKey {
    encryption: EncryptionKey,
    private: Arc<Private>,
}

impl DecryptionKey {
    /// A new random key: RSA keys have 2048 bits, EC keys are on P-256, secrets have the length that the algorithm has.
    ///
    /// # Errors
    ///
    /// If the system has no randomness.
    pub fn generate(alg: KeyManagement, enc: ContentEncryption) -> Result<Self, InvalidKey> {
        let (public, private) = recipient::generate(alg, enc)?;
        Ok(Self { encryption: EncryptionKey::new(alg, enc, None, public)?, private })
    }

    /// Reads a key from PEM: PKCS#8 (`PRIVATE KEY`), PKCS#1 (`RSA PRIVATE KEY`) or SEC 1 (`EC PRIVATE KEY`).
    /// RSA keys do RSA-OAEP-256, EC keys on P-256, P-384 or P-521 do ECDH-ES+A256KW, both with A256GCM.
    ///
    /// # Errors
    ///
    /// If there is not exactly one unencrypted private key of a supported kind, or an RSA key has fewer than 2048 bits.
    pub fn from_pem(pem: impl AsRef<[u8]>) -> Result<Self, InvalidKey> {
        let (public, private) = recipient::from_pem(pem.as_ref())?;
        Ok(Self { encryption: EncryptionKey::with_defaults(public)?, private })
    }

    /// Reads a key from a private JWK in JSON: RSA, EC or oct. Its `alg` and `kid` are honoured, as
    /// [`EncryptionKey::from_jwk`] says.
    ///
    /// # Errors
    ///
    /// If it is malformed, public, weak, inconsistent in itself, or not meant for encryption.
    pub fn from_jwk(json: &str) -> Result<Self, InvalidKey> {
        let jwk = JwkMembers::parse(json, Purpose::Decryption)?;
        let (public, private): Halves = recipient::from_jwk(&jwk)?;
        Ok(Self { encryption: EncryptionKey::described(&jwk, public)?, private })
    }

    /// A secret shared with whoever encrypts: see [`EncryptionKey::secret`].
    ///
    /// # Errors
    ///
    /// As there.
    pub fn secret(
        secret: impl AsRef<[u8]>,
        alg: KeyManagement,
        enc: ContentEncryption,
    ) -> Result<Self, InvalidKey> {
        let encryption = EncryptionKey::secret(secret, alg, enc)?;
        Ok(Self { encryption, private: Arc::new(Private::Shared) })
    }

    /// The same key with another `alg`.
    ///
    /// # Errors
    ///
    /// If a key of this kind cannot be used with it.
    pub fn with_alg(self, alg: KeyManagement) -> Result<Self, InvalidKey> {
        Ok(Self { encryption: self.encryption.with_alg(alg)?, private: self.private })
    }

    /// The same key with another `enc`.
    ///
    /// # Errors
    ///
    /// If it is a secret for `dir`, and of another length.
    pub fn with_enc(self, enc: ContentEncryption) -> Result<Self, InvalidKey> {
        Ok(Self { encryption: self.encryption.with_enc(enc)?, private: self.private })
    }

    /// The same key with another identifier than its thumbprint.
    ///
    /// # Errors
    ///
    /// If the identifier is empty.
    pub fn with_kid(self, kid: impl Into<String>) -> Result<Self, InvalidKey> {
        Ok(Self { encryption: self.encryption.with_kid(kid)?, private: self.private })
    }

    /// The half that encrypts, with the same `alg`, `enc` and `kid`.
    pub const fn encryption_key(&self) -> &EncryptionKey {
        &self.encryption
    }

    /// The key as an unencrypted PKCS#8 PEM, to be kept where only its owner can read it.
    ///
    /// # Errors
    ///
    /// For a secret, which has no such form.
    pub fn to_pkcs8_pem(&self) -> Result<SecretString, InvalidKey> {
        self.private.to_pkcs8_pem()
    }

    /// Decrypts a JWE in compact form. Its `alg` and `enc` must be the key's, never the header's choice (RFC 8725 §3.1).
    ///
    /// # Errors
    ///
    /// [`InvalidJwe`], whatever is wrong: RFC 7516 §11.5 wants errors of the key, its format and its length to be like
    /// those of the content.
    pub fn decrypt(&self, jwe: &str) -> Result<DecryptedJwe, InvalidJwe> {
        let Compact { header, aad, encrypted_key, iv, mut sealed } = Compact::parse(jwe).ok_or(InvalidJwe)?;
        let (alg, enc) = (self.encryption.alg(), self.encryption.enc());
        let is_another_key =
            matches!((&header.kid, self.encryption.kid()), (Some(named), Some(own)) if named != own);
        if header.alg != alg.as_str() || header.enc != enc.as_str() || is_another_key {
            return Err(InvalidJwe);
        }
        // RFC 7516 §11.5: "the recipient MUST NOT distinguish between format, padding, and length errors of encrypted
        // keys. It is strongly recommended, in the event of receiving an improperly formatted key, that the recipient
        // substitute a randomly generated CEK and proceed to the next step".
        let mut key = Zeroizing::new(vec![0; enc.key_len()]);
        rand::fill(&mut key).map_err(|_| InvalidJwe)?;
        if let Ok(recovered) = self.content_key(&header, &encrypted_key)
            && recovered.len() == enc.key_len()
        {
            key = recovered;
        }
        let mut text = Zeroizing::new(std::mem::take(&mut sealed.ciphertext));
        let opened =
            enc.open(&key, &iv, aad.as_bytes(), &mut text, &sealed.tag).map_err(|_| InvalidJwe)?.len();
        text.truncate(opened);
        Ok(DecryptedJwe { typ: header.typ, cty: header.cty, plaintext: text })
    }

    /// Decrypts a nested JWT (RFC 7519 §11.2): the signed JWT inside, **not verified**.
    ///
    /// # Errors
    ///
    /// [`InvalidJwe`], also if `cty` is not `JWT` (RFC 7519 §5.2).
    pub fn decrypt_jwt(&self, jwe: &str) -> Result<SecretString, InvalidJwe> {
        let decrypted = self.decrypt(jwe)?;
        if !decrypted.cty.as_deref().is_some_and(|cty| cty.eq_ignore_ascii_case("JWT")) {
            return Err(InvalidJwe);
        }
        std::str::from_utf8(&decrypted.plaintext).map(SecretString::new).map_err(|_| InvalidJwe)
    }

    /// RFC 7516 §5.2 steps 6 to 13: the content encryption key.
    fn content_key(&self, header: &Header, encrypted: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unspecified> {
        let (alg, enc) = (self.encryption.alg(), self.encryption.enc());
        match (self.encryption.recipient(), &*self.private) {
            // Step 10: "verify that the JWE Encrypted Key value is an empty octet sequence".
            (Public::Secret(secret), _) if alg == KeyManagement::Dir && encrypted.is_empty() => {
                Ok(secret.clone())
            }
            (Public::Secret(secret), _) if alg != KeyManagement::Dir => unwrap(secret, encrypted),
            (_, Private::Rsa(..)) => self.unwrap_rsa(encrypted),
            (Public::Ec(curve, ..), Private::Ec(key)) => {
                let public = header.epk.as_ref().and_then(|epk| epk.on(*curve)).ok_or(Unspecified)?;
                let party = |name: &Option<String>| {
                    let text = name.as_deref().unwrap_or_default();
                    URL_SAFE_NO_PAD.decode(text).map_err(|_| Unspecified)
                };
                let (u, v) = (party(&header.apu)?, party(&header.apv)?);
                let agreed = derive(key, public, &agreed_key(alg, enc, &u, &v))?;
                match alg {
                    KeyManagement::EcdhEs if encrypted.is_empty() => Ok(agreed),
                    KeyManagement::EcdhEs => Err(Unspecified),
                    _ => unwrap(&agreed, encrypted),
                }
            }
            _ => Err(Unspecified),
        }
    }

    /// RFC 7518 §4.3.
    pub(super) fn unwrap_rsa(&self, encrypted: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unspecified> {
        let Private::Rsa(key, _) = &*self.private else { return Err(Unspecified) };
        let mut output = Zeroizing::new(vec![0; key.min_output_size()]);
        let len = key.decrypt(&OAEP_SHA256_MGF1SHA256, encrypted, &mut output, None)?.len();
        output.truncate(len);
        Ok(output)
    }
}

/// RFC 7518 §4.4.
pub(super) fn unwrap(secret: &[u8], encrypted: &[u8]) -> Result<Zeroizing<Vec<u8>>, Unspecified> {
    let mut key = Zeroizing::new(vec![0; encrypted.len().checked_sub(8).ok_or(Unspecified)?]);
    wrapping_key(secret)?.unwrap(encrypted, &mut key)?;
    Ok(key)
}

/// The content of a JWE: authentic, and known to nobody but its sender and its recipient.
pub struct DecryptedJwe {
    /// `typ`, if it says what it is.
    pub typ: Option<String>,
    /// `cty`, if it says what it holds.
    pub cty: Option<String>,
    plaintext: Zeroizing<Vec<u8>>,
}

impl DecryptedJwe {
    /// The text that was encrypted.
    pub fn plaintext(&self) -> &[u8] {
        &self.plaintext
    }
}

impl fmt::Debug for DecryptedJwe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecryptedJwe").field("typ", &self.typ).field("cty", &self.cty).finish_non_exhaustive()
    }
}

impl EncryptionKeys for DecryptionKey {
    fn encryption_key(&self) -> &EncryptionKey {
        &self.encryption
    }
}

impl fmt::Debug for DecryptionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecryptionKey")
            .field("alg", &self.encryption.alg())
            .field("enc", &self.encryption.enc())
            .field("kid", &self.encryption.kid())
            .finish_non_exhaustive()
    }
}
