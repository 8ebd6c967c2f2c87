//! Keys, signatures, encryption and key sets: RFC 7515, 7516, 7517, 7518, 7638 over aws-lc-rs, with keys parsed once.
//!
//! With the feature `jsonwebtoken`, [`Algorithm`], [`Jwk`] and [`JwkSet`] convert from and to those of that crate.

mod algorithm;
mod base64url;
mod error;
mod expect;
mod file;
#[cfg(feature = "jsonwebtoken")]
mod foreign;
mod jwe;
mod jwk;
mod jws;
mod key;
mod key_set;
mod material;
mod members;
mod pem;
mod purpose;
mod ring;
mod scheme;
pub(crate) mod shared;
mod sign;
mod signer;
mod turns;
mod verified;
mod verify;

pub use self::algorithm::Algorithm;
pub(crate) use self::algorithm::FAPI2_ALGORITHMS;
pub use self::error::{InvalidJwe, InvalidJws, InvalidKey};
pub(crate) use self::expect::{Claim, ClaimsSet, JwtClaims, OwnKeys, Unverified, text, time};
pub use self::expect::{Expect, JwtKind, VerifiedJwt};
pub use self::jwe::{
    ContentEncryption, DecryptedJwe, DecryptionKey, EncryptionKey, EncryptionKeys, KeyManagement,
};
pub use self::jwk::{Jwk, JwkSet, thumbprint};
pub use self::jws::Jws;
pub use self::key::{JwtType, SigningKey};
pub use self::key_set::KeySet;
pub use self::ring::KeyRing;
pub use self::signer::Signer;
pub(crate) use self::turns::Turns;
#[cfg(feature = "resource")]
pub(crate) use self::verified::Memorable;
pub(crate) use self::verified::VerifiedTokens;
pub use self::verify::VerifyingKey;

/// A field marked `#[signing_key]`: one key, or a ring of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot sign tokens",
    label = "not a signing key",
    note = "a `#[signing_key]` field is a `KeyRing` or a `SigningKey`"
)]
pub trait SigningKeys: Send + Sync {
    /// The key that signs now.
    fn active(&self) -> SigningKey;

    /// The public keys: the active one's and those that signed before. HMAC keys have none.
    fn jwks(&self) -> Vec<Jwk>;

    /// The same, ready to verify.
    fn public_keys(&self) -> KeySet {
        self.jwks().iter().filter_map(|jwk| VerifyingKey::from_jwk(jwk).ok()).collect()
    }

    /// Takes note of a token that names none of these keys: another instance may have made one. The default does nothing.
    fn miss(&self) {}
}

/// Keys that a running server can be given in place of those that it has: a [`KeyRing`], or
/// [`IdTokenKeys`](crate::openid::IdTokenKeys). Clones share them.
pub trait SharedKeys {
    /// Replaces these keys by others, here and in all clones, if the check passes. While it runs, it alone sees the others.
    ///
    /// # Errors
    ///
    /// What the check says; the keys are then as they were.
    fn replace_if<E>(&self, keys: &Self, check: impl FnOnce() -> Result<(), E>) -> Result<(), E>;
}
