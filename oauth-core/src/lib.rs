//! A declarative OAuth 2.0, 2.1 and OpenID Connect framework: annotate structs, get a server.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::todo,
        clippy::unimplemented,
        clippy::unreachable
    )
)]

pub mod assertion;
pub mod authorization;
pub mod binding;
pub mod claims;
pub mod client;
pub mod client_auth;
pub mod clock;
#[cfg(feature = "conformance")]
pub mod conformance;
pub mod endpoint;
pub mod error;
pub mod event;
pub mod grant;
pub mod http;
pub mod interaction;
pub mod jose;
pub mod limits;
mod mac;
pub mod manual;
mod model;
pub mod openid;
pub mod prelude;
pub mod request;
pub mod resource;
pub mod scope;
pub mod secret;
mod secret_file;
pub mod server;
pub mod store;
pub mod time;
pub mod token;
pub mod validator;

#[doc(hidden)]
pub mod __private;

#[cfg(feature = "macros")]
pub use oauth_macros::{Claims, authorization_server, extension_grant, scope, token_generator, validator};

#[cfg(all(feature = "macros", feature = "resource"))]
pub use oauth_macros::resource_server;

pub use crate::error::{Error, Result};
