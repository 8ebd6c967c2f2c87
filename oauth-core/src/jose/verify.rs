//! Verifying with one key, RFC 7515 §5.2.

use std::fmt;
use std::sync::Arc;

use aws_lc_rs::hmac;
use aws_lc_rs::signature::{ED25519, ParsedPublicKey, RsaPublicKeyComponents};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::{AlgorithmParameters, CommonParameters, EllipticCurve, PublicKeyUse};

use super::algorithm::{Curve, Scheme, name, scheme};
use super::{Algorithm, InvalidKey, Jwk, SigningKey, thumbprint};

/// A key that verifies, for exactly one algorithm (RFC 8725 §3.1). Cloning is cheap.
#[derive(Clone)]
pub struct VerifyingKey(Arc<Inner>);

struct Inner {
    algorithm: Algorithm,
    kid: Option<String>,
    jwk: Option<Jwk>,
    verifier: Verifier,
}

enum Verifier {
    Hmac(Box<hmac::Key>),
    Public(ParsedPublicKey),
}

impl VerifyingKey {
    /// From a public JWK. Without `alg`, an RSA key verifies RS256; without `kid`, its RFC 7638 thumbprint is used.
    ///
    /// # Errors
    ///
    /// If it is malformed, too weak, symmetric, or cannot do its own `alg`.
    pub fn from_jwk(jwk: &Jwk) -> Result<Self, InvalidKey> {
        if jwk.common.public_key_use.as_ref().is_some_and(|usage| *usage != PublicKeyUse::Signature) {
            return Err(InvalidKey::new(
                "the JWK's `use` is not `sig`: it is not for signatures (RFC 7517 §4.2)",
            ));
        }
        let algorithm = match (&jwk.common.key_algorithm, &jwk.algorithm) {
            (Some(algorithm), _) => Algorithm::try_from(*algorithm)
                .map_err(|_| InvalidKey::new(format!("the JWK's `alg` `{algorithm}` is not supported")))?,
            (None, AlgorithmParameters::EllipticCurve(ec)) if ec.curve == EllipticCurve::P384 => {
                Algorithm::ES384
            }
            (None, AlgorithmParameters::EllipticCurve(_)) => Algorithm::ES256,
            (None, AlgorithmParameters::OctetKeyPair(_)) => Algorithm::EdDSA,
            (None, _) => Algorithm::RS256,
        };
        let kid = jwk.common.key_id.clone().or_else(|| thumbprint(jwk));
        Self::public(algorithm, kid, &jwk.algorithm)
    }

    pub(super) fn public(
        algorithm: Algorithm,
        kid: Option<String>,
        parameters: &AlgorithmParameters,
    ) -> Result<Self, InvalidKey> {
        let verifier = Verifier::Public(parse(algorithm, parameters)?);
        let common = CommonParameters {
            public_key_use: Some(PublicKeyUse::Signature),
            key_algorithm: Some(algorithm.into()),
            key_id: kid.clone(),
            ..CommonParameters::default()
        };
        let jwk = Some(Jwk { common, algorithm: parameters.clone() });
        Ok(Self(Arc::new(Inner { algorithm, kid, jwk, verifier })))
    }

    pub(super) fn hmac(algorithm: Algorithm, kid: Option<String>, key: hmac::Key) -> Self {
        Self(Arc::new(Inner { algorithm, kid, jwk: None, verifier: Verifier::Hmac(Box::new(key)) }))
    }

    /// The only algorithm it verifies.
    pub fn algorithm(&self) -> Algorithm {
        self.0.algorithm
    }

    /// Its identifier.
    pub fn kid(&self) -> Option<&str> {
        self.0.kid.as_deref()
    }

    /// Its JWK with `kid`, `alg` and `use`; `None` for an HMAC key, which must stay secret.
    pub fn public_jwk(&self) -> Option<&Jwk> {
        self.0.jwk.as_ref()
    }

    /// Whether `signature` is this key's over `message`.
    #[must_use]
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> bool {
        match &self.0.verifier {
            Verifier::Hmac(key) => hmac::verify(key, message, signature).is_ok(),
            Verifier::Public(key) => key.verify_sig(message, signature).is_ok(),
        }
    }
}

impl From<SigningKey> for VerifyingKey {
    fn from(key: SigningKey) -> Self {
        key.verifying_key().clone()
    }
}

impl fmt::Debug for VerifyingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerifyingKey")
            .field("algorithm", &self.0.algorithm)
            .field("kid", &self.0.kid)
            .finish_non_exhaustive()
    }
}

/// Parses a public key of RFC 7518 §6 or RFC 8037 §2 for one algorithm.
fn parse(algorithm: Algorithm, parameters: &AlgorithmParameters) -> Result<ParsedPublicKey, InvalidKey> {
    let invalid = |_| InvalidKey::new(format!("the JWK is not a valid public key for {}", name(algorithm)));
    match (scheme(algorithm)?, parameters) {
        (Scheme::Rsa { verify, .. }, AlgorithmParameters::RSA(rsa)) => {
            let (n, e) = (decode("n", &rsa.n)?, decode("e", &rsa.e)?);
            // aws-lc-rs checks the size when it verifies; a weak key shall fail at start-up.
            if n.len() < 256 {
                return Err(super::material::weak_rsa());
            }
            RsaPublicKeyComponents { n, e }.to_parsed_public_key(verify).map_err(invalid)
        }
        (Scheme::Ec(curve), AlgorithmParameters::EllipticCurve(ec)) if is_on(curve, &ec.curve) => {
            // SEC 1 §2.3.3: 0x04, x, y.
            let (x, y) = (decode("x", &ec.x)?, decode("y", &ec.y)?);
            let point = [&[4], x.as_slice(), &y].concat();
            ParsedPublicKey::new(curve.verifying(), point).map_err(invalid)
        }
        (Scheme::Ed25519, AlgorithmParameters::OctetKeyPair(okp)) if okp.curve == EllipticCurve::Ed25519 => {
            ParsedPublicKey::new(&ED25519, decode("x", &okp.x)?).map_err(invalid)
        }
        _ => Err(InvalidKey::new(format!(
            "the JWK is not a public key for {} (RFC 7518 §3.1)",
            name(algorithm)
        ))),
    }
}

fn is_on(curve: Curve, named: &EllipticCurve) -> bool {
    match curve {
        Curve::P256 => *named == EllipticCurve::P256,
        Curve::P384 => *named == EllipticCurve::P384,
    }
}

fn decode(name: &str, text: &str) -> Result<Vec<u8>, InvalidKey> {
    URL_SAFE_NO_PAD
        .decode(text)
        .map_err(|_| InvalidKey::new(format!("the JWK's member `{name}` is not base64url (RFC 7515 §2)")))
}
