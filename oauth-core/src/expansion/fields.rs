//! Fields, whose type is forgotten: a wrong one is an error once.

use crate::jose::{EncryptionKeys, SigningKeys};

/// The text that `issuer = self.field` reads.
#[diagnostic::on_unimplemented(
    message = "the type `{Self}` does not hold an issuer",
    label = "not a text",
    note = "the field that `issuer = self.…` names is a `String`, or another type that is `AsRef<str>`"
)]
pub trait IssuerText {
    /// The text.
    fn text(&self) -> &str;
}

#[diagnostic::do_not_recommend]
impl<T: AsRef<str> + ?Sized> IssuerText for T {
    fn text(&self) -> &str {
        self.as_ref()
    }
}

/// Reads the field that `issuer = self.field` names.
pub fn issuer_text<T: IssuerText + ?Sized>(field: &T) -> &str {
    field.text()
}

/// Borrows the `#[signing_key]` field, whose type is forgotten: one that is no key is an error once, not at every use.
pub fn signing_keys<K: SigningKeys>(keys: &K) -> &dyn SigningKeys {
    keys
}

/// Borrows the `#[encryption_key]` field, whose type is forgotten likewise.
pub fn encryption_key<K: EncryptionKeys>(key: &K) -> &dyn EncryptionKeys {
    key
}
