//! stub
use super::TokenGenerator;
use crate::error::Result;
use crate::request::Request;
use crate::secret::SecretString;
/// stub
#[derive(Debug, Clone, Copy, Default)]
pub struct Opaque {
    prefix: &'static str,
}
impl Opaque {
    /// stub
    pub const DEFAULT: Self = Self { prefix: "" };
    /// stub
    #[must_use]
    pub const fn prefix(mut self, prefix: &'static str) -> Self {
        self.prefix = prefix;
        self
    }
}
impl TokenGenerator for Opaque {
    async fn generate_token(&self, _request: &Request) -> Result<String> {
        Ok(SecretString::random().expose().to_owned())
    }
}
