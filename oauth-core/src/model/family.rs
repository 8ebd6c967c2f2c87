//! Families: what is revoked together.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::secret::TokenHash;

/// Everything that was issued from one authorization: revoking the family revokes all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FamilyId([u8; 16]);

impl FamilyId {
    /// A new family.
    pub fn random() -> Self {
        Self(rand::random())
    }

    /// Everything that dies with the session of this [`sid`](super::Session::sid): tokens name it beside their own family.
    pub fn of_session(sid: &str) -> Self {
        Self::of_code(&TokenHash::of(sid))
    }

    /// Everything that is issued for this device code.
    pub fn of_code(code: &TokenHash) -> Self {
        let (id, _) = code.as_bytes().split_first_chunk().unwrap_or((&[0; 16], &[]));
        Self(*id)
    }

    /// The 16 bytes.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// An identifier read back from a store.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }
}

impl fmt::Display for FamilyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode(self.0))
    }
}

/// Base64url, as it is displayed.
impl Serialize for FamilyId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for FamilyId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes = URL_SAFE_NO_PAD.decode(text).ok().and_then(|bytes| bytes.try_into().ok());
        bytes.map(Self).ok_or_else(|| de::Error::custom("a family is 16 bytes in base64url"))
    }
}
