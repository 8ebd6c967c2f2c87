//! stub
use super::{Algorithm, Jwk, SigningKeys};
/// stub
#[derive(Debug, Clone)]
pub struct SigningKey(());
/// stub
#[derive(Debug, Clone)]
pub struct InvalidKey(());
impl SigningKey {
    /// stub
    pub fn generate(_algorithm: Algorithm) -> Result<Self, InvalidKey> {
        Ok(Self(()))
    }
}
impl SigningKeys for SigningKey {
    fn active(&self) -> &SigningKey {
        self
    }
    fn jwks(&self) -> Vec<Jwk> {
        Vec::new()
    }
}
