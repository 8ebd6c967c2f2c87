//! JSON Web Encryption in the compact form of RFC 7516 §7.1, with the algorithms of RFC 7518 §4 and §5.

mod agreement;
mod algorithm;
mod compact;
mod content;
mod decryption;
mod encryption;
mod recipient;
#[cfg(test)]
mod vectors;
#[cfg(test)]
mod wycheproof;

pub use self::algorithm::{ContentEncryption, KeyManagement};
pub(super) use self::compact::LARGEST;
pub use self::decryption::{DecryptedJwe, DecryptionKey};
pub use self::encryption::EncryptionKey;

/// A field marked `#[encryption_key]`: the recipient's key.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot encrypt tokens",
    label = "not an encryption key",
    note = "an `#[encryption_key]` field is an `EncryptionKey`, or a `DecryptionKey` where this process also decrypts"
)]
pub trait EncryptionKeys: Send + Sync {
    /// The key that encrypts.
    fn encryption_key(&self) -> &EncryptionKey;
}
