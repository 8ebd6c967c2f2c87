//! Verifying with one key, RFC 7515 §5.2.

use std::fmt;
use std::sync::{Arc, OnceLock};

use aws_lc_rs::hmac;
use aws_lc_rs::signature::{ED25519, ParsedPublicKey, RsaPublicKeyComponents};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::jws::{LONGEST_KNOWN_HEADER, Words};
use super::members::alg;
use super::scheme::{Curve, Scheme, scheme};
use super::{Algorithm, InvalidKey, Jwk, SigningKey, thumbprint};

/// A key that verifies, for exactly one algorithm (RFC 8725 §3.1). Cloning is cheap.
#[derive(Clone)]
pub struct VerifyingKey(Arc<Inner>);

struct Inner {
    algorithm: Algorithm,
    kid: Option<String>,
    jwk: Option<Jwk>,
    verifier: Verifier,
    known: OnceLock<KnownHeader>,
}

/// The header of the first token that a key has verified: all tokens of an issuer's key have one, which is read once. Another
/// header of the same key is read each time.
struct KnownHeader {
    header: Box<str>,
    words: Arc<Words>,
}

enum Verifier {
    Hmac(Box<hmac::Key>),
    Public(ParsedPublicKey),
}

impl VerifyingKey {
    /// Reads a key from a public JWK. Without `alg`, an RSA key verifies RS256; without `kid`, its RFC 7638
    /// thumbprint is used.
    ///
    /// # Errors
    ///
    /// If it is malformed, too weak, or cannot do its own `alg`.
    pub fn from_jwk(jwk: &Jwk) -> Result<Self, InvalidKey> {
        if jwk.usage().is_some_and(|usage| usage != "sig") {
            return Err(InvalidKey::new(
                "the JWK's `use` is not `sig`: it is not for signatures (RFC 7517 §4.2)",
            ));
        }
        let algorithm = match (jwk.alg(), jwk.kty()) {
            (Some(name), _) => alg(name)?,
            (None, "EC") if jwk.text("crv") == Some(Curve::P384.name()) => Algorithm::ES384,
            (None, "EC") => Algorithm::ES256,
            (None, "OKP") => Algorithm::EdDSA,
            (None, _) => Algorithm::RS256,
        };
        let kid = jwk.kid().map(str::to_owned);
        Self::public(algorithm, kid, jwk.clone())
    }

    /// A key for this algorithm, whichever the JWK says; its `kid` is its thumbprint.
    pub(super) fn for_algorithm(algorithm: Algorithm, jwk: &Jwk) -> Result<Self, InvalidKey> {
        let verifier = Verifier::Public(parse(algorithm, jwk)?);
        Ok(Self(Arc::new(Inner {
            algorithm,
            kid: thumbprint(jwk),
            jwk: None,
            verifier,
            known: OnceLock::new(),
        })))
    }

    pub(super) fn public(algorithm: Algorithm, kid: Option<String>, jwk: Jwk) -> Result<Self, InvalidKey> {
        let verifier = Verifier::Public(parse(algorithm, &jwk)?);
        let kid = kid.or_else(|| thumbprint(&jwk));
        let jwk = Some(jwk.described("sig", algorithm.as_str(), kid.as_deref()));
        Ok(Self(Arc::new(Inner { algorithm, kid, jwk, verifier, known: OnceLock::new() })))
    }

    pub(super) fn hmac(algorithm: Algorithm, kid: Option<String>, key: hmac::Key) -> Self {
        Self(Arc::new(Inner {
            algorithm,
            kid,
            jwk: None,
            verifier: Verifier::Hmac(Box::new(key)),
            known: OnceLock::new(),
        }))
    }

    /// The only algorithm it verifies.
    pub fn algorithm(&self) -> Algorithm {
        self.0.algorithm
    }

    /// The key's identifier.
    pub fn kid(&self) -> Option<&str> {
        self.0.kid.as_deref()
    }

    /// The key's JWK with `kid`, `alg` and `use`; `None` for an HMAC key, which must stay secret.
    pub fn public_jwk(&self) -> Option<&Jwk> {
        self.0.jwk.as_ref()
    }

    /// Tells whether it is the same key, for the same algorithm and by the same name.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.jwk.is_some() && self.0.jwk == other.0.jwk
    }

    /// The words of this header, if it is known.
    pub(super) fn known_words(&self, header: &str) -> Option<&Arc<Words>> {
        self.0.known.get().filter(|known| *known.header == *header).map(|known| &known.words)
    }

    /// Knows the header of a token that it has verified.
    pub(super) fn know(&self, header: &str, words: Arc<Words>) {
        if header.len() <= LONGEST_KNOWN_HEADER {
            self.0.known.get_or_init(|| KnownHeader { header: header.into(), words });
        }
    }

    /// Tells whether `signature` is this key's over `message`.
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
fn parse(algorithm: Algorithm, jwk: &Jwk) -> Result<ParsedPublicKey, InvalidKey> {
    let invalid = |_| InvalidKey::new(format!("the JWK is not a valid public key for {algorithm}"));
    let is_on = |curve: &str| jwk.text("crv") == Some(curve);
    match (scheme(algorithm), jwk.kty()) {
        (Scheme::Rsa { verify, .. }, "RSA") => {
            let (n, e) = (decode("n", jwk)?, decode("e", jwk)?);
            // aws-lc-rs checks the size when it verifies; a weak key shall fail at start-up.
            if n.len() < 256 {
                return Err(super::material::weak_rsa());
            }
            RsaPublicKeyComponents { n, e }.to_parsed_public_key(verify).map_err(invalid)
        }
        (Scheme::Ec(curve), "EC") if is_on(curve.name()) => {
            // SEC 1 §2.3.3: 0x04, x, y.
            let (x, y) = (decode("x", jwk)?, decode("y", jwk)?);
            let point = [&[4], x.as_slice(), &y].concat();
            ParsedPublicKey::new(curve.verifying(), point).map_err(invalid)
        }
        (Scheme::Ed25519, "OKP") if is_on("Ed25519") => {
            ParsedPublicKey::new(&ED25519, decode("x", jwk)?).map_err(invalid)
        }
        _ => Err(InvalidKey::new(format!("the JWK is not a public key for {algorithm} (RFC 7518 §3.1)"))),
    }
}

fn decode(name: &str, jwk: &Jwk) -> Result<Vec<u8>, InvalidKey> {
    let text = jwk
        .text(name)
        .ok_or_else(|| InvalidKey::new(format!("the JWK lacks its member `{name}` (RFC 7518 §6)")))?;
    URL_SAFE_NO_PAD
        .decode(text)
        .map_err(|_| InvalidKey::new(format!("the JWK's member `{name}` is not base64url (RFC 7515 §2)")))
}
