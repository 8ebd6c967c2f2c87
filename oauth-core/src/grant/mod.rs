//! Grants: how a client turns a right into tokens. One file a grant.
//!
//! A server names its grants as a tuple of types. A grant asks for what it needs in its `impl` (a store for codes, a
//! login), so that a server which lacks it does not compile.

pub mod authorization_code;
pub mod client_credentials;
pub mod device_authorization;
pub mod device_code;
pub mod extension;
mod id_jag;
pub mod implicit;
mod jwt_bearer;
#[cfg(feature = "pages")]
pub mod password;
pub mod refresh_token;
pub mod token_exchange;

pub use self::authorization_code::AuthorizationCode;
pub use self::client_credentials::ClientCredentials;
pub use self::device_code::DeviceCode;
pub use self::extension::{Extension, ExtensionGrant, ExtensionGrantType, GrantApproval};
pub use self::implicit::Implicit;
pub use self::jwt_bearer::JwtBearer;
#[cfg(feature = "pages")]
pub use self::password::Password;
pub use self::refresh_token::RefreshToken;
pub use self::token_exchange::{TokenExchange, TokenExchangePolicy};
pub use crate::client::{GrantType, ResponseType};
pub use crate::frame::{Asks, Grant, GrantSet, ListedGrant, ListedPart, ResponsePart};
pub use crate::model::{UserCode, pkce};
