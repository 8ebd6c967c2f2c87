//! [`SigningKey`]: parsed once, signs many times.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use aws_lc_rs::hmac;
use aws_lc_rs::signature::RsaEncoding;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use zeroize::Zeroizing;

use super::material::Material;
use super::members::JwkMembers;
use super::purpose::Purpose;
use super::scheme::Scheme;
use super::signer::{AnySigner, Signer};
use super::verify::VerifyingKey;
use super::{Algorithm, InvalidKey, Jwk, KeySet, SigningKeys, file};
use crate::secret::SecretString;

/// A private key or a secret, with the one algorithm it signs with. Cloning is cheap; `Debug` shows no secret.
///
/// ```
/// use oauth_core::jose::{Algorithm, SigningKey};
///
/// let key = SigningKey::generate(Algorithm::ES256)?;
/// // Kept in a file, it is the same key after a restart.
/// let pem = key.to_pkcs8_pem()?;
/// assert_eq!(SigningKey::from_pem(pem.expose())?.kid(), key.kid());
/// # Ok::<(), oauth_core::jose::InvalidKey>(())
/// ```
#[derive(Clone)]
pub struct SigningKey(pub(super) Arc<Inner>);

pub(super) struct Inner {
    pub(super) private: Private,
    verifying: VerifyingKey,
    pub(super) headers: [String; JwtType::ALL.len()],
    /// It was made here, and not given.
    is_made_here: bool,
}

/// The place of the private half.
#[derive(Clone)]
pub(super) enum Private {
    Here(Arc<Material>, How),
    Elsewhere(Arc<dyn AnySigner>),
}

/// The things that signing needs beside the material.
#[derive(Clone)]
pub(super) enum How {
    Hmac(Box<hmac::Key>),
    Rsa(&'static dyn RsaEncoding),
    Pair,
}

/// `typ` of a JWT (RFC 8725 §3.11), so that one kind is never taken for another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum JwtType {
    /// `at+jwt`, an access token of RFC 9068 §2.1.
    AccessToken,
    /// `JWT`, RFC 7519 §5.1.
    Jwt,
    /// `logout+jwt`, OIDC Back-Channel Logout §2.4.
    LogoutToken,
    /// `oauth-id-jag+jwt`, an identity assertion authorization grant.
    IdJag,
}

impl JwtType {
    const ALL: [Self; 4] = [Self::AccessToken, Self::Jwt, Self::LogoutToken, Self::IdJag];

    /// The header's value.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AccessToken => "at+jwt",
            Self::Jwt => "JWT",
            Self::LogoutToken => "logout+jwt",
            Self::IdJag => "oauth-id-jag+jwt",
        }
    }
}

impl SigningKey {
    /// A new random key; RSA keys have 2048 bits.
    ///
    /// It dies with the process and so do its tokens: [`KeyRing::load_or_generate`](super::KeyRing::load_or_generate)
    /// keeps one in a file.
    ///
    /// # Errors
    ///
    /// If the system has no randomness.
    pub fn generate(algorithm: Algorithm) -> Result<Self, InvalidKey> {
        Ok(Self::new(Arc::new(Material::generate(algorithm)?), algorithm, None)?.made_here())
    }

    /// The same key, as one that this process or another one on this machine made by itself.
    pub(super) fn made_here(self) -> Self {
        let Inner { private, verifying, headers, .. } = &*self.0;
        let (private, verifying, headers) = (private.clone(), verifying.clone(), headers.clone());
        Self(Arc::new(Inner { private, verifying, headers, is_made_here: true }))
    }

    /// True if instances elsewhere have other ones, since each makes its own.
    pub(crate) fn is_made_here(&self) -> bool {
        self.0.is_made_here
    }

    /// Reads a key from PEM: PKCS#8 (`PRIVATE KEY`), PKCS#1 (`RSA PRIVATE KEY`) or SEC 1 (`EC PRIVATE KEY`).
    /// It signs with RS256, ES256, ES384 or `EdDSA`, by its kind; [`with_algorithm`](Self::with_algorithm)
    /// changes that.
    ///
    /// # Errors
    ///
    /// If there is not exactly one unencrypted private key of a supported kind, or an RSA key has fewer than 2048 bits.
    pub fn from_pem(pem: impl AsRef<[u8]>) -> Result<Self, InvalidKey> {
        Self::with_defaults(Material::from_pem(pem.as_ref())?)
    }

