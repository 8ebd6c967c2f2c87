//! Clients: their registration (RFC 7591 names), secrets, redirect URIs and keys.

mod application;
mod auth_method;
mod authority;
mod builder;
mod coherence;
mod document;
mod fapi2;
mod grant_type;
mod host;
mod introspects;
mod invalid;
mod jwks;
mod metadata;
mod openid;
mod previous_secret;
mod redirect_uri;
mod registration;
mod response_type;
mod secret;
mod subject_type;

pub use self::application::{ApplicationType, ClientSource};
pub use self::auth_method::ClientAuthMethod;
pub use self::builder::ClientBuilder;
pub(crate) use self::coherence::of_client;
pub(crate) use self::document::{GRANTS_OF_STRANGERS, Terms, is_document_url, metadata_of_stranger};
pub use self::grant_type::GrantType;
#[cfg(feature = "http-client")]
pub(crate) use self::host::{is_public as is_public_host, is_public_address};
pub use self::introspects::Introspects;
pub use self::invalid::InvalidClientMetadata;
pub use self::jwks::ClientJwks;
pub use self::metadata::ClientMetadata;
pub(crate) use self::openid::origin;
pub use self::previous_secret::PreviousSecret;
pub use self::redirect_uri::RedirectUri;
pub(crate) use self::redirect_uri::{host_elsewhere, is_on_loopback};
pub use self::registration::Client;
pub use self::response_type::ResponseType;
pub use self::secret::{ClientSecret, SecretHash};
pub use self::subject_type::SubjectType;
