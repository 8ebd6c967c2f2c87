//! The signer whose keys sign ID tokens.

use crate::client::Client;
use crate::error::{Error, Result};
use crate::jose::{Algorithm, Jwk, SigningKey, SigningKeys};

/// Signs the ID tokens of a server: a `KeyRing`, a `SigningKey` or [`IdTokenKeys`](super::IdTokenKeys) in a field marked
/// `#[id_token]`, or else the `#[token_generator(jwt, …)]` that makes the access tokens.
///
/// One of the keys is for RS256: it is what a client expects that registered no `id_token_signed_response_alg`, and
/// `into_router` refuses a server without it (OIDC Core §15.1). Under the profile `fapi2` none is: PS256, ES256 or `EdDSA` signs for all
/// (FAPI 2.0 §5.4.1).
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot sign ID tokens, which the scope `openid` asks for",
    label = "has no signing keys",
    note = "add `#[id_token] id_tokens: KeyRing` to the `#[authorization_server]` struct, or use `#[token_generator(jwt, …)]` for the access tokens (OpenID Connect Core §2)",
    note = "one of the keys is for RS256, which clients expect (OpenID Connect Core §15.1)"
)]
pub trait IdTokenSigner: Send + Sync {
    /// True if the server is an OpenID provider.
    const IS_OPENID_PROVIDER: bool = true;

    /// The one algorithm that it signs with, if that is certain before a key is there: `algorithm = "…"` of a
    /// `#[token_generator(jwt, …)]`.
    const ALGORITHM: Option<Algorithm> = None;

    /// The key that signs now; `None` only if the server is no OpenID provider.
    fn signing_key(&self) -> Option<SigningKey>;

    /// The keys that sign now, one an algorithm.
    fn signing_keys(&self) -> Vec<SigningKey> {
        self.signing_key().into_iter().collect()
    }

    /// The public keys, for the JWKS endpoint.
    fn jwks(&self) -> Vec<Jwk>;
}

impl<K: SigningKeys> IdTokenSigner for K {
    fn signing_key(&self) -> Option<SigningKey> {
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

    fn signing_key(&self) -> Option<SigningKey> {
        None
    }

    fn jwks(&self) -> Vec<Jwk> {
        Vec::new()
    }
}

/// The one of these keys that signs for a client. `id_token_signed_response_alg` of OIDC Dynamic Client Registration §2: "The
/// default, if omitted, is RS256." Of a server without it, as FAPI 2.0 §5.4.1 has them, the first signs.
pub(crate) fn key_among<'k>(keys: &'k [SigningKey], client: &Client) -> Result<&'k SigningKey> {
    let algorithm = client.id_token_signed_response_alg.unwrap_or(Algorithm::RS256);
    let default = keys.first().filter(|_| client.id_token_signed_response_alg.is_none());
    keys.iter().find(|key| key.algorithm() == algorithm).or(default).ok_or_else(|| {
        Error::server(format!(
            "the client `{}` expects ID tokens signed with {algorithm:?}, for which the server has no key: add one to \
             its `IdTokenKeys`, or change the client's `id_token_signed_response_alg`",
            client.client_id
        ))
    })
}

/// The algorithms that sign ID tokens: `id_token_signing_alg_values_supported`.
pub(crate) fn algorithms(signer: &impl IdTokenSigner) -> Vec<Algorithm> {
    signer.signing_keys().iter().map(SigningKey::algorithm).collect()
}
