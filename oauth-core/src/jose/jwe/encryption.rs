//! [`EncryptionKey`]: parsed once, encrypts many times.

use std::fmt;
use std::sync::Arc;

use aws_lc_rs::agreement::PrivateKey;
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::key_wrap::{AES_128, AES_256, AesKek, KeyWrap as _};
use aws_lc_rs::rand;
use aws_lc_rs::rsa::OAEP_SHA256_MGF1SHA256;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use zeroize::Zeroizing;

use super::agreement::{EphemeralKey, KeyInfo, derive};
use super::compact::{LARGEST, join};
use super::recipient::Public;
use super::{ContentEncryption, EncryptionKeys, KeyManagement, recipient};
use crate::error::{Error, Result};
use crate::jose::members::JwkMembers;
use crate::jose::purpose::Purpose;
use crate::jose::{InvalidKey, Jwk, JwtType, thumbprint};

/// A key that encrypts to one recipient, with one `alg` and one `enc` (RFC 8725 §3.1): the recipient's public key, or a
/// secret shared with it. Cloning is cheap; `Debug` shows no secret.
///
/// ```
/// use oauth_core::jose::{ContentEncryption, DecryptionKey, EncryptionKey, KeyManagement};
///
/// // The resource server makes a key pair and publishes the one half.
/// let recipient = DecryptionKey::generate(KeyManagement::EcdhEsA256KW, ContentEncryption::A256GCM)?;
/// let published = serde_json::to_string(&recipient.encryption_key().public_jwk())?;
///
/// let jwe = EncryptionKey::from_jwk(&published)?.encrypt(b"for your eyes only")?;
/// assert_eq!(recipient.decrypt(&jwe)?.plaintext(), b"for your eyes only");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
pub struct EncryptionKey {
    alg: KeyManagement,
    enc: ContentEncryption,
    kid: Option<Arc<str>>,
    recipient: Arc<Public>,
}

/// The key that precedes the ciphertext.
struct ContentKey {
    key: Zeroizing<Vec<u8>>,
    encrypted: Vec<u8>,
    ephemeral: Option<EphemeralKey>,
}

/// The protected header, RFC 7516 §4.1.
#[derive(Serialize)]
struct Header<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    typ: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cty: Option<&'static str>,
    alg: &'static str,
    enc: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kid: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    epk: Option<&'a EphemeralKey>,
}

impl EncryptionKey {
    /// Reads a key from a JWK in JSON: RSA, EC or oct; private members are ignored. Its `alg` and `kid` are
    /// honoured; an `alg` that is an `enc` (RFC 7520 §5.6) means [`KeyManagement::Dir`]. Without `alg`, an
    /// RSA key does RSA-OAEP-256, and an EC key ECDH-ES+A256KW. Content is encrypted with A256GCM unless
    /// [`with_enc`](Self::with_enc) changes that.
    ///
    /// # Errors
    ///
    /// If it is malformed, weak, not on its curve, not meant for encryption, a secret of the wrong length, or a secret
    /// that does not say its `alg`.
    pub fn from_jwk(json: &str) -> std::result::Result<Self, InvalidKey> {
        let jwk = JwkMembers::parse(json, Purpose::Encryption)?;
        let recipient = Arc::new(Public::from_jwk(&jwk)?);
        Self::described(&jwk, recipient)
    }

    /// Reads a key from a PEM with one public key (`PUBLIC KEY`): RSA for RSA-OAEP-256, or EC for
    /// ECDH-ES+A256KW.
    ///
    /// # Errors
    ///
    /// If there is not exactly one public key of a supported kind, or an RSA key has fewer than 2048 bits.
    pub fn from_pem(pem: impl AsRef<[u8]>) -> std::result::Result<Self, InvalidKey> {
        Self::with_defaults(Arc::new(Public::from_pem(pem.as_ref())?))
    }

    /// A secret shared with the recipient: `dir`, `A128KW` or `A256KW`. It must be random, not a password.
    ///
    /// # Errors
    ///
    /// If its length is not the one that the algorithm has (RFC 7518 §4.4, §4.5), or the algorithm is another.
    pub fn secret(
        secret: impl AsRef<[u8]>,
        alg: KeyManagement,
        enc: ContentEncryption,
    ) -> std::result::Result<Self, InvalidKey> {
        let (recipient, _) = recipient::shared(Zeroizing::new(secret.as_ref().to_vec()));
        Self::new(alg, enc, None, recipient)
    }

    /// The same key with another `alg`, such as `ECDH-ES` instead of `ECDH-ES+A256KW`.
    ///
    /// # Errors
    ///
    /// If a key of this kind cannot be used with it.
    pub fn with_alg(self, alg: KeyManagement) -> std::result::Result<Self, InvalidKey> {
        Self::new(alg, self.enc, self.kid, self.recipient)
    }

