//! Whose keys sign ID tokens.

use crate::jose::{Jwk, SigningKey, SigningKeys};

/// Signs the ID tokens of a server: a `KeyRing` or a `SigningKey` in a field marked `#[id_token]`, or else the
/// `#[token_generator(jwt, …)]` that makes the access tokens.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot sign ID tokens, which the scope `openid` asks for",
    label = "has no signing keys",
    note = "add `#[id_token] id_tokens: KeyRing` to the `#[authorization_server]` struct, or use `#[token_generator(jwt, …)]` for the access tokens (OpenID Connect Core §2)"
)]
pub trait IdTokenSigner: Send + Sync {
    /// Whether the server is an OpenID provider.
    const IS_OPENID_PROVIDER: bool = true;

    /// The key that signs now; `None` only if the server is no OpenID provider.
    fn signing_key(&self) -> Option<&SigningKey>;

    /// The public keys, for the JWKS endpoint.
    fn jwks(&self) -> Vec<Jwk>;
}

impl<K: SigningKeys> IdTokenSigner for K {
    fn signing_key(&self) -> Option<&SigningKey> {
        Some(self.active())
    }

    fn jwks(&self) -> Vec<Jwk> {
        SigningKeys::jwks(self)
    }
}

/// A server that issues no ID tokens.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoIdTokens;

impl IdTokenSigner for NoIdTokens {
    const IS_OPENID_PROVIDER: bool = false;

    fn signing_key(&self) -> Option<&SigningKey> {
        None
    }

    fn jwks(&self) -> Vec<Jwk> {
        Vec::new()
    }
}
