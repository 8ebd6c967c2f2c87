//! The purpose that a key is read for.

use super::InvalidKey;

/// The use that a key is needed for, in the words of RFC 7517 §4.2 and §4.3 and of messages.
#[derive(Clone, Copy, Default)]
pub(super) enum Purpose {
    #[default]
    Signing,
    Encryption,
    Decryption,
}

impl Purpose {
    /// Refuses a key that its owner meant for something else.
    pub(super) fn check(self, usage: Option<&str>, operations: Option<&[String]>) -> Result<(), InvalidKey> {
        let (expected, uses, noun, known): (_, _, _, &[&str]) = match self {
            Self::Signing => ("sig", "signatures", "signing", &["sign"]),
            Self::Encryption => {
                ("enc", "encryption", "encryption", &["encrypt", "wrapKey", "deriveKey", "deriveBits"])
            }
            Self::Decryption => {
                ("enc", "encryption", "decryption", &["decrypt", "unwrapKey", "deriveKey", "deriveBits"])
            }
        };
        if usage.is_some_and(|usage| usage != expected) {
            return Err(InvalidKey::new(format!(
                "the JWK's `use` is not `{expected}`: it is not for {uses} (RFC 7517 §4.2)"
            )));
        }
        if operations.is_some_and(|operations| operations.iter().all(|op| !known.contains(&op.as_str()))) {
            return Err(InvalidKey::new(format!(
                "the JWK's `key_ops` lacks `{}`: it is not for {noun} (RFC 7517 §4.3)",
                known.join("` or `")
            )));
        }
        Ok(())
    }

    /// The word for what a key of the wrong half fails to do.
    pub(super) const fn verb(self) -> &'static str {
        match self {
            Self::Signing => "sign",
            Self::Encryption => "encrypt",
            Self::Decryption => "decrypt",
        }
    }
}
