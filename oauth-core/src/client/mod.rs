//! Clients: their registration (RFC 7591 names), secrets, redirect URIs and authentication.

pub mod authentication;
mod openid;
mod redirect_uri;
mod registration;
mod secret;

pub(crate) use self::openid::origin;
pub use self::redirect_uri::RedirectUri;
pub use self::registration::{Client, ClientAuthMethod, ClientBuilder, InvalidClientMetadata};
pub use self::secret::{ClientSecret, SecretHash};
