//! The protected resource: an API that takes access tokens (RFC 6749 §7, RFC 6750).
//!
//! A [`ProtectedResource`] validates tokens in one of three ways:
//!
//! - signed tokens by the issuer's keys ([`Jwks`], RFC 9068 §4), fetched, cached and refreshed by themselves;
//! - any token by asking the issuer ([`Introspection`], RFC 7662), with a short memory;
//! - in the process of the authorization server itself ([`Local`]), by the server's own validator.
//!
//! `#[resource_server]` makes one from a struct, [`RunningServer::protected_resource`](crate::server::RunningServer::protected_resource)
//! one that is local; a [`TokenValidator`] of your own goes into [`ProtectedResource::new`]. With axum, a handler that takes
//! a [`Bearer`] runs only for requests whose token has the scopes; without, [`ProtectedResource::authorize`] is the same.

mod authentication_checks;
mod bearer;
mod claims_on_demand;
mod config;
#[cfg(feature = "resource")]
mod discovery;
#[cfg(feature = "resource")]
mod introspection;
mod issued_claims;
#[cfg(feature = "resource")]
mod jwks;
#[cfg(feature = "resource")]
mod jwt;
mod layer;
mod local;
mod metadata;
mod protected;
pub(crate) mod scope_checks;
#[cfg(feature = "resource")]
mod server;
mod start_up;
mod token;

pub use self::bearer::Bearer;
#[cfg(feature = "axum")]
pub use self::bearer::{BearerForm, ResourceState};
pub use self::config::{LocalConfig, OwnTokens, ResourceConfig, Validation};
#[cfg(feature = "resource")]
pub use self::introspection::{Credentials, Introspection};
pub use self::issued_claims::IssuedClaims;
#[cfg(feature = "resource")]
pub use self::jwks::Jwks;
pub use self::layer::{BearerLayer, Guarded};
pub use self::local::Local;
pub use self::metadata::ResourceMetadata;
pub use self::protected::{ProtectedResource, TokenValidator};
#[cfg(feature = "resource")]
pub use self::server::{RemoteValidator, ResourceServer};
pub use self::token::ValidatedToken;
pub use crate::binding::Challenge;
