//! Access tokens in the format that `--access-tokens` asks for.

use std::path::Path;

use oauth_core::jose::EncryptionKey;
use oauth_core::prelude::*;

use crate::arguments::Format;

/// The access tokens that an API reads by itself (RFC 9068).
#[token_generator(jwt, issuer = self.issuer, expires_in = "15m")]
pub(crate) struct Signed {
    issuer: String,
    #[signing_key]
    keys: KeyRing,
}

/// The same, for one API alone to read (RFC 7516).
#[token_generator(jwe, issuer = self.issuer, expires_in = "15m")]
pub(crate) struct Encrypted {
    issuer: String,
    #[signing_key]
    keys: KeyRing,
    #[encryption_key]
    api: EncryptionKey,
}

/// The access tokens that an API asks the server about (RFC 7662).
#[token_generator(opaque, expires_in = "15m")]
pub(crate) struct Reference;

pub(crate) enum AccessTokens {
    Signed(Signed),
    Encrypted(Encrypted),
    Reference(Reference),
}

impl AccessTokens {
    pub(crate) fn new(format: Format, issuer: String, keys: KeyRing) -> Self {
        match format {
            Format::Jwt => Self::Signed(Signed { issuer, keys }),
            Format::Jwe(api) => Self::Encrypted(Encrypted { issuer, keys, api }),
            Format::Opaque => Self::Reference(Reference),
        }
    }
}

/// The public key of an API, in PEM or as a JWK.
pub(crate) fn encryption_key(path: &Path) -> std::result::Result<EncryptionKey, String> {
    let failed =
        |cause: &dyn std::fmt::Display| format!("cannot use the key file `{}`: {cause}", path.display());
    let text = std::fs::read_to_string(path).map_err(|cause| failed(&cause))?;
    let key = if text.trim_start().starts_with('{') {
        EncryptionKey::from_jwk(&text)
    } else {
        EncryptionKey::from_pem(&text)
    };
    key.map_err(|cause| failed(&cause))
}

/// Each method is the one of the format.
impl TokenGenerator for AccessTokens {
    async fn generate_token(&self, request: &Request) -> Result<String> {
        match self {
            Self::Signed(tokens) => tokens.generate_token(request).await,
            Self::Encrypted(tokens) => tokens.generate_token(request).await,
            Self::Reference(tokens) => tokens.generate_token(request).await,
        }
    }

    fn tokens(&self) -> Tokens<'_> {
        match self {
            Self::Signed(tokens) => tokens.tokens(),
            Self::Encrypted(tokens) => tokens.tokens(),
            Self::Reference(tokens) => tokens.tokens(),
        }
    }
}
