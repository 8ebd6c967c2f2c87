//! The keys: one for access tokens, one for each algorithm of ID tokens, and one for pairwise subject identifiers; and where they come
//! from: this run, files, or the store.

use std::error::Error;
use std::path::{Path, PathBuf};

use oauth_core::binding::NonceKey;
use oauth_core::jose::InvalidKey;
use oauth_core::keys::{Keks, KeyPolicy, StoredKeys};
use oauth_core::openid::{IdTokenKeys, PairwiseKey};
use oauth_core::prelude::{Algorithm, KeyRing, SecretString, SigningKey};
use oauth_core::store::KeyStore;

/// The algorithms that an ID token may be signed with. OpenID Connect Core §15.1: every provider supports
/// RS256.
pub(crate) const ID_TOKEN_ALGORITHMS: [Algorithm; 2] = [Algorithm::RS256, Algorithm::ES256];

pub(crate) struct Keys {
    pub(crate) access_tokens: KeyRing,
    pub(crate) id_tokens: IdTokenKeys,
    pub(crate) pairwise: PairwiseKey,
    /// `None`: of this run, and other providers refuse them.
    pub(crate) nonces: Option<NonceKey>,
    /// Whatever is to be kept up with.
    pub(crate) stored: Option<StoredKeys>,
}

/// The environment variable with the keys that seal those of the store.
pub(crate) const KEKS: &str = "OAUTH_KEKS";

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

    /// The keys in a store, which are made there if they are not.
    pub(crate) async fn of_store(
        store: impl KeyStore + 'static,
        keks: &SecretString,
    ) -> Result<Self, Box<dyn Error>> {
        let keks = Keks::parse(keks.expose()).map_err(|mistake| format!("{KEKS}: {mistake}"))?;
        let stored = StoredKeys::open(store, keks, KeyPolicy::new(ID_TOKEN_ALGORITHMS)).await?;
        Ok(Self {
            access_tokens: stored.ring(Algorithm::ES256)?,
            id_tokens: stored.id_token_keys()?,
            pairwise: stored.pairwise_key().await?,
            nonces: Some(stored.nonce_key().await?),
            stored: Some(stored),
        })
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
        Ok(Self {
            access_tokens: es256,
            id_tokens,
            pairwise: PairwiseKey::new(pairwise)?,
            nonces: None,
            stored: None,
        })
    }
}
