//! Step 2: a person logs in, and a client gets a code.
//!
//! A client that acts for a person sends their browser to the server. The person logs in and agrees there, and the browser comes back to
//! the client with a code, which the client exchanges for tokens: the grant `authorization_code` (RFC 6749 §4.1) with PKCE (RFC 7636).
//! Two things are new in the server: the grants, and who talks to the person. [`LoginPages`](crate::interaction::LoginPages) has pages
//! for login and consent, with passwords in the store.
//!
//! ```no_run
//! use oauth_core::prelude::*;
//!
//! #[validator]
//! struct Accounts {
//!     #[store]
//!     store: MemoryStore,
//! }
//!
//! #[authorization_server(
//!     issuer = "http://127.0.0.1:8080",
//!     grants(authorization_code, refresh_token, client_credentials),
//!     scopes("profile" = "Know your name", "calendar" = "See your calendar")
//! )]
//! struct AuthServer {
//!     #[validator]
//!     accounts: Accounts,
//!     #[interaction]
//!     pages: LoginPages,
//! }
//!
//! #[tokio::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let store = MemoryStore::new();
//!     let secret = ClientSecret::generate();
//!     let client = Client::confidential("calendar", &secret)
//!         .client_name("Calendar")
//!         .redirect_uri("http://127.0.0.1:3000/callback")
//!         .scope("profile calendar");
//!     store.save_client(client.build()?).await?;
//!     store.save_user(User::new("248289761001", "alice").with_password("correct horse battery staple")?).await?;
//!     println!("the secret of `calendar`: {}", secret.expose());
//!
//!     let server = AuthServer { accounts: Accounts { store }, pages: LoginPages::new() }.start()?;
//!     let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
//!     oauth_core::serve(listener, server.clone().into_router()).maintain(&server).await?;
//!     Ok(())
//! }
//! ```
//!
//! - The redirect URI is compared byte for byte with what was registered.
//! - [`User::new`](crate::store::User::new) takes the subject, which is what tokens call the person and never changes, and the name that
//!   they log in with.
//! - The text after `=` is what the consent page says about a scope.
//!
//! # How it goes
//!
//! | who | does |
//! |---|---|
//! | client | makes a random `code_verifier`, and sends the browser to `/authorize?response_type=code&client_id=calendar&redirect_uri=…&scope=…&state=…&code_challenge=…&code_challenge_method=S256`, where the challenge is the SHA-256 of the verifier in base64url |
//! | server | sends a browser that is not logged in to `/login`, and then asks the person whether they agree |
//! | server | sends the browser to the redirect URI, with `code`, `state` and `iss` |
//! | client | compares `state` and `iss`, and posts `grant_type=authorization_code`, `code`, `redirect_uri` and `code_verifier` to `/token` |
//! | server | checks all of it, and then uses the code up: it works once, within a minute |
//!
//! A client library does the client's part. Give it the issuer: it finds the rest in `/.well-known/oauth-authorization-server`.
//!
//! # What a browser sees first
//!
//! ```
//! # use oauth_core::prelude::*;
//! # #[validator]
//! # struct Accounts { #[store] store: MemoryStore }
//! # #[authorization_server(issuer = "http://127.0.0.1:8080", grants(authorization_code, refresh_token), scopes("calendar"))]
//! # struct AuthServer { #[validator] accounts: Accounts, #[interaction] pages: LoginPages }
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let (store, secret) = (MemoryStore::new(), ClientSecret::generate());
//! # let client = Client::confidential("calendar", &secret).redirect_uri("http://127.0.0.1:3000/callback");
//! # store.save_client(client.scope("calendar").build()?).await?;
//! # let server = AuthServer { accounts: Accounts { store }, pages: LoginPages::new() }.start()?;
//! let asked = |redirect_uri: &str| {
//!     let query = format!(
//!         "response_type=code&client_id=calendar&scope=calendar&state=1f3a&redirect_uri={redirect_uri}\
//!          &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"
//!     );
//!     axum::http::Request::get(format!("/authorize?{query}")).body(axum::body::Body::empty())
//! };
//! let response = server.respond(asked("http://127.0.0.1:3000/callback")?).await;
//! assert!(response.status().is_redirection());
//! let location = response.headers()["location"].to_str()?;
//! assert!(location.contains("/login"), "{location}");
//!
//! // A redirect URI that nobody registered is an error page, and sends nobody anywhere.
//! let response = server.respond(asked("https://evil.example/callback")?).await;
//! assert_eq!(response.status(), 400);
//! # Ok(())
//! # }
//! ```
//!
//! For a login of your own in place of these pages, see [`own_login`](crate::guide::how_to::own_login). The next step:
//! [tokens that say something](super::claims).
