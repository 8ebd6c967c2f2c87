//! Step 1: a server that issues tokens to programs.
//!
//! A program has a name and a secret, and asks for a token with them: the grant `client_credentials` (RFC 6749 §4.4). No person is
//! involved. This is the whole server:
//!
//! ```no_run
//! use oauth_core::prelude::*;
//!
//! /// What the server remembers: its clients and tokens.
//! #[validator]
//! struct Accounts {
//!     #[store]
//!     store: MemoryStore,
//! }
//!
//! #[authorization_server(issuer = "http://127.0.0.1:8080", grants(client_credentials), scopes("reports"))]
//! struct AuthServer {
//!     #[validator]
//!     accounts: Accounts,
//! }
//!
//! #[tokio::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let store = MemoryStore::new();
//!     let secret = ClientSecret::generate();
//!     store.save_client(Client::confidential("robot", &secret).scope("reports").build()?).await?;
//!
//!     let server = AuthServer { accounts: Accounts { store } }.start()?;
//!     let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
//!     println!("curl -u robot:{} -d grant_type=client_credentials http://127.0.0.1:8080/token", secret.expose());
//!     oauth_core::serve(listener, server.clone().into_router()).maintain(&server).await?;
//!     Ok(())
//! }
//! ```
//!
//! `cargo run` prints a `curl` line. Paste it into another terminal, and a token comes back:
//!
//! ```json
//! {"access_token":"…","token_type":"Bearer","expires_in":3600,"scope":"reports"}
//! ```
//!
//! # What is what
//!
//! - `#[validator]` makes a [`RequestValidator`](crate::validator::RequestValidator) of the struct: it knows what the server knows. The
//!   field `#[store]` says where. [`MemoryStore`](crate::store::MemoryStore) forgets at the end of the process.
//! - `#[authorization_server(…)]` names the issuer, which is the URL that clients know the server by, the grants, and the scopes.
//! - A [`Client`](crate::client::Client) is registered before it asks: there is no list of clients in the program. Its secret is shown
//!   once; the store has a hash.
//! - [`start`](crate::server::Start::start) checks what only a run can tell, and gives a server that can be cloned. What else is wrong
//!   does not compile: try `grants(client_credential)`.
//! - [`serve`](crate::serve()) answers until the process is told to stop, and
//!   [`maintain`](crate::serve::Serve::maintain) does the server's background work, such as removing what has expired.
//!
//! # The same without a socket
//!
//! The server answers a request by itself, which is how your own tests can talk to it (`cargo add --dev serde_json` reads the answer). This
//! client sends its secret in the body, so that there is no header to encode:
//!
//! ```
//! # use oauth_core::prelude::*;
//! # #[validator]
//! # struct Accounts { #[store] store: MemoryStore }
//! # #[authorization_server(issuer = "http://127.0.0.1:8080", grants(client_credentials), scopes("reports"))]
//! # struct AuthServer { #[validator] accounts: Accounts }
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let (store, secret) = (MemoryStore::new(), ClientSecret::generate());
//! let robot = Client::confidential("robot", &secret)
//!     .token_endpoint_auth_method(ClientAuthMethod::ClientSecretPost)
//!     .scope("reports");
//! store.save_client(robot.build()?).await?;
//! let server = AuthServer { accounts: Accounts { store } }.start()?;
//!
//! let form = format!("grant_type=client_credentials&client_id=robot&client_secret={}", secret.expose());
//! let request = axum::http::Request::post("/token")
//!     .header("content-type", "application/x-www-form-urlencoded")
//!     .body(axum::body::Body::from(form))?;
//! let response = server.respond(request).await;
//! assert_eq!(response.status(), 200);
//!
//! let body = axum::body::to_bytes(axum::body::Body::new(response.into_body()), 65_536).await?;
//! let token: serde_json::Value = serde_json::from_slice(&body)?;
//! assert_eq!(token["token_type"], "Bearer");
//! assert_eq!(token["scope"], "reports");
//! # Ok(())
//! # }
//! ```
//!
//! The next step: [a person logs in](super::people).
