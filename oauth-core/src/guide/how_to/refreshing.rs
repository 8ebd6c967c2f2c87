//! How to keep access without the person.
//!
//! **Problem.** Access tokens live for minutes. The client shall go on without asking the person each time.
//!
//! **Code.** The grant `refresh_token`, of the server and of the client. A client with a redirect URI has it unless it says which grants it
//! has.
//!
//! ```
//! use oauth_core::prelude::*;
//!
//! # #[validator] struct Accounts { #[store] store: MemoryStore }
//! #[authorization_server(
//!     issuer = "https://auth.example.com",
//!     grants(authorization_code, refresh_token),
//!     scopes("calendar" = "See your calendar"),
//!     refresh_token_lifetime = "14d",
//!     refresh_token_grace = "10s"
//! )]
//! struct AuthServer {
//!     #[validator]
//!     accounts: Accounts,
//!     #[interaction]
//!     pages: LoginPages,
//! }
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let client = Client::public("app").redirect_uri("https://app.example.com/callback").scope("calendar").build()?;
//! assert!(client.grant_types.contains(&GrantType::REFRESH_TOKEN));
//! # Ok(())
//! # }
//! ```
//!
//! **What to mind.**
//!
//! - A refresh token is replaced when it is used: the client keeps the last one, before it does anything else with the answer.
//! - An old one that comes again ends everything from that login, for one of the two who have it is a thief. Within the grace, the same answer
//!   comes again, for a response that was lost.
//! - `invalid_grant` means that the person must log in again. It is no failure, and repeating it helps nobody.
//! - 365 days after the login it ends in any case: `refresh_token_max_lifetime`.
//! - With OpenID Connect and without `offline_access`, it ends with the session.
//! - [`sign_out_everywhere`](crate::server::RunningServer::sign_out_everywhere) and
//!   [`revoke_grant`](crate::server::RunningServer::revoke_grant) end it from your side.
