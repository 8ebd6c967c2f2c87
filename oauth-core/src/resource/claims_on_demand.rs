//! The claims of a token at an API: of most tokens, a handler asks for few.

use std::fmt;
use std::sync::OnceLock;

use serde_json::{Map, Value};

use crate::jose::{Claim, ClaimsSet, JwtClaims};

/// Claims by name, and as a map.
#[derive(Clone)]
pub(super) enum ClaimsOnDemand {
    Map(Map<String, Value>),
    /// Those of a JWT, and the map of them once it is asked for.
    Jwt(JwtClaims, OnceLock<Map<String, Value>>),
}

impl ClaimsOnDemand {
    pub(super) fn as_map(&self) -> &Map<String, Value> {
        match self {
            Self::Map(claims) => claims,
            Self::Jwt(claims, map) => map.get_or_init(|| claims.to_map()),
        }
    }
}

impl ClaimsSet for ClaimsOnDemand {
    fn claim(&self, name: &str) -> Option<Claim<'_>> {
        match self {
            Self::Map(claims) => claims.claim(name),
            Self::Jwt(claims, _) => claims.claim(name),
        }
    }
}

impl From<Map<String, Value>> for ClaimsOnDemand {
    fn from(claims: Map<String, Value>) -> Self {
        Self::Map(claims)
    }
}

impl From<JwtClaims> for ClaimsOnDemand {
    fn from(claims: JwtClaims) -> Self {
        Self::Jwt(claims, OnceLock::new())
    }
}

impl PartialEq for ClaimsOnDemand {
    fn eq(&self, other: &Self) -> bool {
        self.as_map() == other.as_map()
    }
}

impl fmt::Debug for ClaimsOnDemand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_map().fmt(f)
    }
}