    /// [`from_pem`](Self::from_pem), from a file.
    ///
    /// # Errors
    ///
    /// Also if the file cannot be read; the message names it.
    pub fn from_pem_file(path: impl AsRef<Path>) -> Result<Self, InvalidKey> {
        file::read(path.as_ref())
    }

    /// Reads a key from a private JWK in JSON: RSA, EC, OKP or oct. Its `alg` and `kid` are honoured.
    ///
    /// # Errors
    ///
    /// If it is malformed, public, weak, inconsistent in itself, or not meant for signatures.
    pub fn from_jwk(json: &str) -> Result<Self, InvalidKey> {
        let jwk = JwkMembers::parse(json, Purpose::Signing)?;
        let material = jwk.material()?;
        let algorithm = jwk.algorithm()?.unwrap_or(material.default_algorithm());
        Self::new(Arc::new(material), algorithm, jwk.kid().map(str::to_owned))
    }

    /// A secret shared with whoever verifies: HS256, HS384 or HS512. It must be random, not a password.
    ///
    /// # Errors
    ///
    /// If it is shorter than the hash (RFC 7518 §3.2: 32, 48 or 64 bytes), or the algorithm is another.
    pub fn hmac(secret: impl AsRef<[u8]>, algorithm: Algorithm) -> Result<Self, InvalidKey> {
        Self::new(Arc::new(Material::Hmac(Zeroizing::new(secret.as_ref().to_vec()))), algorithm, None)
    }

    /// A private key that is elsewhere.
    ///
    /// # Errors
    ///
    /// If its public half is not for signatures, or does not say its `alg`.
    pub fn remote(signer: impl Signer) -> Result<Self, InvalidKey> {
        let jwk = signer.public_jwk();
        if jwk.alg().is_none() {
            return Err(InvalidKey::new(
                "the public JWK of the remote key lacks `alg`: say what it signs with",
            ));
        }
        let verifying = VerifyingKey::from_jwk(&jwk)?;
        Ok(Self::assemble(Private::Elsewhere(Arc::new(signer)), verifying))
    }

    /// The same key with another algorithm, such as PS256 instead of RS256.
    ///
    /// # Errors
    ///
    /// If a key of this kind cannot sign with it, or the key is elsewhere.
    pub fn with_algorithm(self, algorithm: Algorithm) -> Result<Self, InvalidKey> {
        let kid = self.kid().map(str::to_owned);
        match &self.0.private {
            Private::Here(material, _) => Self::new(Arc::clone(material), algorithm, kid),
            Private::Elsewhere(_) if algorithm == self.algorithm() => Ok(self),
            Private::Elsewhere(_) => Err(InvalidKey::new(format!(
                "the key is elsewhere and signs with {}, as `alg` of its public JWK says: change that",
                self.algorithm()
            ))),
        }
    }

    /// The same key with another identifier than its thumbprint.
    ///
    /// # Errors
    ///
    /// If the identifier is empty.
    pub fn with_kid(self, kid: impl Into<String>) -> Result<Self, InvalidKey> {
        let (algorithm, kid) = (self.algorithm(), Some(kid.into()));
        match (&self.0.private, self.public_jwk()) {
            (Private::Here(material, _), _) => Self::new(Arc::clone(material), algorithm, kid),
            (private @ Private::Elsewhere(_), Some(jwk)) => {
                check_kid(kid.as_deref())?;
                Ok(Self::assemble(private.clone(), VerifyingKey::public(algorithm, kid, jwk)?))
            }
            (Private::Elsewhere(_), None) => Err(InvalidKey::new("the key has no public half")),
        }
    }

    fn with_defaults(material: Material) -> Result<Self, InvalidKey> {
        let algorithm = material.default_algorithm();
        Self::new(Arc::new(material), algorithm, None)
    }

