//! JSON Web Keys, RFC 7517: private ones to sign with, and thumbprints of public ones.

use std::collections::BTreeMap;
use std::str::FromStr as _;

use aws_lc_rs::digest;
use aws_lc_rs::rsa::KeyPairComponents;
use aws_lc_rs::signature::{EcdsaKeyPair, Ed25519KeyPair, RsaKeyPair, RsaPublicKeyComponents};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve};
use serde::Deserialize;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::algorithm::Curve;
use super::jws::is_there;
use super::material::{Material, rsa_rejected, weak_rsa};
use super::{Algorithm, InvalidKey, Jwk};

/// The identifier of a key by RFC 7638: SHA-256 over its required members, as base64url.
///
/// `None` for a symmetric key, whose thumbprint would let anyone test guesses at the secret (RFC 7638 §7), and for
/// key types that are unknown here.
pub fn thumbprint(jwk: &Jwk) -> Option<String> {
    // RFC 7638 §3.3: the required members only, without white space, in the order of their names.
    let members = match &jwk.algorithm {
        AlgorithmParameters::RSA(rsa) => {
            BTreeMap::from([("e", rsa.e.as_str()), ("kty", "RSA"), ("n", &rsa.n)])
        }
        AlgorithmParameters::EllipticCurve(ec) => {
            BTreeMap::from([("crv", curve_name(&ec.curve)?), ("kty", "EC"), ("x", &ec.x), ("y", &ec.y)])
        }
        AlgorithmParameters::OctetKeyPair(okp) => {
            BTreeMap::from([("crv", curve_name(&okp.curve)?), ("kty", "OKP"), ("x", &okp.x)])
        }
        _ => return None,
    };
    let canonical = serde_json::to_vec(&members).ok()?;
    Some(URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, &canonical)))
}

const fn curve_name(curve: &EllipticCurve) -> Option<&'static str> {
    Some(match curve {
        EllipticCurve::P256 => "P-256",
        EllipticCurve::P384 => "P-384",
        EllipticCurve::P521 => "P-521",
        EllipticCurve::Ed25519 => "Ed25519",
        _ => return None,
    })
}

/// A private JWK: the members of RFC 7517 §4, RFC 7518 §6 and RFC 8037 §2 that matter to signing.
#[derive(Deserialize, Zeroize, ZeroizeOnDrop)]
pub(super) struct PrivateJwk {
    kty: String,
    alg: Option<String>,
    kid: Option<String>,
    #[serde(rename = "use")]
    usage: Option<String>,
    key_ops: Option<Vec<String>>,
    crv: Option<String>,
    x: Option<String>,
    y: Option<String>,
    n: Option<String>,
    e: Option<String>,
    d: Option<String>,
    p: Option<String>,
    q: Option<String>,
    dp: Option<String>,
    dq: Option<String>,
    qi: Option<String>,
    k: Option<String>,
    #[serde(default, deserialize_with = "is_there")]
    oth: bool,
}

impl PrivateJwk {
    pub(super) fn parse(json: &str) -> Result<Self, InvalidKey> {
        // serde's message may quote a value, which may be the key: only the place is told.
        let jwk: Self = serde_json::from_str(json).map_err(|cause| {
            InvalidKey::new(format!(
                "the JWK is malformed at line {} column {} (RFC 7517 §4)",
                cause.line(),
                cause.column()
            ))
        })?;
        // RFC 7517 §4.2, §4.3: the use that its owner meant it for.
        if jwk.usage.as_deref().is_some_and(|usage| usage != "sig") {
            return Err(InvalidKey::new(
                "the JWK's `use` is not `sig`: it is not for signatures (RFC 7517 §4.2)",
            ));
        }
        if jwk.key_ops.as_ref().is_some_and(|ops| ops.iter().all(|op| op != "sign")) {
            return Err(InvalidKey::new(
                "the JWK's `key_ops` lacks `sign`: it is not for signing (RFC 7517 §4.3)",
            ));
        }
        Ok(jwk)
    }

    pub(super) fn kid(&self) -> Option<&str> {
        self.kid.as_deref()
    }

    pub(super) fn algorithm(&self) -> Result<Option<Algorithm>, InvalidKey> {
        self.alg
            .as_deref()
            .map(|alg| {
                Algorithm::from_str(alg).map_err(|_| {
                    InvalidKey::new(format!("the JWK's `alg` `{}` is not supported", alg.escape_debug()))
                })
            })
            .transpose()
    }