    /// The same key with another `enc`.
    ///
    /// # Errors
    ///
    /// If it is a secret for `dir`, and of another length.
    pub fn with_enc(self, enc: ContentEncryption) -> std::result::Result<Self, InvalidKey> {
        Self::new(self.alg, enc, self.kid, self.recipient)
    }

    /// The same key with another identifier than its thumbprint.
    ///
    /// # Errors
    ///
    /// If the identifier is empty.
    pub fn with_kid(self, kid: impl Into<String>) -> std::result::Result<Self, InvalidKey> {
        Self::new(self.alg, self.enc, Some(kid.into().into()), self.recipient)
    }

    pub(super) fn new(
        alg: KeyManagement,
        enc: ContentEncryption,
        kid: Option<Arc<str>>,
        recipient: Arc<Public>,
    ) -> std::result::Result<Self, InvalidKey> {
        recipient.check(alg, enc)?;
        if kid.as_deref() == Some("") {
            return Err(InvalidKey::new(
                "the kid is empty: leave it out, or give the key a name (RFC 7517 §4.5)",
            ));
        }
        let kid = kid.or_else(|| thumbprint(recipient.jwk()?).map(Arc::from));
        Ok(Self { alg, enc, kid, recipient })
    }

    pub(super) fn with_defaults(recipient: Arc<Public>) -> std::result::Result<Self, InvalidKey> {
        let alg = recipient.default_algorithm().ok_or_else(|| {
            InvalidKey::new(
                "the JWK lacks `alg`, and a secret does not tell what it is for: add `\"alg\":\"A256KW\"`",
            )
        })?;
        Self::new(alg, ContentEncryption::default(), None, recipient)
    }

    /// The key with what a JWK says of itself.
    pub(super) fn described(
        jwk: &JwkMembers,
        recipient: Arc<Public>,
    ) -> std::result::Result<Self, InvalidKey> {
        let kid = jwk.kid().map(Arc::from);
        let Some(alg) = jwk.alg() else {
            let key = Self::with_defaults(recipient)?;
            return Self::new(key.alg, key.enc, kid.or(key.kid), key.recipient);
        };
        if let Some(alg) = KeyManagement::from_name(alg) {
            Self::new(alg, ContentEncryption::default(), kid, recipient)
        } else if let Some(enc) = ContentEncryption::from_name(alg) {
            Self::new(KeyManagement::Dir, enc, kid, recipient)
        } else if alg == "RSA1_5" {
            Err(InvalidKey::new(
                "the JWK's `alg` is `RSA1_5`, which RFC 8725 §3.2 forbids: use `RSA-OAEP-256`",
            ))
        } else {
            Err(InvalidKey::new(format!(
                "the JWK's `alg` `{}` is not supported for encryption",
                alg.escape_debug()
            )))
        }
    }

    /// The way in which the recipient comes by the content encryption key.
    pub const fn alg(&self) -> KeyManagement {
        self.alg
    }

    /// The encryption of the content.
    pub const fn enc(&self) -> ContentEncryption {
        self.enc
    }

    /// The key's identifier: the RFC 7638 thumbprint of a public key, unless another was given. A secret has
    /// none unless given one.
    pub fn kid(&self) -> Option<&str> {
        self.kid.as_deref()
    }

    /// The public key, with `kid`, `alg` and `use: enc`; `None` for a secret.
    pub fn public_jwk(&self) -> Option<Jwk> {
        Some(self.recipient.jwk()?.clone().described("enc", self.alg.as_str(), self.kid()))
    }

    pub(super) fn recipient(&self) -> &Public {
        &self.recipient
    }

    /// Encrypts anything, as a JWE in the compact form of RFC 7516 §3.1.
    ///
    /// # Errors
    ///
    /// `server_error` if the text is too long for a token of 64 KiB, or the cryptographic library fails.
    pub fn encrypt(&self, plaintext: &[u8]) -> Result<String> {
        self.encrypt_as(None, None, plaintext)
    }

    /// Encrypts a signed JWT: a nested JWT (RFC 7519 §11.2), which names its type outside, too (RFC 8725 §3.11).
    ///
    /// # Errors
    ///
    /// As [`encrypt`](Self::encrypt).
    pub fn encrypt_jwt(&self, typ: JwtType, jwt: &str) -> Result<String> {
        // RFC 7519 §5.2: "In the case that nested signing or encryption is employed, this Header Parameter MUST be
        // present; in this case, the value MUST be "JWT"".
        self.encrypt_as(Some(typ.as_str()), Some("JWT"), jwt.as_bytes())
    }

