//! stub
use super::{Jwk, SigningKey, SigningKeys};
/// stub
#[derive(Debug, Clone)]
pub struct KeyRing(SigningKey);
impl From<SigningKey> for KeyRing {
    fn from(key: SigningKey) -> Self {
        Self(key)
    }
}
impl SigningKeys for KeyRing {
    fn active(&self) -> &SigningKey {
        &self.0
    }
    fn jwks(&self) -> Vec<Jwk> {
        Vec::new()
    }
}
