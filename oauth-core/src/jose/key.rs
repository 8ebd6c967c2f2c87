//! [`SigningKey`]: parsed once, signs many times.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::RsaEncoding;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use zeroize::Zeroizing;

use super::algorithm::{Scheme, name};
use super::jwk::JwkMembers;
use super::material::Material;
use super::purpose::Purpose;
use super::verify::VerifyingKey;
use super::{Algorithm, InvalidKey, Jwk, SigningKeys, file, thumbprint};
use crate::error::{Error, Result};
use crate::secret::SecretString;

/// The signature of a 4096-bit RSA key; a longer one makes its token's buffer grow once.
const USUAL_SIGNATURE: usize = 512;

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
pub struct SigningKey(Arc<Inner>);

struct Inner {
    material: Arc<Material>,
    signer: Signer,
    verifying: VerifyingKey,
    headers: [String; JwtType::ALL.len()],
}

/// What signing needs beside the material.
enum Signer {
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
}

impl JwtType {
    const ALL: [Self; 3] = [Self::AccessToken, Self::Jwt, Self::LogoutToken];

    /// The header's value.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AccessToken => "at+jwt",
            Self::Jwt => "JWT",
            Self::LogoutToken => "logout+jwt",
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
        Self::new(Arc::new(Material::generate(algorithm)?), algorithm, None)
    }

    /// From PEM: PKCS#8 (`PRIVATE KEY`), PKCS#1 (`RSA PRIVATE KEY`) or SEC 1 (`EC PRIVATE KEY`). It signs with RS256,
    /// ES256, ES384 or `EdDSA`, by its kind; [`with_algorithm`](Self::with_algorithm) changes that.
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

    /// From a private JWK in JSON: RSA, EC, OKP or oct. Its `alg` and `kid` are honoured.
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

    /// The same key with another algorithm, such as PS256 instead of RS256.
    ///
    /// # Errors
    ///
    /// If a key of this kind cannot sign with it.
    pub fn with_algorithm(self, algorithm: Algorithm) -> Result<Self, InvalidKey> {
        let kid = self.kid().map(str::to_owned);
        Self::new(Arc::clone(&self.0.material), algorithm, kid)
    }

    /// The same key with another identifier than its thumbprint.
    ///
    /// # Errors
    ///
    /// If the identifier is empty.
    pub fn with_kid(self, kid: impl Into<String>) -> Result<Self, InvalidKey> {
        Self::new(Arc::clone(&self.0.material), self.algorithm(), Some(kid.into()))
    }

    fn with_defaults(material: Material) -> Result<Self, InvalidKey> {
        let algorithm = material.default_algorithm();
        Self::new(Arc::new(material), algorithm, None)
    }

    fn new(material: Arc<Material>, algorithm: Algorithm, kid: Option<String>) -> Result<Self, InvalidKey> {
        if kid.as_ref().is_some_and(String::is_empty) {
            return Err(InvalidKey::new(
                "the `kid` is empty: leave it out for the key's thumbprint (RFC 7638)",
            ));
        }
        let (signer, verifying) = match (material.check_algorithm(algorithm)?, material.public_parameters()) {
            (Scheme::Hmac(hmac), _) => {
                let Material::Hmac(secret) = &*material else {
                    return Err(InvalidKey::new("the key is not a secret"));
                };
                let key = hmac::Key::new(hmac, secret);
                (Signer::Hmac(Box::new(key.clone())), VerifyingKey::hmac(algorithm, kid, key))
            }
            (scheme, Some(parameters)) => {
                let kid = kid.or_else(|| {
                    thumbprint(&Jwk {
                        common: jsonwebtoken::jwk::CommonParameters::default(),
                        algorithm: parameters.clone(),
                    })
                });
                let signer = match scheme {
                    Scheme::Rsa { sign, .. } => Signer::Rsa(sign),
                    _ => Signer::Pair,
                };
                (signer, VerifyingKey::public(algorithm, kid, &parameters)?)
            }
            (_, None) => return Err(InvalidKey::new("the key has no public half")),
        };
        let headers = JwtType::ALL.map(|typ| encoded_header(typ, algorithm, verifying.kid()));
        Ok(Self(Arc::new(Inner { material, signer, verifying, headers })))
    }

    /// The algorithm it signs with.
    pub fn algorithm(&self) -> Algorithm {
        self.0.verifying.algorithm()
    }

    /// Its identifier: the RFC 7638 thumbprint, unless another was given. An HMAC key has none unless given one: a
    /// thumbprint would let anyone test guesses at the secret (RFC 7638 §7).
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
    /// For an HMAC key, which has no such form.
    pub fn to_pkcs8_pem(&self) -> Result<SecretString, InvalidKey> {
        self.0.material.to_pkcs8_pem()
    }

    /// Appends the signature of `message` to `signature`, in the form of RFC 7518 §3.
    ///
    /// # Errors
    ///
    /// `server_error` if the cryptographic library fails.
    pub fn sign(&self, message: &[u8], signature: &mut Vec<u8>) -> Result<()> {
        signature.extend_from_slice(self.signature(message)?.as_ref());
        Ok(())
    }

    /// Whether `signature` is this key's over `message`.
    #[must_use]
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        self.0.verifying.verify(message, signature)
    }

    /// Signs claims as a JWT in the compact form of RFC 7515 §3.1.
    ///
    /// ```
    /// use oauth_core::jose::{Algorithm, JwtType, KeyRing, SigningKey};
    ///
    /// let key = SigningKey::generate(Algorithm::EdDSA)?;
    /// let jwt = key.sign_jwt(JwtType::Jwt, &serde_json::json!({"sub": "ada"}))?;
    /// assert_eq!(KeyRing::new(key).verifying_keys().verify_jws(&jwt)?.payload, br#"{"sub":"ada"}"#);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `server_error` if the claims do not serialise or the cryptographic library fails.
    pub fn sign_jwt(&self, typ: JwtType, claims: &impl Serialize) -> Result<String> {
        // Room for the usual access token, so that it grows rarely.
        let mut json = Vec::with_capacity(512);
        serde_json::to_writer(&mut json, claims)
            .map_err(|cause| Error::server(format!("the claims of a token do not serialise: {cause}")))?;
        let header = self.header(typ);
        let mut jws = String::with_capacity(header.len() + (json.len() + USUAL_SIGNATURE) * 4 / 3 + 4);
        jws.push_str(header);
        jws.push('.');
        URL_SAFE_NO_PAD.encode_string(&json, &mut jws);
        let signature = self.signature(jws.as_bytes())?;
        jws.push('.');
        URL_SAFE_NO_PAD.encode_string(signature, &mut jws);
        Ok(jws)
    }

    fn header(&self, typ: JwtType) -> &str {
        let [access_token, jwt, logout_token] = &self.0.headers;
        match typ {
            JwtType::AccessToken => access_token,
            JwtType::Jwt => jwt,
            JwtType::LogoutToken => logout_token,
        }
    }

    fn signature(&self, message: &[u8]) -> Result<Signature> {
        let failed =
            |_| Error::server(format!("the signing key failed to sign with {}", name(self.algorithm())));
        Ok(match (&*self.0.material, &self.0.signer) {
            (_, Signer::Hmac(key)) => Signature::Hmac(hmac::sign(key, message)),
            (Material::Rsa(pair), Signer::Rsa(encoding)) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(*encoding, &SystemRandom::new(), message, &mut signature).map_err(failed)?;
                Signature::Rsa(signature)
            }
            (Material::Ec(_, pair), _) => {
                Signature::Pair(pair.sign(&SystemRandom::new(), message).map_err(failed)?)
            }
            (Material::Ed25519(pair), _) => Signature::Pair(pair.try_sign(message).map_err(failed)?),
            (Material::Hmac(_) | Material::Rsa(_), _) => {
                return Err(Error::server("the signing key does not fit its own algorithm"));
            }
        })
    }
}

