//! The field of nonces, whose type is fixed: one of another is told what belongs there.

use crate::binding::NonceKey;

/// The `#[dpop_nonce_key]` field. RFC 9449 §8: nonces are "unpredictable".
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a key of DPoP nonces (RFC 9449 §8)",
    label = "not a `NonceKey`",
    note = "instances that share it take each other's nonces: write `#[dpop_nonce_key] nonces: NonceKey`, and make it with `NonceKey::new`"
)]
pub trait NonceKeyField {
    /// The key.
    fn dpop_nonce_key(&self) -> &NonceKey;
}

impl NonceKeyField for NonceKey {
    fn dpop_nonce_key(&self) -> &NonceKey {
        self
    }
}

/// Borrows the `#[dpop_nonce_key]` field.
pub fn dpop_nonce_key<K: NonceKeyField>(key: &K) -> &NonceKey {
    key.dpop_nonce_key()
}
