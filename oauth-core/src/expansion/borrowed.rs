//! The start of a server that borrows, beside the error: it would have to outlive what it borrows from.

use super::missing::Missing;
use crate::frame::{AuthorizationServer, RunningServer, ServerConfig};
use crate::server::ConfigurationError;
use crate::token::Issuer;

/// The methods of [`Start`](crate::server::Start), none of which runs.
pub trait Borrowed: Sized {
    /// Never runs.
    ///
    /// # Errors
    ///
    /// None.
    fn start(self) -> Result<RunningServer<Missing>, ConfigurationError> {
        Missing::never()
    }

    /// Never runs.
    ///
    /// # Errors
    ///
    /// None.
    fn start_in<E>(self, _: E) -> Result<RunningServer<Missing>, ConfigurationError> {
        Missing::never()
    }

    /// Never runs.
    ///
    /// # Errors
    ///
    /// None.
    fn into_service(self) -> Result<RunningServer<Missing>, ConfigurationError> {
        Missing::never()
    }

    /// Never runs.
    ///
    /// # Errors
    ///
    /// None.
    #[cfg(feature = "axum")]
    fn into_router(self) -> Result<axum::Router, ConfigurationError> {
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
