//! Private keys, as aws-lc-rs holds them once they are parsed.

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::error::KeyRejected;
use aws_lc_rs::rand::{SecureRandom as _, SystemRandom};
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, RsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use zeroize::Zeroizing;

use super::pem::Encoding;
use super::purpose::Purpose;
use super::scheme::{Curve, Scheme, scheme};
use super::{Algorithm, InvalidKey, Jwk, pem};
use crate::secret::SecretString;

pub(super) enum Material {
    /// The secret itself: each algorithm makes a key of its own from it.
    Hmac(Zeroizing<Vec<u8>>),
    Rsa(RsaKeyPair),
    Ec(Curve, EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

impl Material {
    /// RSA keys have 2048 bits, HMAC keys the length of the hash.
    pub(super) fn generate(algorithm: Algorithm) -> Result<Self, InvalidKey> {
        let failed = |_| InvalidKey::new(format!("a key for {algorithm} could not be generated"));
        Ok(match scheme(algorithm) {
            Scheme::Hmac(hmac) => {
                let mut secret = Zeroizing::new(vec![0; hmac.tag_len()]);
                SystemRandom::new().fill(&mut secret).map_err(failed)?;
                Self::Hmac(secret)
            }
            Scheme::Rsa { .. } => Self::Rsa(RsaKeyPair::generate(KeySize::Rsa2048).map_err(failed)?),
            Scheme::Ec(curve) => Self::Ec(curve, EcdsaKeyPair::generate(curve.signing()).map_err(failed)?),
            Scheme::Ed25519 => Self::Ed25519(Ed25519KeyPair::generate().map_err(failed)?),
        })
    }

    /// A private key in PEM.
    pub(super) fn from_pem(text: &[u8]) -> Result<Self, InvalidKey> {
        let (encoding, der) = pem::private_key(text, Purpose::Signing)?;
        match encoding {
            Encoding::Pkcs8 => Self::from_pkcs8(&der),
            Encoding::Pkcs1 => rsa_from_pkcs1(&der).map(Self::Rsa),
            Encoding::Sec1 => Self::from_sec1(&der),
        }
    }

    /// `PrivateKeyInfo` of RFC 5208: it says itself what kind of key it holds.
    fn from_pkcs8(der: &[u8]) -> Result<Self, InvalidKey> {
        match RsaKeyPair::from_pkcs8(der) {
            Ok(pair) => return Ok(Self::Rsa(pair)),
            Err(rejected) if is_too_small(&rejected) => return Err(weak_rsa()),
            Err(_) => {}
        }
        for curve in Curve::ALL {
            if let Ok(pair) = EcdsaKeyPair::from_pkcs8(curve.signing(), der) {
                return Ok(Self::Ec(curve, pair));
            }
        }
        Ed25519KeyPair::from_pkcs8(der).map(Self::Ed25519).map_err(|_| {
            InvalidKey::new(
                "the private key is damaged or of a kind that is not supported: use RSA, P-256, P-384 or Ed25519",
            )
        })
    }

    /// `ECPrivateKey` of RFC 5915.
    fn from_sec1(der: &[u8]) -> Result<Self, InvalidKey> {
        Curve::ALL
            .into_iter()
            .find_map(|curve| {
                Some(Self::Ec(curve, EcdsaKeyPair::from_private_key_der(curve.signing(), der).ok()?))
            })
            .ok_or_else(|| {
                InvalidKey::new(
                    "the EC key is damaged or on a curve that is not supported: use P-256 or P-384",
                )
            })
    }

    /// The algorithm that it signs with unless something else is asked for.
    pub(super) const fn default_algorithm(&self) -> Algorithm {
        match self {
            Self::Hmac(_) => Algorithm::HS256,
            Self::Rsa(_) => Algorithm::RS256,
            Self::Ec(curve, _) => curve.algorithm(),
            Self::Ed25519(_) => Algorithm::EdDSA,
        }
    }

    /// Refuses an algorithm that this key cannot sign with.
    pub(super) fn check_algorithm(&self, algorithm: Algorithm) -> Result<Scheme, InvalidKey> {
        let scheme = scheme(algorithm);
        let (kind, algorithms) = match (self, scheme) {
            (Self::Hmac(secret), Scheme::Hmac(hmac)) => {
                // RFC 7518 §3.2: "A key of the same size as the hash output (for instance, 256 bits for "HS256") or
                // larger MUST be used with this algorithm."
                return if secret.len() >= hmac.tag_len() {
                    Ok(scheme)
                } else {
                    Err(InvalidKey::new(format!(
                        "the secret has {} bytes and {algorithm} needs at least {} (RFC 7518 §3.2)",
                        secret.len(),
                        hmac.tag_len()
                    )))
                };
            }
            (Self::Rsa(_), Scheme::Rsa { .. }) | (Self::Ed25519(_), Scheme::Ed25519) => return Ok(scheme),
            (Self::Ec(curve, _), Scheme::Ec(wanted)) if *curve == wanted => return Ok(scheme),
            (Self::Hmac(_), _) => ("an HMAC secret", "HS256, HS384 or HS512"),
            (Self::Rsa(_), _) => ("an RSA key", "RS256, RS384, RS512, PS256, PS384 or PS512"),
            (Self::Ec(Curve::P256, _), _) => ("a P-256 key", "ES256"),
            (Self::Ec(Curve::P384, _), _) => ("a P-384 key", "ES384"),
            (Self::Ed25519(_), _) => ("an Ed25519 key", "EdDSA or Ed25519"),
        };
        Err(InvalidKey::new(format!(
            "{kind} cannot sign with {algorithm}, only with {algorithms} (RFC 7518 §3.1)"
        )))
    }

    /// The public half (RFC 7518 §6, RFC 8037 §2); a secret has none.
    pub(super) fn public_jwk(&self) -> Option<Jwk> {
        Some(match self {
            Self::Hmac(_) => return None,
            Self::Rsa(pair) => rsa_jwk(
                pair.public_key().modulus().big_endian_without_leading_zero(),
                pair.public_key().exponent().big_endian_without_leading_zero(),
            ),
            Self::Ec(curve, pair) => ec_jwk(curve.name(), pair.public_key().as_ref())?,
            Self::Ed25519(pair) => {
                let x = URL_SAFE_NO_PAD.encode(pair.public_key().as_ref());
                Jwk::of("OKP", [("crv", "Ed25519".to_owned()), ("x", x)])
            }
        })
    }

    /// `PrivateKeyInfo` of RFC 5208, in PEM.
    pub(super) fn to_pkcs8_pem(&self) -> Result<SecretString, InvalidKey> {
        let failed = |_| InvalidKey::new("the key could not be written as PKCS#8");
        Ok(match self {
            Self::Hmac(_) => {
                return Err(InvalidKey::new(
                    "a secret has no PKCS#8 form (RFC 5208): keep the secret itself",
                ));
            }
            Self::Rsa(pair) => {
                let der: Pkcs8V1Der<'_> = pair.as_der().map_err(failed)?;
                pem::from_pkcs8(der.as_ref())
            }
            Self::Ec(_, pair) => pem::from_pkcs8(pair.to_pkcs8v1().map_err(failed)?.as_ref()),
            // Version 1: what other tools read.
            Self::Ed25519(pair) => pem::from_pkcs8(pair.to_pkcs8v1().map_err(failed)?.as_ref()),
        })
    }
}

/// `RSAPrivateKey` of RFC 8017 A.1.2.
pub(super) fn rsa_from_pkcs1(der: &[u8]) -> Result<RsaKeyPair, InvalidKey> {
    RsaKeyPair::from_der(der).map_err(|rejected| rsa_rejected(&rejected))
}

/// An RSA public key as a JWK, RFC 7518 §6.3.1.
pub(super) fn rsa_jwk(n: &[u8], e: &[u8]) -> Jwk {
    Jwk::of("RSA", [("n", n), ("e", e)].map(|(name, number)| (name, URL_SAFE_NO_PAD.encode(number))))
}

/// A point as a JWK, RFC 7518 §6.2.1; `None` if it is not in the form of SEC 1 §2.3.3: 0x04, x, y.
pub(super) fn ec_jwk(curve: &str, point: &[u8]) -> Option<Jwk> {
    let coordinates = point.strip_prefix(&[4])?;
    let (x, y) = coordinates.split_at_checked(coordinates.len() / 2)?;
    let [x, y] = [x, y].map(|coordinate| URL_SAFE_NO_PAD.encode(coordinate));
    Some(Jwk::of("EC", [("crv", curve.to_owned()), ("x", x), ("y", y)]))
}

pub(super) fn rsa_rejected(rejected: &KeyRejected) -> InvalidKey {
    if is_too_small(rejected) {
        weak_rsa()
    } else {
        InvalidKey::new("the RSA key is damaged, or has more than 8192 bits or more than two primes")
    }
}

fn is_too_small(rejected: &KeyRejected) -> bool {
    rejected.to_string() == "TooSmall"
}

/// RFC 7518 §3.3, §3.5: "A key of size 2048 bits or larger MUST be used with these algorithms."
pub(super) fn weak_rsa() -> InvalidKey {
    InvalidKey::new(
        "the RSA key has fewer than 2048 bits (RFC 7518 §3.3): make a new one with \
         `openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048`",
    )
}
