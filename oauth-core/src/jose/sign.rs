//! Signing: messages, and claims as JWTs.

use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use serde::Serialize;

use super::key::{How, Private};
use super::material::Material;
use super::signer::AnySigner;
use super::{JwtType, SigningKey, base64url};
use crate::error::{Error, Result};

/// Room for the usual claims, so that they grow rarely.
const USUAL_CLAIMS: usize = 512;
/// The longest signature that is not RSA's: that of ECDSA on P-384.
const SHORT_SIGNATURE: usize = 96;
/// The signature of a 4096-bit RSA key; a longer one that is made elsewhere makes its token's buffer grow once.
const USUAL_SIGNATURE: usize = 512;

impl SigningKey {
    /// Signs a message, in the form of RFC 7518 §3. A key that is here has the signature ready at once.
    ///
    /// # Errors
    ///
    /// `server_error` if the cryptographic library fails, or the key is elsewhere and what it gives is not its signature.
    pub async fn sign(&self, message: &[u8]) -> Result<Vec<u8>> {
        match &self.0.private {
            Private::Here(material, how) => Ok(self.signature(material, how, message)?.as_ref().to_vec()),
            Private::Elsewhere(signer) => self.signature_of(&**signer, message).await,
        }
    }

    /// Signs claims as a JWT in the compact form of RFC 7515 §3.1.
    ///
    /// ```
    /// use oauth_core::jose::{Algorithm, JwtType, KeyRing, SigningKey};
    ///
    /// # async fn sign() -> Result<(), Box<dyn std::error::Error>> {
    /// let key = SigningKey::generate(Algorithm::EdDSA)?;
    /// let jwt = key.sign_jwt(JwtType::Jwt, &serde_json::json!({"sub": "ada"})).await?;
    /// assert_eq!(KeyRing::new(key).verifying_keys().verify_jws(&jwt)?.payload, br#"{"sub":"ada"}"#);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    ///
    /// `server_error` if the claims do not serialise, and as [`sign`](Self::sign).
    pub async fn sign_jwt(&self, typ: JwtType, claims: &impl Serialize) -> Result<String> {
        let unsigned = self.unsigned_claims(typ, claims)?;
        self.sign_unsigned(unsigned).await
    }

    /// The first two parts of a JWT, with room for the third: nothing of the claims is waited for with.
    pub(crate) fn unsigned_claims(&self, typ: JwtType, claims: &impl Serialize) -> Result<String> {
        let mut json = Vec::with_capacity(USUAL_CLAIMS);
        serde_json::to_writer(&mut json, claims)
            .map_err(|cause| Error::server(format!("the claims of a token do not serialise: {cause}")))?;
        Ok(self.unsigned(typ, &json))
    }

    /// The same of claims in JSON.
    pub(crate) fn unsigned(&self, typ: JwtType, json: &[u8]) -> String {
        let signature = match &self.0.private {
            Private::Here(material, _) => match &**material {
                Material::Rsa(pair) => pair.public_modulus_len(),
                Material::Ec(..) | Material::Ed25519(_) | Material::Hmac(_) => SHORT_SIGNATURE,
            },
            Private::Elsewhere(_) => USUAL_SIGNATURE,
        };
        let header = self.header(typ);
        let room = header.len() + base64url::len(json.len()) + base64url::len(signature) + 2;
        let mut jws = String::with_capacity(room);
        jws.push_str(header);
        jws.push('.');
        base64url::append(json, &mut jws);
        jws
    }

    /// All three of them.
    pub(crate) async fn sign_unsigned(&self, mut jws: String) -> Result<String> {
        match &self.0.private {
            Private::Here(material, how) => {
                let signature = self.signature(material, how, jws.as_bytes())?;
                jws.push('.');
                base64url::append(signature.as_ref(), &mut jws);
            }
            Private::Elsewhere(signer) => {
                let signature = self.signature_of(&**signer, jws.as_bytes()).await?;
                jws.push('.');
                base64url::append(signature.as_ref(), &mut jws);
            }
        }
        Ok(jws)
    }

    /// Checks the signature that another signer gives: a service that answers in ASN.1, or for another key,
    /// would make tokens that nobody can verify.
    async fn signature_of(&self, signer: &dyn AnySigner, message: &[u8]) -> Result<Vec<u8>> {
        let signature = signer.sign(message).await?;
        if self.verify(message, &signature) {
            return Ok(signature);
        }
        Err(Error::server(format!(
            "what the remote key gave is no signature of its public JWK with {}: is it in ASN.1 instead of the form of RFC \
             7518 section 3?",
            self.algorithm()
        )))
    }

    fn header(&self, typ: JwtType) -> &str {
        let [access_token, jwt, logout_token, id_jag] = &self.0.headers;
        match typ {
            JwtType::AccessToken => access_token,
            JwtType::Jwt => jwt,
            JwtType::LogoutToken => logout_token,
            JwtType::IdJag => id_jag,
        }
    }

    fn signature(&self, material: &Material, how: &How, message: &[u8]) -> Result<Signature> {
        let failed = |_| Error::server(format!("the signing key failed to sign with {}", self.algorithm()));
        Ok(match (material, how) {
            (_, How::Hmac(key)) => Signature::Hmac(hmac::sign(key, message)),
            (Material::Rsa(pair), How::Rsa(encoding)) => {
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
