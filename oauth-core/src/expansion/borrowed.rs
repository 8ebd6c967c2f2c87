//! The start of a server that borrows, beside the error: it would have to outlive what it borrows from.

use super::missing::Missing;
use crate::frame::{AuthorizationServer, RunningServer, ServerConfig};
use crate::server::ConfigurationError;
use crate::token::Issuer;

/// The target of such a server, with the methods of [`Start`](crate::server::Start), none of which runs. They are its own: beside an
/// unknown method the compiler lists the traits that have one of that name.
#[derive(Debug)]
pub struct Borrowed;

#[allow(clippy::unused_self, reason = "they never run")]
impl Borrowed {
    /// Never runs.
    pub fn start(&self) -> Result<RunningServer<Missing>, ConfigurationError> {
        Missing::never()
    }

    /// Never runs.
    pub fn start_in<E>(&self, _: E) -> Result<RunningServer<Missing>, ConfigurationError> {
        Missing::never()
    }

    /// Never runs.
    #[allow(clippy::wrong_self_convention, reason = "the name of the method that it stands in for")]
    pub fn into_service(&self) -> Result<RunningServer<Missing>, ConfigurationError> {
        Missing::never()
    }

    /// Never runs.
    #[cfg(feature = "axum")]
    #[allow(clippy::wrong_self_convention, reason = "the name of the method that it stands in for")]
    pub fn into_router(&self) -> Result<axum::Router, ConfigurationError> {
        Missing::never()
    }
}

impl AuthorizationServer for Missing {
    type Validator = Self;
    type AccessTokens = Self;
    type RefreshTokens = Self;
    type IdTokens = Self;
    type Interaction = Self;
    type Grants = (Self,);

    const ISSUER: Issuer = Issuer::Field;
    const CONFIG: ServerConfig = ServerConfig::new(&[]);

    fn validator(&self) -> &Self {
        self
    }
    fn access_tokens(&self) -> &Self {
        self
    }
    fn refresh_tokens(&self) -> &Self {
        self
    }
    fn id_tokens(&self) -> &Self {
        self
    }
    fn interaction(&self) -> &Self {
        self
    }
}
