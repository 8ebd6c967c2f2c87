//! How to serve a single-page application.
//!
//! **Problem.** A page at `https://app.example.com` runs in the browser, keeps no secret, and asks for tokens by `fetch`.
//!
//! **Code.** It is a public client: PKCE protects it. The origin may read the token endpoint's answers.
//!
//! ```
//! use oauth_core::prelude::*;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let app = Client::public("app")
//!     .client_name("Calendar")
//!     .redirect_uri("https://app.example.com/callback")
//!     .origin("https://app.example.com")
//!     .scope("profile calendar")
//!     .build()?;
//! assert!(app.is_public());
//! # Ok(())
//! # }
//! ```
//!
//! `store.save_client(app).await?` registers it. For origins of every client, there is `allowed_origins("https://app.example.com")` of
//! `#[authorization_server(…)]`.
//!
//! **What to mind.**
//!
//! - The redirect URI is a page of the application, exactly as registered; the library at the browser makes the `code_verifier`.
//! - Refresh tokens of public clients are replaced at each use, and one that comes twice ends them all: keep one tab in charge of it.
//! - Whatever script runs in the page can use its tokens. A small server of your own that holds them, and gives the browser a cookie, is
//!   safer; it is a confidential client then.
//! - `dpop` of the server, and a key that the browser does not hand out, make a stolen token worthless.
//! - The API answers CORS by itself, by a layer of your own: this is about the authorization server's endpoints.
