//! How to put claims from a database into tokens.
//!
//! **Problem.** A token shall say which tenant the person belongs to, and the tenant is in your database.
//!
//! **Code.** `cargo add sqlx@0.9 --no-default-features -F sqlite`: the version that [`SqliteStore`](crate::store::SqliteStore) has. A
//! `#[claim]` may be an `async fn`, and use `?` with any error.
//!
//! ```
//! use oauth_core::prelude::*;
//! use sqlx::SqlitePool;
//!
//! #[validator(custom)]
//! struct Accounts {
//!     #[store]
//!     store: SqliteStore,
//!     members: SqlitePool,
//! }
//!
//! #[validator]
//! impl Accounts {
//!     /// In tokens of people who granted the scope `profile`. A member without a tenant has no such claim.
//!     #[claim("tenant", scope = "profile")]
//!     async fn tenant(&self, request: &Request) -> Result<Option<String>> {
//!         let Some(subject) = &request.subject else { return Ok(None) };
//!         let tenant = sqlx::query_scalar("SELECT tenant FROM members WHERE id = ?").bind(subject);
//!         Ok(tenant.fetch_optional(&self.members).await?)
//!     }
//! }
//!
//! #[token_generator(jwt, issuer = "https://auth.example.com", expires_in = "15m")]
//! struct AccessTokens {
//!     #[signing_key]
//!     keys: KeyRing,
//! }
//!
//! #[authorization_server(grants(authorization_code, refresh_token), scopes("profile" = "Know your name"))]
//! struct AuthServer {
//!     #[validator]
//!     accounts: Accounts,
//!     #[access_token]
//!     tokens: AccessTokens,
//!     #[interaction]
//!     pages: LoginPages,
//! }
//! ```
//!
//! **What to mind.**
//!
//! - It runs for each token, also when one is refreshed: what changes in the database is in the next token.
//! - A database that fails is `server_error`: no token, the cause in the log, and the code or refresh token is not used up.
//! - `to(id_token)` and `to(userinfo)` of `#[claim]` send it there, with an OpenID provider.
//! - An API in another process sees what the token said when it was made. What must be exact belongs into a look-up of the API.
//! - Whoever has the token can read a JWT. `#[token_generator(jwe, …)]` encrypts it for the API.