    pub(super) fn material(&self) -> Result<Material, InvalidKey> {
        match self.kty.as_str() {
            "RSA" => self.rsa(),
            "EC" => self.ec(),
            "OKP" => self.okp(),
            "oct" => Ok(Material::Hmac(decode("k", self.k.as_ref())?)),
            other => Err(InvalidKey::new(format!(
                "the JWK's `kty` `{}` is not supported: use RSA, EC, OKP or oct",
                other.escape_debug()
            ))),
        }
    }

    fn rsa(&self) -> Result<Material, InvalidKey> {
        if self.oth {
            return Err(InvalidKey::new(
                "the JWK has more than two primes (`oth`, RFC 7518 §6.3.2.7): make a new key",
            ));
        }
        let d = self.private_exponent()?;
        let number =
            |name, member| decode(name, member).map(|bytes| Zeroizing::new(without_leading_zeros(&bytes)));
        let components = KeyPairComponents {
            public_key: RsaPublicKeyComponents {
                n: number("n", self.n.as_ref())?,
                e: number("e", self.e.as_ref())?,
            },
            d,
            p: decode("p", self.p.as_ref())?,
            q: decode("q", self.q.as_ref())?,
            dP: decode("dp", self.dp.as_ref())?,
            dQ: decode("dq", self.dq.as_ref())?,
            qInv: decode("qi", self.qi.as_ref())?,
        };
        if components.public_key.n.len() < 256 {
            return Err(weak_rsa());
        }
        RsaKeyPair::from_components(&components)
            .map(Material::Rsa)
            .map_err(|rejected| rsa_rejected(&rejected))
    }

    fn ec(&self) -> Result<Material, InvalidKey> {
        let curve = match self.crv.as_deref() {
            Some("P-256") => Curve::P256,
            Some("P-384") => Curve::P384,
            _ => {
                return Err(InvalidKey::new(
                    "the JWK's `crv` is not supported: use P-256 or P-384 (RFC 7518 §6.2)",
                ));
            }
        };
        let d = self.private_exponent()?;
        // RFC 7518 §6.2.1.2: coordinates have the full length of the field.
        let (x, y) = (decode("x", self.x.as_ref())?, decode("y", self.y.as_ref())?);
        let point = [&[4], x.as_slice(), y.as_slice()].concat();
        let inconsistent = |_| {
            InvalidKey::new(format!(
                "the JWK's `d`, `x` and `y` are not one {} key (RFC 7518 §6.2)",
                curve.name()
            ))
        };
        EcdsaKeyPair::from_private_key_and_public_key(curve.signing(), &d, &point)
            .map(|pair| Material::Ec(curve, pair))
            .map_err(inconsistent)
    }

    fn okp(&self) -> Result<Material, InvalidKey> {
        if self.crv.as_deref() != Some("Ed25519") {
            return Err(InvalidKey::new("the JWK's `crv` is not supported: use Ed25519 (RFC 8037 §2)"));
        }
        let (d, x) = (self.private_exponent()?, decode("x", self.x.as_ref())?);
        Ed25519KeyPair::from_seed_and_public_key(&d, &x)
            .map(Material::Ed25519)
            .map_err(|_| InvalidKey::new("the JWK's `d` and `x` are not one Ed25519 key (RFC 8037 §2)"))
    }

    fn private_exponent(&self) -> Result<Zeroizing<Vec<u8>>, InvalidKey> {
        if self.d.is_none() {
            return Err(InvalidKey::new(
                "the JWK is a public key, which cannot sign: its private member `d` is missing",
            ));
        }
        decode("d", self.d.as_ref())
    }
}

fn decode(name: &str, member: Option<&String>) -> Result<Zeroizing<Vec<u8>>, InvalidKey> {
    let text =
        member.ok_or_else(|| InvalidKey::new(format!("the JWK lacks its member `{name}` (RFC 7518 §6)")))?;
    let bytes = URL_SAFE_NO_PAD
        .decode(text)
        .map_err(|_| InvalidKey::new(format!("the JWK's member `{name}` is not base64url (RFC 7515 §2)")))?;
    if bytes.is_empty() {
        return Err(InvalidKey::new(format!("the JWK's member `{name}` is empty")));
    }
    Ok(Zeroizing::new(bytes))
}

/// RFC 7518 §2: a `Base64urlUInt` has the fewest octets; some writers add a zero.
fn without_leading_zeros(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().copied().skip_while(|byte| *byte == 0).collect()
}