    fn new(material: Arc<Material>, algorithm: Algorithm, kid: Option<String>) -> Result<Self, InvalidKey> {
        check_kid(kid.as_deref())?;
        let (how, verifying) = match (material.check_algorithm(algorithm)?, material.public_jwk()) {
            (Scheme::Hmac(hmac), _) => {
                let Material::Hmac(secret) = &*material else {
                    return Err(InvalidKey::new("the key is not a secret"));
                };
                let key = hmac::Key::new(hmac, secret);
                (How::Hmac(Box::new(key.clone())), VerifyingKey::hmac(algorithm, kid, key))
            }
            (scheme, Some(jwk)) => {
                let how = match scheme {
                    Scheme::Rsa { sign, .. } => How::Rsa(sign),
                    _ => How::Pair,
                };
                (how, VerifyingKey::public(algorithm, kid, jwk)?)
            }
            (_, None) => return Err(InvalidKey::new("the key has no public half")),
        };
        Ok(Self::assemble(Private::Here(material, how), verifying))
    }

    fn assemble(private: Private, verifying: VerifyingKey) -> Self {
        let headers = JwtType::ALL.map(|typ| encoded_header(typ, verifying.algorithm(), verifying.kid()));
        Self(Arc::new(Inner { private, verifying, headers, is_made_here: false }))
    }

    /// The algorithm it signs with.
    pub fn algorithm(&self) -> Algorithm {
        self.0.verifying.algorithm()
    }

    /// The key's identifier: the RFC 7638 thumbprint, unless another was given. An HMAC key has none unless
    /// given one: a thumbprint would let anyone test guesses at the secret (RFC 7638 §7).
    pub fn kid(&self) -> Option<&str> {
        self.0.verifying.kid()
    }

    /// The public key, with `kid`, `alg` and `use: sig`; `None` for an HMAC key.
    pub fn public_jwk(&self) -> Option<Jwk> {
        self.0.verifying.public_jwk().cloned()
    }

    /// The half that verifies.
    pub fn verifying_key(&self) -> &VerifyingKey {
        &self.0.verifying
    }

    /// The key as an unencrypted PKCS#8 PEM, to be kept where only the server can read it.
    ///
    /// # Errors
    ///
    /// For an HMAC key, which has no such form, and for a key that is elsewhere.
    pub fn to_pkcs8_pem(&self) -> Result<SecretString, InvalidKey> {
        match &self.0.private {
            Private::Here(material, _) => material.to_pkcs8_pem(),
            Private::Elsewhere(_) => {
                Err(InvalidKey::new("the key is elsewhere, and cannot be written to a file"))
            }
        }
    }

    /// Tells whether `signature` is this key's over `message`.
    #[must_use]
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        self.0.verifying.verify(message, signature)
    }
}

fn check_kid(kid: Option<&str>) -> Result<(), InvalidKey> {
    if kid == Some("") {
        return Err(InvalidKey::new("the `kid` is empty: leave it out for the key's thumbprint (RFC 7638)"));
    }
    Ok(())
}

/// RFC 7515 §3.1: base64url of the protected header, which is the same for all tokens of a key.
fn encoded_header(typ: JwtType, algorithm: Algorithm, kid: Option<&str>) -> String {
    let mut header = serde_json::Map::new();
    header.insert("typ".into(), typ.as_str().into());
    header.insert("alg".into(), algorithm.as_str().into());
    if let Some(kid) = kid {
        header.insert("kid".into(), kid.into());
    }
    URL_SAFE_NO_PAD.encode(serde_json::Value::Object(header).to_string())
}

impl SigningKeys for SigningKey {
    fn active(&self) -> SigningKey {
        self.clone()
    }

    fn jwks(&self) -> Vec<Jwk> {
        self.public_jwk().into_iter().collect()
    }

    fn public_keys(&self) -> KeySet {
        let key = self.verifying_key();
        key.public_jwk().map(|_| key.clone()).into_iter().collect()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey")
            .field("algorithm", &self.algorithm())
            .field("kid", &self.kid())
            .finish_non_exhaustive()
    }
}
