//! The keys: one for access tokens, one for each algorithm of ID tokens, and one for pairwise subject identifiers.

use std::error::Error;
use std::path::{Path, PathBuf};

use oauth_core::jose::InvalidKey;
use oauth_core::openid::{IdTokenKeys, PairwiseKey};
use oauth_core::prelude::{Algorithm, KeyRing, SecretString, SigningKey};

/// The algorithms that an ID token may be signed with. OpenID Connect Core §15.1: every provider supports
/// RS256.
pub(crate) const ID_TOKEN_ALGORITHMS: [Algorithm; 2] = [Algorithm::RS256, Algorithm::ES256];

pub(crate) struct Keys {
    pub(crate) access_tokens: KeyRing,
    pub(crate) id_tokens: IdTokenKeys,
    pub(crate) pairwise: PairwiseKey,
}

impl Keys {
    /// Keys that are gone when the program is.
    pub(crate) fn generate() -> Result<Self, InvalidKey> {
        let ring = |algorithm| SigningKey::generate(algorithm).map(KeyRing::new);
        Self::new(ring(Algorithm::RS256)?, ring(Algorithm::ES256)?, SecretString::random().expose())
    }

    /// The keys in the files of this name, which are made if they are not there.
    pub(crate) fn of_files(name: &Path) -> Result<Self, Box<dyn Error>> {
        let [rs256, es256, pairwise] = Self::files(name);
        // Any random text will do, and that of a private key is random.
        KeyRing::load_or_generate(&pairwise, Algorithm::EdDSA)?;
        let unreadable = |cause| format!("cannot read the key file `{}`: {cause}", pairwise.display());
        Ok(Self::new(
            KeyRing::load_or_generate(rs256, Algorithm::RS256)?,
            KeyRing::load_or_generate(es256, Algorithm::ES256)?,
            &std::fs::read_to_string(&pairwise).map_err(unreadable)?,
        )?)
    }

    /// The paths of the key files. Names that differ in any part have files of their own.
    pub(crate) fn files(name: &Path) -> [PathBuf; 3] {
        ["rs256", "es256", "pairwise"].map(|key| {
            let mut file = name.as_os_str().to_owned();
            file.push(format!(".{key}.key.pem"));
            file.into()
        })
    }

    fn new(rs256: KeyRing, es256: KeyRing, pairwise: &str) -> Result<Self, InvalidKey> {
        let id_tokens = IdTokenKeys::new(rs256).and(es256.clone())?;
        Ok(Self { access_tokens: es256, id_tokens, pairwise: PairwiseKey::new(pairwise)? })
    }
}
