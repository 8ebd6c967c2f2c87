//! The claims of the record of an access token.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, LazyLock};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

/// The private claims of an access token, by name. It is the map that it derefs to; clones share it until one is changed, for those of
/// most tokens are alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TokenClaims(Arc<Map<String, Value>>);

impl TokenClaims {
    /// `aud` and nothing else.
    pub(crate) fn of_audience(audience: &str) -> Self {
        Map::from_iter([("aud".to_owned(), audience.into())]).into()
    }

    /// Tells whether there is no claim.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Default for TokenClaims {
    fn default() -> Self {
        static NONE: LazyLock<TokenClaims> = LazyLock::new(|| Map::new().into());
        NONE.clone()
    }
}

impl Deref for TokenClaims {
    type Target = Map<String, Value>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for TokenClaims {
    fn deref_mut(&mut self) -> &mut Self::Target {
        Arc::make_mut(&mut self.0)
    }
}

impl From<Map<String, Value>> for TokenClaims {
    fn from(claims: Map<String, Value>) -> Self {
        Self(Arc::new(claims))
    }
}

impl From<TokenClaims> for Map<String, Value> {
    fn from(claims: TokenClaims) -> Self {
        Arc::unwrap_or_clone(claims.0)
    }
}

impl Serialize for TokenClaims {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.as_ref().serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for TokenClaims {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Map::deserialize(deserializer).map(Self::from)
    }
}