    fn encrypt_as(
        &self,
        typ: Option<&'static str>,
        cty: Option<&'static str>,
        plaintext: &[u8],
    ) -> Result<String> {
        let failed = |_| Error::server(format!("the encryption key failed to encrypt with {}", self.alg));
        let content = self.content_key().map_err(failed)?;
        let (alg, enc) = (self.alg.as_str(), self.enc.as_str());
        let header = Header { typ, cty, alg, enc, kid: self.kid(), epk: content.ephemeral.as_ref() };
        let header = serde_json::to_vec(&header).map_err(Error::server)?;
        let header = URL_SAFE_NO_PAD.encode(header);
        let mut iv = vec![0; self.enc.iv_len()];
        rand::fill(&mut iv).map_err(failed)?;
        let sealed =
            self.enc.seal(&content.key, &iv, header.as_bytes(), plaintext.to_vec()).map_err(failed)?;
        let jwe = join(&header, &content.encrypted, &iv, &sealed);
        if jwe.len() > LARGEST {
            return Err(Error::server(format!("an encrypted token would have more than {LARGEST} bytes")));
        }
        Ok(jwe)
    }

    /// RFC 7516 §5.1 steps 1 to 6: the content encryption key of one message, and how the recipient learns it.
    fn content_key(&self) -> std::result::Result<ContentKey, Unspecified> {
        let plain = |key, encrypted| ContentKey { key, encrypted, ephemeral: None };
        match &*self.recipient {
            Public::Secret(secret) if self.alg == KeyManagement::Dir => Ok(plain(secret.clone(), Vec::new())),
            Public::Secret(secret) => {
                let key = self.random_key()?;
                let encrypted = wrap(secret, &key)?;
                Ok(plain(key, encrypted))
            }
            Public::Rsa(recipient, _) => {
                let key = self.random_key()?;
                let mut encrypted = vec![0; recipient.ciphertext_size()];
                recipient.encrypt(&OAEP_SHA256_MGF1SHA256, &key, &mut encrypted, None)?;
                Ok(plain(key, encrypted))
            }
            Public::Ec(curve, recipient, _) => {
                let private = PrivateKey::generate(curve.algorithm())?;
                let ephemeral = EphemeralKey::new(*curve, private.compute_public_key()?.as_ref());
                let agreed = derive(&private, recipient.clone(), &agreed_key(self.alg, self.enc, &[], &[]))?;
                if self.alg == KeyManagement::EcdhEs {
                    return Ok(ContentKey { key: agreed, encrypted: Vec::new(), ephemeral });
                }
                let key = self.random_key()?;
                let encrypted = wrap(&agreed, &key)?;
                Ok(ContentKey { key, encrypted, ephemeral })
            }
        }
    }

    fn random_key(&self) -> std::result::Result<Zeroizing<Vec<u8>>, Unspecified> {
        let mut key = Zeroizing::new(vec![0; self.enc.key_len()]);
        rand::fill(&mut key)?;
        Ok(key)
    }
}

/// The purpose of an agreed key: RFC 7518 §4.6.2, `AlgorithmID` is `enc` in the direct mode, and otherwise
/// `alg`.
pub(super) fn agreed_key<'a>(
    alg: KeyManagement,
    enc: ContentEncryption,
    party_u: &'a [u8],
    party_v: &'a [u8],
) -> KeyInfo<'a> {
    let (algorithm_id, len) = match alg.wrapping_key_len() {
        Some(len) => (alg.as_str(), len),
        None => (enc.as_str(), enc.key_len()),
    };
    KeyInfo { algorithm_id, party_u, party_v, len }
}

/// The key that wraps, RFC 7518 §4.4. The library takes it by value for one use.
pub(super) fn wrapping_key(secret: &[u8]) -> std::result::Result<AesKek, Unspecified> {
    AesKek::new(if secret.len() == 16 { &AES_128 } else { &AES_256 }, secret)
}

pub(super) fn wrap(secret: &[u8], key: &[u8]) -> std::result::Result<Vec<u8>, Unspecified> {
    // RFC 3394 §2.2.1: one block of 64 bits more.
    let mut wrapped = vec![0; key.len() + 8];
    wrapping_key(secret)?.wrap(key, &mut wrapped)?;
    Ok(wrapped)
}

impl EncryptionKeys for EncryptionKey {
    fn encryption_key(&self) -> &Self {
        self
    }
}

impl fmt::Debug for EncryptionKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EncryptionKey")
            .field("alg", &self.alg)
            .field("enc", &self.enc)
            .field("kid", &self.kid())
            .finish_non_exhaustive()
    }
}
