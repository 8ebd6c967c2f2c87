//! `subject_type`: how many names a person has (OIDC Core §8).

use serde::{Deserialize, Serialize};

/// `subject_type` of a client, OIDC Core §8.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SubjectType {
    /// Every client knows the person by the same identifier: the user's own `subject`.
    #[default]
    Public,
    /// Clients of different sectors know the person by different identifiers, and cannot tell that they mean the same one.
    Pairwise,
}

impl SubjectType {
    /// The registered name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Pairwise => "pairwise",
        }
    }
}
