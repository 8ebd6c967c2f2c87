//! The items that an application's `main.rs` needs: `use oauth_core::prelude::*;`.

#[cfg(feature = "macros")]
pub use oauth_macros::{
    Claims, authorization_server, extension_grant, scope, step_up, token_generator, validator,
};

#[cfg(all(feature = "macros", feature = "resource"))]
pub use oauth_macros::resource_server;

// What one would derive is an attribute: the compiler says so, in place of "cannot find".
#[cfg(all(feature = "macros", feature = "resource"))]
#[doc(hidden)]
pub use oauth_macros::ResourceServer;
#[cfg(feature = "macros")]
#[doc(hidden)]
pub use oauth_macros::{
    AuthorizationServer, ExtensionGrant, RequestValidator, Scope, TokenGenerator, Validator,
};

pub use crate::assertion::{AcceptedAssertion, UnverifiedAssertion, VerifiedAssertion};
pub use crate::authorization::{AuthorizationExtras, AuthorizationRequest};
pub use crate::claims::Claims;
pub use crate::client::{Client, ClientAuthMethod, ClientSecret, RedirectUri};
pub use crate::error::{Error, ErrorCode, Result};
#[cfg(feature = "pages")]
pub use crate::grant::Password;
pub use crate::grant::{
    AuthorizationCode, ClientCredentials, DeviceCode, ExtensionGrant, GrantApproval, GrantType, Implicit,
    JwtBearer, RefreshToken, ResponseType,
};
#[cfg(feature = "pages")]
pub use crate::interaction::LoginPages;
pub use crate::interaction::{Approval, Context, Decision, Interaction, NoInteraction};
pub use crate::jose::{
    Algorithm, ContentEncryption, DecryptionKey, EncryptionKey, KeyManagement, KeyRing, SigningKey,
};
pub use crate::openid::{IdTokenKeys, NoIdTokens};
pub use crate::request::Request;
pub use crate::resource::{Bearer, ResourceConfig};
#[cfg(feature = "resource")]
pub use crate::resource::{Credentials, ResourceServer};
pub use crate::scope::{AnyOf, Bound, Scope, ScopeSet, ScopeType, StepUp};
pub use crate::secret::SecretString;
pub use crate::server::{AuthorizationServer, Start};
#[cfg(feature = "postgres")]
pub use crate::store::PostgresStore;
#[cfg(feature = "sqlite")]
pub use crate::store::SqliteStore;
#[cfg(feature = "valkey")]
pub use crate::store::ValkeyStore;
pub use crate::store::{ClientStore, MemoryStore, User, UserStore};
pub use crate::token::{
    BearerToken, IncludeRefreshToken, Issuer, Opaque, TokenExtras, TokenGenerator, Tokens,
};
pub use crate::validator::{RequestValidator, StoreRoles};
