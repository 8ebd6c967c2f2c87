//! The two halves of a recipient's key, parsed: what encrypts to it, and what decrypts.

use std::sync::Arc;

use aws_lc_rs::agreement::{ParsedPublicKey, PrivateKey, UnparsedPublicKey};
use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rand;
use aws_lc_rs::rsa::{
    KeySize, OaepPrivateDecryptingKey, OaepPublicEncryptingKey, PrivateDecryptingKey, PublicEncryptingKey,
    PublicKey,
};
use aws_lc_rs::signature::{KeyPair as _, RsaKeyPair, RsaPublicKeyComponents};
use zeroize::Zeroizing;

use super::agreement::EcdhCurve;
use super::{ContentEncryption, KeyManagement};
use crate::jose::material::{ec_jwk, rsa_from_pkcs1, rsa_jwk, rsa_rejected, weak_rsa};
use crate::jose::members::JwkMembers;
use crate::jose::pem::Encoding;
use crate::jose::purpose::Purpose;
use crate::jose::{InvalidKey, Jwk, pem};
use crate::secret::SecretString;

/// The key that encrypts.
pub(super) enum Public {
    /// A shared secret, which also decrypts.
    Secret(Zeroizing<Vec<u8>>),
    Rsa(OaepPublicEncryptingKey, Jwk),
    Ec(EcdhCurve, ParsedPublicKey, Jwk),
}

/// The key that decrypts.
pub(super) enum Private {
    /// The secret of the other half.
    Shared,
    Rsa(OaepPrivateDecryptingKey, RsaKeyPair),
    Ec(PrivateKey),
}

/// Both halves of one key.
pub(super) type Halves = (Arc<Public>, Arc<Private>);

impl Public {
    /// Reads a key from a JWK (RFC 7518 §6); private members are ignored.
    pub(super) fn from_jwk(jwk: &JwkMembers) -> Result<Self, InvalidKey> {
        match jwk.kty() {
            "oct" => jwk.secret().map(Self::Secret),
            "RSA" => Self::rsa(&jwk.rsa_public()?),
            "EC" => {
                let (curve, [x, y]) = (curve(jwk)?, jwk.coordinates()?);
                Self::ec(curve, curve.public_key(&x, &y).ok_or_else(|| not_on(curve))?)
            }
            other => Err(unsupported_kty(other)),
        }
    }

    /// Reads a key from a PEM with one public key.
    pub(super) fn from_pem(text: &[u8]) -> Result<Self, InvalidKey> {
        let der = pem::public_key(text)?;
        if let Ok(key) = PublicKey::from_der(&der) {
            return Self::rsa(&RsaPublicKeyComponents {
                n: key.modulus().big_endian_without_leading_zero().to_vec(),
                e: key.exponent().big_endian_without_leading_zero().to_vec(),
            });
        }
        for curve in EcdhCurve::ALL {
            if let Ok(key) = UnparsedPublicKey::new(curve.algorithm(), &der).try_into() {
                return Self::ec(curve, key);
            }
        }
        Err(InvalidKey::new(format!("the public key is damaged or of a kind that {SUPPORTED}")))
    }

    fn rsa(components: &RsaPublicKeyComponents<Vec<u8>>) -> Result<Self, InvalidKey> {
        if components.n.len() < 256 {
            return Err(weak_rsa());
        }
        let jwk = rsa_jwk(&components.n, &components.e);
        // The library wants it by value.
        let components = RsaPublicKeyComponents { n: &components.n, e: &components.e };
        let key: PublicEncryptingKey = components.try_into().map_err(|_| damaged_rsa())?;
        Ok(Self::Rsa(OaepPublicEncryptingKey::new(key).map_err(|_| damaged_rsa())?, jwk))
    }

    fn ec(curve: EcdhCurve, key: ParsedPublicKey) -> Result<Self, InvalidKey> {
        let jwk = point(curve, &key).and_then(|point| ec_jwk(curve.name(), &point));
        Ok(Self::Ec(curve, key, jwk.ok_or_else(|| not_on(curve))?))
    }

    /// The key's public JWK; a secret has none.
    pub(super) const fn jwk(&self) -> Option<&Jwk> {
        match self {
            Self::Secret(_) => None,
            Self::Rsa(_, jwk) | Self::Ec(_, _, jwk) => Some(jwk),
        }
    }

