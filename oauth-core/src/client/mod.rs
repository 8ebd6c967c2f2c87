//! Clients: their registration (RFC 7591 names), secrets, redirect URIs and authentication.

mod assertion;
pub mod authentication;
mod jwks;
mod redirect_uri;
mod registration;
mod secret;

pub use self::jwks::ClientJwks;
pub use self::redirect_uri::RedirectUri;
pub use self::registration::{Client, ClientAuthMethod, ClientBuilder, InvalidClientMetadata};
pub use self::secret::{ClientSecret, SecretHash};
