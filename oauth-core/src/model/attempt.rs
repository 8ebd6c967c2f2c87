//! Attempts: how a store tells the same request again from another one.

use serde::{Deserialize, Serialize};

/// The name of one request at the token endpoint. If the connection to a database breaks after a statement, nobody knows
/// whether it was run: who asks again under the same name is answered as before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Attempt([u8; 16]);

impl Attempt {
    /// Makes a new name.
    pub fn random() -> Self {
        Self(rand::random())
    }

    /// The 16 bytes.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// A name read back from a store.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }
}
