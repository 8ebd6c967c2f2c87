//! The signing keys: one for access tokens, and one for each algorithm of ID tokens.

use std::path::{Path, PathBuf};

use oauth_core::jose::InvalidKey;
use oauth_core::openid::IdTokenKeys;
use oauth_core::prelude::*;

/// What an ID token may be signed with. OpenID Connect Core §15.1: every provider supports RS256.
pub(crate) const ID_TOKEN_ALGORITHMS: [Algorithm; 2] = [Algorithm::RS256, Algorithm::ES256];

pub(crate) struct Keys {
    pub(crate) access_tokens: KeyRing,
    pub(crate) id_tokens: IdTokenKeys,
}

impl Keys {
    /// Keys that are gone when the program is.
    pub(crate) fn generate() -> std::result::Result<Self, InvalidKey> {
        let ring = |algorithm| SigningKey::generate(algorithm).map(KeyRing::new);
        Self::new(ring(Algorithm::RS256)?, ring(Algorithm::ES256)?)
    }

    /// The keys in files beside the database, which are made if they are not there.
    pub(crate) fn beside(database: &Path) -> std::result::Result<Self, InvalidKey> {
        let [rs256, es256] = Self::files(database);
        Self::new(
            KeyRing::load_or_generate(rs256, Algorithm::RS256)?,
            KeyRing::load_or_generate(es256, Algorithm::ES256)?,
        )
    }

    /// Where they are.
    pub(crate) fn files(database: &Path) -> [PathBuf; 2] {
        ["rs256.key.pem", "es256.key.pem"].map(|extension| database.with_extension(extension))
    }

    fn new(rs256: KeyRing, es256: KeyRing) -> std::result::Result<Self, InvalidKey> {
        let id_tokens = IdTokenKeys::new(rs256).and(es256.clone())?;
        Ok(Self { access_tokens: es256, id_tokens })
    }
}
