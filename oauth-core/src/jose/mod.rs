//! Keys, signatures, encryption and key sets: RFC 7515, 7516, 7517, 7518, 7638 over aws-lc-rs, with keys parsed once.
//!
//! The data types ([`Algorithm`], [`Jwk`], [`JwkSet`]) are `jsonwebtoken`'s. Its functions are not used: they parse the
//! key at every call, and go through a provider that is global to the process and panics where two are built in.

mod algorithm;
mod error;
mod expect;
mod file;
mod jwe;
mod jwk;
mod jws;
mod key;
mod key_set;
mod material;
mod pem;
mod purpose;
mod ring;
mod verify;

pub use jsonwebtoken::Algorithm;
pub use jsonwebtoken::jwk::{Jwk, JwkSet};

pub use self::error::{InvalidJwe, InvalidJws, InvalidKey};
pub(crate) use self::expect::Unverified;
pub use self::expect::{Expect, JwtKind, VerifiedJwt};
pub use self::jwe::{
    ContentEncryption, DecryptedJwe, DecryptionKey, EncryptionKey, EncryptionKeys, KeyManagement,
};
pub use self::jwk::thumbprint;
pub use self::jws::Jws;
pub use self::key::{JwtType, SigningKey};
pub use self::key_set::KeySet;
pub use self::ring::KeyRing;
pub use self::verify::VerifyingKey;

/// A field marked `#[signing_key]`: one key, or a ring of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot sign tokens",
    label = "not a signing key",
    note = "a `#[signing_key]` field is a `KeyRing` or a `SigningKey`"
)]
pub trait SigningKeys: Send + Sync {
    /// The key that signs now.
    fn active(&self) -> &SigningKey;

    /// The public keys: the active one's and those that signed before. HMAC keys have none.
    fn jwks(&self) -> Vec<Jwk>;
}