    /// The algorithm that it is used with unless something else is asked for; `None` for a secret, whose
    /// length does not tell.
    pub(super) const fn default_algorithm(&self) -> Option<KeyManagement> {
        match self {
            Self::Secret(_) => None,
            Self::Rsa(..) => Some(KeyManagement::RsaOaep256),
            Self::Ec(..) => Some(KeyManagement::EcdhEsA256KW),
        }
    }

    /// Refuses algorithms that this key cannot be used with (RFC 8725 §3.1).
    pub(super) fn check(&self, alg: KeyManagement, enc: ContentEncryption) -> Result<(), InvalidKey> {
        let (kind, algorithms) = match self {
            Self::Rsa(..) if alg == KeyManagement::RsaOaep256 => return Ok(()),
            Self::Ec(..) if alg.is_agreement() => return Ok(()),
            Self::Secret(secret) if !alg.is_agreement() && alg != KeyManagement::RsaOaep256 => {
                return check_len(secret.len(), alg, enc);
            }
            Self::Secret(_) => ("a secret", "dir, A128KW or A256KW"),
            Self::Rsa(..) => ("an RSA key", "RSA-OAEP-256"),
            Self::Ec(..) => ("an EC key", "ECDH-ES, ECDH-ES+A128KW or ECDH-ES+A256KW"),
        };
        Err(InvalidKey::new(format!(
            "{kind} does not encrypt with {alg}, only with {algorithms} (RFC 7518 §4.1)"
        )))
    }
}

/// The length of a shared secret.
pub(super) fn secret_len(alg: KeyManagement, enc: ContentEncryption) -> usize {
    alg.wrapping_key_len().unwrap_or(enc.key_len())
}

fn check_len(len: usize, alg: KeyManagement, enc: ContentEncryption) -> Result<(), InvalidKey> {
    let needed = secret_len(alg, enc);
    if len == needed {
        return Ok(());
    }
    let with = if alg == KeyManagement::Dir { format!("{alg} and {enc}") } else { alg.to_string() };
    Err(InvalidKey::new(format!(
        "the secret has {len} bytes, and {with} needs exactly {needed} (RFC 7518 §4, §5)"
    )))
}

/// RSA keys have 2048 bits, EC keys are on P-256.
pub(super) fn generate(alg: KeyManagement, enc: ContentEncryption) -> Result<Halves, InvalidKey> {
    let failed = |_| InvalidKey::new(format!("a key for {alg} could not be generated"));
    match alg {
        KeyManagement::RsaOaep256 => rsa_halves(RsaKeyPair::generate(KeySize::Rsa2048).map_err(failed)?),
        alg if alg.is_agreement() => {
            let curve = EcdhCurve::P256;
            ec_halves(curve, PrivateKey::generate(curve.algorithm()).map_err(failed)?)
        }
        alg => {
            let mut secret = Zeroizing::new(vec![0; secret_len(alg, enc)]);
            rand::fill(&mut secret).map_err(failed)?;
            Ok(shared(secret))
        }
    }
}

/// Reads a key from a private JWK, or a secret one.
pub(super) fn from_jwk(jwk: &JwkMembers) -> Result<Halves, InvalidKey> {
    match jwk.kty() {
        "oct" => jwk.secret().map(shared),
        "RSA" => rsa_halves(jwk.rsa_pair()?),
        "EC" => {
            let (curve, [x, y]) = (curve(jwk)?, jwk.coordinates()?);
            let inconsistent = || {
                InvalidKey::new(format!(
                    "the JWK's `d`, `x` and `y` are not one {} key (RFC 7518 §6.2)",
                    curve.name()
                ))
            };
            let d = jwk.private_exponent()?;
            let key = PrivateKey::from_private_key(curve.algorithm(), &d).map_err(|_| inconsistent())?;
            let public = key.compute_public_key().map_err(|_| inconsistent())?;
            if public.as_ref() != [&[4], x.as_slice(), &y].concat() {
                return Err(inconsistent());
            }
            ec_halves(curve, key)
        }
        other => Err(unsupported_kty(other)),
    }
}

