//! How to let one program call another.
//!
//! **Problem.** A job calls an API at night. There is no person.
//!
//! **Code.** The grant `client_credentials`, as in [the first step of the tutorial](crate::guide::tutorial::programs). Better than a shared
//! secret is a key pair of the client's: the server has the public half only (RFC 7523 §2.2). `cargo add serde_json` writes it.
//!
//! ```
//! use oauth_core::prelude::*;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! // The job keeps this, and sends an assertion that it signed with it.
//! let key = SigningKey::generate(Algorithm::ES256)?;
//! let public = serde_json::to_string(&serde_json::json!({ "keys": [key.public_jwk()] }))?;
//!
//! let job = Client::private_key_jwt("nightly", public)
//!     .grant_type(GrantType::CLIENT_CREDENTIALS)
//!     .scope("reports")
//!     .build()?;
//! assert_eq!(job.token_endpoint_auth_method, ClientAuthMethod::PrivateKeyJwt);
//! # Ok(())
//! # }
//! ```
//!
//! **What to mind.**
//!
//! - `sub` of such a token is the client's own identifier, and no person: an API that looks for a person must not take one for the other.
//! - There is no refresh token. The job asks again when the token is about to expire, and not before each call.
//! - The server must remember used assertions: `#[store]` does, and so does a field with `#[replay_ids]`.
//! - A client for each program, so that one can be shut out without the others. [`Admin::rotate_secret`](crate::admin::Admin::rotate_secret)
//!   gives it another secret, and keeps the old one for a while.
//! - An API that itself calls on, for the same person, exchanges the token: `grants(token_exchange)`, RFC 8693.
