//! What macro expansions name. Not public API: it changes with the macros, whose version is pinned to this crate's.

pub use core::option::Option::{self, None, Some};
pub use core::result::Result::{Err, Ok};
pub use core::time::Duration;
pub use std::string::String;
pub use std::vec::Vec;

pub use crate::claims::{ClaimDeclaration, Claims};
pub use crate::client::Client;
pub use crate::error::{Error, Result};
pub use crate::grant::{AuthorizationCode, ClientCredentials, GrantType, RefreshToken};
pub use crate::interaction::NoInteraction;
pub use crate::jose::{Algorithm, Jwk, SigningKeys};
pub use crate::request::Request;
pub use crate::scope::{Scope, ScopeSet};
pub use crate::secret::SecretString;
pub use crate::server::{AuthorizationServer, Endpoints, ServerConfig};
pub use crate::store::NoStore;
pub use crate::token::{Issuer, JwtProfile, Opaque, StaticClaim, TokenGenerator, TokenResponse};
pub use crate::validator::{PlainValidator, RequestValidator, StoreRoles};