/// Reads a key from a PEM with one private key.
pub(super) fn from_pem(text: &[u8]) -> Result<Halves, InvalidKey> {
    let (encoding, der) = pem::private_key(text, Purpose::Decryption)?;
    match encoding {
        Encoding::Pkcs1 => return rsa_halves(rsa_from_pkcs1(&der)?),
        Encoding::Pkcs8 => match RsaKeyPair::from_pkcs8(&der) {
            Ok(pair) => return rsa_halves(pair),
            Err(rejected) if rejected.to_string() == "TooSmall" => return Err(rsa_rejected(&rejected)),
            Err(_) => {}
        },
        Encoding::Sec1 => {}
    }
    for curve in EcdhCurve::ALL {
        if let Ok(key) = PrivateKey::from_private_key_der(curve.algorithm(), &der) {
            return ec_halves(curve, key);
        }
    }
    Err(InvalidKey::new(format!("the private key is damaged or of a kind that {SUPPORTED}")))
}

pub(super) fn shared(secret: Zeroizing<Vec<u8>>) -> Halves {
    (Arc::new(Public::Secret(secret)), Arc::new(Private::Shared))
}

fn rsa_halves(pair: RsaKeyPair) -> Result<Halves, InvalidKey> {
    let public = Public::rsa(&RsaPublicKeyComponents::from(pair.public_key()))?;
    let der: Pkcs8V1Der<'_> = pair.as_der().map_err(|_| damaged_rsa())?;
    let key = PrivateDecryptingKey::from_pkcs8(der.as_ref()).map_err(|rejected| rsa_rejected(&rejected))?;
    let key = OaepPrivateDecryptingKey::new(key).map_err(|_| damaged_rsa())?;
    Ok((Arc::new(public), Arc::new(Private::Rsa(key, pair))))
}

fn ec_halves(curve: EcdhCurve, key: PrivateKey) -> Result<Halves, InvalidKey> {
    let public = key.compute_public_key().map_err(|_| not_on(curve))?;
    let public =
        UnparsedPublicKey::new(curve.algorithm(), public.as_ref()).try_into().map_err(|_| not_on(curve))?;
    Ok((Arc::new(Public::ec(curve, public)?), Arc::new(Private::Ec(key))))
}

impl Private {
    /// `PrivateKeyInfo` of RFC 5208, in PEM.
    pub(super) fn to_pkcs8_pem(&self) -> Result<SecretString, InvalidKey> {
        let der: Result<Pkcs8V1Der<'_>, _> = match self {
            Self::Shared => {
                return Err(InvalidKey::new(
                    "a secret has no PKCS#8 form (RFC 5208): keep the secret itself",
                ));
            }
            Self::Rsa(_, pair) => pair.as_der(),
            Self::Ec(key) => key.as_der(),
        };
        let der = der.map_err(|_| InvalidKey::new("the key could not be written as PKCS#8"))?;
        Ok(pem::from_pkcs8(der.as_ref()))
    }
}

/// The uncompressed point of a public key, however that was written.
fn point(curve: EcdhCurve, key: &ParsedPublicKey) -> Option<Vec<u8>> {
    let length = 1 + 2 * curve.coordinate_len();
    let bytes = key.as_ref();
    // A `SubjectPublicKeyInfo` ends with the point (RFC 5480 §2.2).
    bytes.get(bytes.len().checked_sub(length)?..).map(<[u8]>::to_vec)
}

const SUPPORTED: &str = "is not supported: use RSA, P-256, P-384 or P-521";

fn curve(jwk: &JwkMembers) -> Result<EcdhCurve, InvalidKey> {
    EcdhCurve::ALL.into_iter().find(|curve| jwk.crv() == Some(curve.name())).ok_or_else(|| {
        InvalidKey::new("the JWK's `crv` is not supported: use P-256, P-384 or P-521 (RFC 7518 §6.2)")
    })
}

fn unsupported_kty(kty: &str) -> InvalidKey {
    InvalidKey::new(format!(
        "the JWK's `kty` `{}` is not supported: use RSA, EC or oct (RFC 7518 §6.1)",
        kty.escape_debug()
    ))
}

fn not_on(curve: EcdhCurve) -> InvalidKey {
    InvalidKey::new(format!("the key is not a point of {} (RFC 7518 §6.2)", curve.name()))
}

fn damaged_rsa() -> InvalidKey {
    InvalidKey::new("the RSA key is damaged, or has more than 8192 bits")
}
