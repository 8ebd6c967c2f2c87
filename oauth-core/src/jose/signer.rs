//! Keys that sign elsewhere.

use std::pin::Pin;

use super::Jwk;
use crate::error::Result;

/// A private key that is not here: in a KMS, in an HSM, in another process.
///
/// [`SigningKey::remote`](super::SigningKey::remote) makes a key of it that signs whatever a server signs. Every token waits
/// for it: bound its time.
///
/// ```
/// use oauth_core::jose::{Jwk, Signer};
/// use oauth_core::prelude::*;
/// # struct Kms;
/// # impl Kms { async fn sign(&self, _: &str, _: &[u8]) -> Result<Vec<u8>> { Ok(Vec::new()) } }
///
/// struct KmsKey {
///     kms: Kms,
///     arn: String,
///     public: Jwk,
/// }
///
/// impl Signer for KmsKey {
///     fn public_jwk(&self) -> Jwk {
///         self.public.clone()
///     }
///
///     async fn sign(&self, message: &[u8]) -> Result<Vec<u8>> {
///         self.kms.sign(&self.arn, message).await
///     }
/// }
/// ```
pub trait Signer: Send + Sync + 'static {
    /// The public half. Its `alg` is the algorithm of the signatures, and its `kid` the identifier; without a `kid`, that is
    /// the thumbprint.
    fn public_jwk(&self) -> Jwk;

    /// Signs, in the form of RFC 7518 §3: of ECDSA, the two integers side by side and not ASN.1, which most services give.
    ///
    /// # Errors
    ///
    /// `server_error` if it cannot; the cause goes to the log.
    fn sign(&self, message: &[u8]) -> impl Future<Output = Result<Vec<u8>>> + Send;
}

/// A [`Signer`] without its type.
pub(super) trait AnySigner: Send + Sync {
    fn sign<'a>(&'a self, message: &'a [u8]) -> Pin<Box<dyn Future<Output = Result<Vec<u8>>> + Send + 'a>>;
}

impl<S: Signer> AnySigner for S {
    fn sign<'a>(&'a self, message: &'a [u8]) -> Pin<Box<dyn Future<Output = Result<Vec<u8>>> + Send + 'a>> {
        Box::pin(Signer::sign(self, message))
    }
}