/// A signature where the library put it.
#[allow(
    clippy::large_enum_variant,
    reason = "it lives on the stack for a moment; a box would be an allocation a token"
)]
enum Signature {
    Hmac(hmac::Tag),
    Rsa(Vec<u8>),
    Pair(aws_lc_rs::signature::Signature),
}

impl AsRef<[u8]> for Signature {
    fn as_ref(&self) -> &[u8] {
        match self {
            Self::Hmac(tag) => tag.as_ref(),
            Self::Rsa(bytes) => bytes,
            Self::Pair(signature) => signature.as_ref(),
        }
    }
}

/// RFC 7515 §3.1: base64url of the protected header, which is the same for all tokens of a key.
fn encoded_header(typ: JwtType, algorithm: Algorithm, kid: Option<&str>) -> String {
    let mut header = serde_json::Map::new();
    header.insert("typ".into(), typ.as_str().into());
    header.insert("alg".into(), name(algorithm).to_string().into());
    if let Some(kid) = kid {
        header.insert("kid".into(), kid.into());
    }
    URL_SAFE_NO_PAD.encode(serde_json::Value::Object(header).to_string())
}

impl SigningKeys for SigningKey {
    fn active(&self) -> &SigningKey {
        self
    }

    fn jwks(&self) -> Vec<Jwk> {
        self.public_jwk().into_iter().collect()
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
