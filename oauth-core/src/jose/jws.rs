//! The compact serialisation of RFC 7515 §7.1.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::{Algorithm, InvalidJws, base64url};

/// A JWS in compact form, taken apart and **not verified**: [`KeySet::verify_jws`](super::KeySet::verify_jws) does, and
/// [`Expect`](super::Expect) where it is a JWT.
#[derive(Clone, PartialEq, Eq)]
pub struct Jws<'a> {
    /// `alg`.
    pub algorithm: Algorithm,
    /// `kid`, if it names its key.
    pub kid: Option<String>,
    /// `typ`, if it says what it is.
    pub typ: Option<String>,
    /// The payload.
    pub payload: Vec<u8>,
    /// The signature.
    pub signature: Vec<u8>,
    /// The text that is signed: the first two parts with the dot between them.
    pub signing_input: &'a str,
}

/// The payload may be anything, and the whole is a credential.
impl fmt::Debug for Jws<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Jws")
            .field("algorithm", &self.algorithm)
            .field("kid", &self.kid)
            .field("typ", &self.typ)
            .finish_non_exhaustive()
    }
}

/// Members that a signer could use to bring its own key (`jwk`, `jku`, `x5u`, `x5c`) are not even read.
#[derive(Deserialize)]
struct Header<'a> {
    #[serde(borrow)]
    alg: Cow<'a, str>,
    kid: Option<String>,
    typ: Option<String>,
    #[serde(default, deserialize_with = "is_there")]
    crit: bool,
}

/// Tells whether a member is there at all, whatever it holds: a `crit` that is null is malformed, not absent.
pub(super) fn is_there<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    IgnoredAny::deserialize(deserializer).map(|_| true)
}

/// The parts of a compact JWS, as they are written.
pub(super) struct Parts<'a> {
    pub(super) header: &'a str,
    pub(super) payload: &'a str,
    pub(super) signature: &'a str,
    pub(super) signing_input: &'a str,
}

impl<'a> Parts<'a> {
    pub(super) fn of(token: &'a str) -> Result<Self, InvalidJws> {
        let (signing_input, signature) = token.rsplit_once('.').ok_or(InvalidJws::Malformed)?;
        let (header, payload) = signing_input.split_once('.').ok_or(InvalidJws::Malformed)?;
        Ok(Self { header, payload, signature, signing_input })
    }
}

/// Strict base64url, so that one JWS has one spelling. A dot too many fails here, too.
pub(super) fn decode(part: &str) -> Result<Vec<u8>, InvalidJws> {
    base64url::decode(part).map_err(|_| InvalidJws::Malformed)
}

/// The longest header that is known by its text, in characters, so that memory is bounded: one with an RSA key of 3072 bits has less.
pub(super) const LONGEST_KNOWN_HEADER: usize = 1024;

/// The words of a header that mean something here.
pub(super) struct Words {
    pub(super) algorithm: Algorithm,
    pub(super) kid: Option<String>,
    pub(super) typ: Option<String>,
}

impl Words {
    pub(super) fn read(header: &str) -> Result<Self, InvalidJws> {
        // RFC 7515 §4: "The Header Parameter names within the JOSE Header MUST be unique"; serde refuses a second one.
        let header = decode(header)?;
        let header: Header<'_> = serde_json::from_slice(&header).map_err(|_| InvalidJws::Malformed)?;
        if header.crit {
            return Err(InvalidJws::Critical);
        }
        if header.alg == "none" {
            return Err(InvalidJws::Unsecured);
        }
        let algorithm = header.alg.parse().map_err(|_| InvalidJws::UnsupportedAlgorithm)?;
        Ok(Self { algorithm, kid: header.kid, typ: header.typ })
    }
}

impl<'a> Jws<'a> {
    /// Takes a compact JWS apart.
    ///
    /// # Errors
    ///
    /// [`InvalidJws::Malformed`], [`Unsecured`](InvalidJws::Unsecured),
    /// [`UnsupportedAlgorithm`](InvalidJws::UnsupportedAlgorithm) or [`Critical`](InvalidJws::Critical).
    pub fn parse(token: &'a str) -> Result<Self, InvalidJws> {
        let Parts { header, payload, signature, signing_input } = Parts::of(token)?;
        let Words { algorithm, kid, typ } = Words::read(header)?;
        let (payload, signature) = (decode(payload)?, decode(signature)?);
        Ok(Self { algorithm, kid, typ, payload, signature, signing_input })
    }
}
