//! A declarative OAuth 2.0, 2.1 and OpenID Connect framework: annotate structs, get a server.
//!
//! Attribute macros turn a few structs of yours into a validator, token generators and a server, and wire them at compile time.
//! A grant that lacks what it needs does not compile, and the error says what to write. The rest is an ordinary axum router or
//! tower service over your own types.
//!
//! New here? The [`guide`] begins with a [tutorial](guide::tutorial) in six steps; it has the [concepts](guide::concepts), short
//! [how-to's](guide::how_to), and a page of [errors](guide::errors) with what to write.
//!
//! # A server
//!
//! ```no_run
//! use oauth_core::prelude::*;
//!
//! /// The records of this server: its clients, users, codes and tokens.
//! #[validator]
//! struct Accounts {
//!     #[store]
//!     store: MemoryStore,
//! }
//!
//! #[token_generator(jwt, issuer = "https://auth.example.com", expires_in = "15m")]
//! struct AccessTokens {
//!     #[signing_key]
//!     keys: KeyRing,
//! }
//!
//! #[authorization_server(
//!     grants(authorization_code, refresh_token, client_credentials),
//!     scopes("profile", "calendar")
//! )]
//! struct AuthServer {
//!     #[validator]
//!     accounts: Accounts,
//!     #[access_token]
//!     tokens: AccessTokens,
//!     #[interaction]
//!     pages: LoginPages,
//! }
//!
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! let tokens = AccessTokens { keys: KeyRing::load_or_generate("key.pem", Algorithm::ES256)? };
//! let accounts = Accounts { store: MemoryStore::new() };
//! AuthServer { accounts, tokens, pages: LoginPages::new() }.start()?.serve("127.0.0.1:8080").await?;
//! # Ok(())
//! # }
//! ```
//!
//! - `#[validator]` names the stores. With `custom`, an `impl` block of the same name overrides decisions of
//!   [`RequestValidator`](validator::RequestValidator), and declares claims.
//! - `#[token_generator(…)]` says what a token is: `opaque`, `jwt` or `jwe`, or a type of yours that implements
//!   [`TokenGenerator`](token::TokenGenerator).
//! - `#[authorization_server(…)]` names the grants and the scopes. It implements [`AuthorizationServer`](server::AuthorizationServer),
//!   which you can also do by hand.
//! - [`start`](server::Start::start) checks what only a run can tell, all at once, and gives a
//!   [`RunningServer`](server::RunningServer). `into_router()` is the short way to its router.
//!
//! An API that takes the tokens asks for them in its handlers, as [`Bearer<CalendarRead>`](resource::Bearer); one in another process
//! has `#[resource_server(…)]`.
//!
//! # Features
//!
//! All but the last four are on by default.
//!
//! | feature | brings |
//! |---|---|
//! | `macros` | the attribute macros |
//! | `axum` | `into_router()`, extractors |
//! | `serve` | `serve()`: an application that is served, maintained and drained |
//! | `sqlite` | `SqliteStore` |
//! | `pages` | `LoginPages`, users with passwords |
//! | `http-client` | `HttpsClient`: requests to other servers over TLS, back-channel logout |
//! | `resource` | `#[resource_server]`: an API in a process of its own |
//! | `postgres` | `PostgresStore` |
//! | `valkey` | `ValkeyStore` |
//! | `conformance` | `conformance!` and `store_conformance!`: tests of a server and of stores of your own, for `[dev-dependencies]` |
//! | `metrics` | `event::Metrics`: figures for Prometheus, OpenTelemetry and others |
//! | `jsonwebtoken` | conversions of keys from and to those of that crate |
//!
//! # A map of the modules
//!
//! | to do this | look here |
//! |---|---|
//! | start, configure and observe a server | [`server`], [`event`], [`limits`], [`clock`] |
//! | override a decision | [`validator`](mod@validator) |
//! | register a client | [`client`] |
//! | make and check tokens | [`token`], [`claims`], [`scope`](mod@scope), [`jose`] |
//! | share keys among instances | [`keys`] |
//! | keep things | [`store`] |
//! | ask people | [`interaction`] |
//! | protect an API | [`resource`] |
//! | know how a request is answered | [`authorization`], [`endpoint`], [`grant`], [`client_auth`], [`binding`], [`openid`] |
//! | add an endpoint, a grant, a client authentication method or a token binding | [`endpoint::Endpoint`], [`grant::Grant`], [`client_auth::ClientAuth`], [`binding::Binding`] |
//! | answer with an error | [`error`] |
//! | mount it elsewhere than in axum | [`http`] |
//!
//! # Where to go next
//!
//! The [`guide`] shows how to do things, step by step. The [`manual`] has the defaults, the threats with what is done about each, the rules that are enforced, and the specifications
//! section by section. The `examples` folder of the repository has a program for each way of using the framework.
// Items say which feature they need where documentation is built by a nightly compiler.
#![cfg_attr(docsrs, feature(doc_cfg))]
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

pub mod admin;
mod advice;
pub mod assertion;
pub mod authorization;
pub mod binding;
mod cache;
pub mod claims;
pub mod client;
pub mod client_auth;
pub mod clock;
#[cfg(feature = "conformance")]
pub mod conformance;
pub mod endpoint;
pub mod error;
pub mod event;
mod expansion;
mod frame;
pub mod grant;
mod guesses;
pub mod guide;
pub mod http;
pub mod interaction;
mod issuing;
mod join;
pub mod jose;
mod json;
pub mod keys;
pub mod limits;
mod mac;
pub mod manual;
mod model;
pub mod openid;
pub mod prelude;
pub mod request;
pub mod resource;
mod response;
pub mod scope;
mod sealed;
pub mod secret;
mod secret_file;
#[cfg(feature = "serve")]
pub mod serve;
pub mod server;
mod standing;
pub mod store;
pub mod time;
pub mod token;
pub mod validator;

#[doc(hidden)]
pub mod __private;

#[cfg(feature = "macros")]
pub use oauth_macros::{
    Claims, authorization_server, extension_grant, scope, step_up, token_generator, validator,
};

#[cfg(all(feature = "macros", feature = "resource"))]
pub use oauth_macros::resource_server;

#[cfg(feature = "conformance")]
#[doc(hidden)]
pub use oauth_rules::__request_rules;

pub use crate::error::{Error, Result};
#[cfg(feature = "serve")]
pub use crate::serve::serve;
