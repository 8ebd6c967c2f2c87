//! How to mount a server elsewhere than in axum: hyper and tower; [`poem`], [`actix_web`] and [`tonic`] have pages of their own.
//!
//! **Problem.** The application is served by hyper, or by another framework that speaks `http` and tower.
//!
//! ```toml
//! [dependencies]
//! http = "1"
//! oauth-core = { version = "0.1", default-features = false, features = ["macros", "pages", "http-client"] }
//! tokio = { version = "1", features = ["macros", "net", "rt-multi-thread", "time"] }
//! # for tower
//! bytes = "1"
//! http-body-util = "0.1"
//! tower = { version = "0.5", features = ["util"] }
//! # for hyper
//! hyper = { version = "1", features = ["http1", "server"] }
//! hyper-util = { version = "0.1", features = ["tokio"] }
//! ```
//!
//! **Code.** A [`RunningServer`](crate::server::RunningServer) is a tower service of `http` types, for any body. In tower:
//!
//! ```
//! use oauth_core::prelude::*;
//! use tower::ServiceExt as _;
//!
//! # #[validator] struct Accounts { #[store] store: MemoryStore }
//! # #[authorization_server(issuer = "https://auth.example.com", grants(client_credentials))]
//! # struct AuthServer { #[validator] accounts: Accounts }
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let accounts = Accounts { store: MemoryStore::new() };
//! let server = AuthServer { accounts }.start()?;
//! let service = tower::util::MapResponse::new(server.clone(), |mut response: oauth_core::http::Response| {
//!     response.headers_mut().insert("x-served-by", http::HeaderValue::from_static("tower"));
//!     response
//! });
//!
//! let request = http::Request::get("/.well-known/oauth-authorization-server").body(http_body_util::Empty::<bytes::Bytes>::new())?;
//! let response = service.oneshot(request).await?;
//! assert_eq!(response.status(), 200);
//! assert_eq!(response.headers()["x-served-by"], "tower");
//! # Ok(())
//! # }
//! ```
//!
//! With hyper alone, one connection after the other:
//!
//! ```no_run
//! use hyper_util::rt::{TokioIo, TokioTimer};
//! use oauth_core::limits::PeerAddress;
//! use oauth_core::prelude::*;
//!
//! # #[validator] struct Accounts { #[store] store: MemoryStore }
//! # #[authorization_server(issuer = "https://auth.example.com", grants(client_credentials))]
//! # struct AuthServer { #[validator] accounts: Accounts }
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let accounts = Accounts { store: MemoryStore::new() };
//! let server = AuthServer { accounts }.start()?;
//! let background = server.clone();
//! tokio::spawn(async move { background.maintain().await });
//!
//! let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
//! loop {
//!     // Too many connections, or one that is gone already: neither is the end of the server.
//!     let Ok((stream, peer)) = listener.accept().await else {
//!         tokio::time::sleep(std::time::Duration::from_millis(100)).await;
//!         continue;
//!     };
//!     let server = server.clone();
//!     let service = hyper::service::service_fn(move |mut request: http::Request<hyper::body::Incoming>| {
//!         let server = server.clone();
//!         async move {
//!             // Limits by address need to know it.
//!             request.extensions_mut().insert(PeerAddress(peer.ip()));
//!             Ok::<_, std::convert::Infallible>(server.respond(request).await)
//!         }
//!     });
//!     let mut http = hyper::server::conn::http1::Builder::new();
//!     http.timer(TokioTimer::new()).header_read_timeout(std::time::Duration::from_secs(30));
//!     tokio::spawn(http.serve_connection(TokioIo::new(stream), service));
//! }
//! # }
//! ```
//!
//! An API without axum checks a token by itself:
//!
//! ```
//! use oauth_core::prelude::*;
//! use oauth_core::resource::{ProtectedResource, TokenValidator};
//!
//! #[scope("calendar", "See your calendar")]
//! struct Calendar;
//!
//! async fn events<V: TokenValidator>(
//!     api: &ProtectedResource<V>,
//!     request: http::Request<String>,
//! ) -> oauth_core::http::Response {
//!     match api.authorize_parts::<Calendar>(&request.into_parts().0).await {
//!         Ok(token) => oauth_core::http::json(http::StatusCode::OK, &token.subject()),
//!         Err(challenge) => challenge.to_response(),
//!     }
//! }
//! ```
//!
//! **What to mind.**
//!
//! - Without [`serve`](crate::serve()), nobody runs [`maintain`](crate::server::RunningServer::maintain): spawn it, or nothing that has
//!   expired is removed. [`drain`](crate::server::RunningServer::drain) says that the instance is about to stop.
//! - A [`PeerAddress`](crate::limits::PeerAddress) in the extensions of each request tells where it comes from. Without it, guesses are
//!   limited by name alone.
//! - The paths are those of the server: [`paths`](crate::server::RunningServer::paths) lists them for a router. Where the issuer has a
//!   path, they begin with it; a router that strips a prefix must not.
//! - Each endpoint is also a method, whatever its path:
//!   [`create_token_response`](crate::server::RunningServer::create_token_response) and its kind.

pub mod actix_web;
pub mod poem;
pub mod tonic;
