//! Elliptic curve Diffie-Hellman, RFC 7518 §4.6.

use aws_lc_rs::agreement::{
    self, Algorithm, ECDH_P256, ECDH_P384, ECDH_P521, ParsedPublicKey, PrivateKey, UnparsedPublicKey,
};
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::kdf::{SskdfDigestAlgorithmId, get_sskdf_digest_algorithm, sskdf_digest};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// A curve of RFC 7518 §6.2.1.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum EcdhCurve {
    P256,
    P384,
    P521,
}

impl EcdhCurve {
    pub(super) const ALL: [Self; 3] = [Self::P256, Self::P384, Self::P521];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::P256 => "P-256",
            Self::P384 => "P-384",
            Self::P521 => "P-521",
        }
    }

    pub(super) const fn algorithm(self) -> &'static Algorithm {
        match self {
            Self::P256 => &ECDH_P256,
            Self::P384 => &ECDH_P384,
            Self::P521 => &ECDH_P521,
        }
    }

    /// The length of a coordinate, in bytes.
    pub(super) const fn coordinate_len(self) -> usize {
        match self {
            Self::P256 => 32,
            Self::P384 => 48,
            Self::P521 => 66,
        }
    }

    /// The public key with these coordinates, which the library checks to be on the curve.
    pub(super) fn public_key(self, x: &[u8], y: &[u8]) -> Option<ParsedPublicKey> {
        // RFC 7518 §6.2.1.2: coordinates have the full length of the field.
        if x.len() != self.coordinate_len() || y.len() != self.coordinate_len() {
            return None;
        }
        // SEC 1 §2.3.3: 0x04, x, y.
        let point = [&[4], x, y].concat();
        UnparsedPublicKey::new(self.algorithm(), point).try_into().ok()
    }
}

/// `epk`, the sender's key of this one message (§4.6.1.1).
#[derive(Serialize, Deserialize)]
pub(super) struct EphemeralKey {
    kty: String,
    crv: String,
    x: String,
    y: String,
}

impl EphemeralKey {
    /// The key of an uncompressed point.
    pub(super) fn new(curve: EcdhCurve, point: &[u8]) -> Option<Self> {
        let (x, y) = point.get(1..)?.split_at_checked(curve.coordinate_len())?;
        let [x, y] = [x, y].map(|coordinate| URL_SAFE_NO_PAD.encode(coordinate));
        Some(Self { kty: "EC".to_owned(), crv: curve.name().to_owned(), x, y })
    }

    /// The key, if it is one on this curve. A point that is on none would tell about the private key, bit by bit.
    pub(super) fn on(&self, curve: EcdhCurve) -> Option<ParsedPublicKey> {
        if self.kty != "EC" || self.crv != curve.name() {
            return None;
        }
        let decode = |text| URL_SAFE_NO_PAD.decode::<&str>(text).ok();
        curve.public_key(&decode(&self.x)?, &decode(&self.y)?)
    }
}

/// The context that the derived key is bound to, §4.6.2.
pub(super) struct KeyInfo<'a> {
    /// The algorithm that uses it: `enc` where it encrypts the content, `alg` where it wraps.
    pub(super) algorithm_id: &'a str,
    /// `apu`, decoded; empty without one.
    pub(super) party_u: &'a [u8],
    /// `apv`, decoded; empty without one.
    pub(super) party_v: &'a [u8],
    /// The key's length in bytes.
    pub(super) len: usize,
}

impl KeyInfo<'_> {
    /// `OtherInfo` of §4.6.2: each field with its length, then the key's length in bits.
    fn to_bytes(&self) -> Result<Vec<u8>, Unspecified> {
        let mut info = Vec::new();
        let length = |bytes: usize| u32::try_from(bytes).map(u32::to_be_bytes).map_err(|_| Unspecified);
        for field in [self.algorithm_id.as_bytes(), self.party_u, self.party_v] {
            info.extend_from_slice(&length(field.len())?);
            info.extend_from_slice(field);
        }
        info.extend_from_slice(&length(self.len * 8)?);
        Ok(info)
    }
}

/// Agrees on a secret and derives a key from it.
pub(super) fn derive(
    private: &PrivateKey,
    public: ParsedPublicKey,
    info: &KeyInfo<'_>,
) -> Result<Zeroizing<Vec<u8>>, Unspecified> {
    agreement::agree(private, public, Unspecified, |secret| kdf(secret, info))
}

/// The Concat KDF of NIST SP 800-56A, with SHA-256.
pub(super) fn kdf(secret: &[u8], info: &KeyInfo<'_>) -> Result<Zeroizing<Vec<u8>>, Unspecified> {
    let sha256 = get_sskdf_digest_algorithm(SskdfDigestAlgorithmId::Sha256).ok_or(Unspecified)?;
    let mut key = Zeroizing::new(vec![0; info.len]);
    sskdf_digest(sha256, secret, &info.to_bytes()?, &mut key)?;
    Ok(key)
}
