//! Private JSON Web Keys, RFC 7517: the members of one in JSON.

use aws_lc_rs::rsa::KeyPairComponents;
use aws_lc_rs::signature::{EcdsaKeyPair, Ed25519KeyPair, RsaKeyPair, RsaPublicKeyComponents};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::jws::is_there;
use super::material::{Material, rsa_rejected, weak_rsa};
use super::purpose::Purpose;
use super::scheme::Curve;
use super::{Algorithm, InvalidKey};

/// A JWK that may be private: the members of RFC 7517 §4, RFC 7518 §6 and RFC 8037 §2 that matter here.
#[derive(Deserialize, Zeroize, ZeroizeOnDrop)]
pub(super) struct JwkMembers {
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
    #[serde(skip)]
    #[zeroize(skip)]
    purpose: Purpose,
}

impl JwkMembers {
    pub(super) fn parse(json: &str, purpose: Purpose) -> Result<Self, InvalidKey> {
        // serde's message may quote a value, which may be the key: only the place is told.
        let mut jwk: Self = serde_json::from_str(json).map_err(|cause| {
            InvalidKey::new(format!(
                "the JWK is malformed at line {} column {} (RFC 7517 §4)",
                cause.line(),
                cause.column()
            ))
        })?;
        purpose.check(jwk.usage.as_deref(), jwk.key_ops.as_deref())?;
        jwk.purpose = purpose;
        Ok(jwk)
    }

    pub(super) fn kid(&self) -> Option<&str> {
        self.kid.as_deref()
    }

    pub(super) fn kty(&self) -> &str {
        &self.kty
    }

    pub(super) fn crv(&self) -> Option<&str> {
        self.crv.as_deref()
    }

    pub(super) fn alg(&self) -> Option<&str> {
        self.alg.as_deref()
    }

    /// RFC 7518 §6.4.1.
    pub(super) fn secret(&self) -> Result<Zeroizing<Vec<u8>>, InvalidKey> {
        decode("k", self.k.as_ref())
    }

    /// RFC 7518 §6.2.1: `x` and `y`.
    pub(super) fn coordinates(&self) -> Result<[Zeroizing<Vec<u8>>; 2], InvalidKey> {
        Ok([decode("x", self.x.as_ref())?, decode("y", self.y.as_ref())?])
    }

    pub(super) fn algorithm(&self) -> Result<Option<Algorithm>, InvalidKey> {
        self.alg.as_deref().map(alg).transpose()
    }

    pub(super) fn material(&self) -> Result<Material, InvalidKey> {
        match self.kty.as_str() {
            "RSA" => self.rsa_pair().map(Material::Rsa),
            "EC" => self.ec(),
            "OKP" => self.okp(),
            "oct" => self.secret().map(Material::Hmac),
            other => Err(InvalidKey::new(format!(
                "the JWK's `kty` `{}` is not supported: use RSA, EC, OKP or oct",
                other.escape_debug()
            ))),
        }
    }

    /// RFC 7518 §6.3.1: `n` and `e`.
    pub(super) fn rsa_public(&self) -> Result<RsaPublicKeyComponents<Vec<u8>>, InvalidKey> {
        let number = |name, member| decode(name, member).map(|bytes| without_leading_zeros(&bytes));
        let (n, e) = (number("n", self.n.as_ref())?, number("e", self.e.as_ref())?);
        if n.len() < 256 { Err(weak_rsa()) } else { Ok(RsaPublicKeyComponents { n, e }) }
    }

    /// RFC 7518 §6.3.2.
    pub(super) fn rsa_pair(&self) -> Result<RsaKeyPair, InvalidKey> {
        if self.oth {
            return Err(InvalidKey::new(
                "the JWK has more than two primes (`oth`, RFC 7518 §6.3.2.7): make a new key",
            ));
        }
        let d = self.private_exponent()?;
        let components = KeyPairComponents {
            public_key: self.rsa_public()?,
            d,
            p: decode("p", self.p.as_ref())?,
            q: decode("q", self.q.as_ref())?,
            dP: decode("dp", self.dp.as_ref())?,
            dQ: decode("dq", self.dq.as_ref())?,
            qInv: decode("qi", self.qi.as_ref())?,
        };
        RsaKeyPair::from_components(&components).map_err(|rejected| rsa_rejected(&rejected))
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
        let [x, y] = self.coordinates()?;
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

    /// `d`.
    pub(super) fn private_exponent(&self) -> Result<Zeroizing<Vec<u8>>, InvalidKey> {
        if self.d.is_none() {
            return Err(InvalidKey::new(format!(
                "the JWK is a public key, which cannot {}: its private member `d` is missing",
                self.purpose.verb()
            )));
        }
        decode("d", self.d.as_ref())
    }
}

/// `alg` of a key that signs or verifies.
pub(super) fn alg(name: &str) -> Result<Algorithm, InvalidKey> {
    name.parse()
        .map_err(|_| InvalidKey::new(format!("the JWK's `alg` `{}` is not supported", name.escape_debug())))
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
