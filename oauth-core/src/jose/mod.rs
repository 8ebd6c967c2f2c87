//! Keys, signatures and key sets: RFC 7515, 7517, 7518, 7638 over aws-lc-rs, with keys parsed once.

mod key;
mod ring;

pub use jsonwebtoken::Algorithm;
pub use jsonwebtoken::jwk::{Jwk, JwkSet};

pub use self::key::{InvalidKey, SigningKey};
pub use self::ring::KeyRing;

/// A field marked `#[signing_key]`: one key, or a ring of them.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot sign tokens",
    label = "not a signing key",
    note = "a `#[signing_key]` field is a `KeyRing` or a `SigningKey`"
)]
pub trait SigningKeys: Send + Sync {
    /// The key that signs now.
    fn active(&self) -> &SigningKey;

    /// The public keys: the active one's and those that signed before.
    fn jwks(&self) -> Vec<Jwk>;
}
