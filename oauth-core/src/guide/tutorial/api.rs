//! Step 4: an API that takes the tokens.
//!
//! A handler that takes a [`Bearer<Calendar>`](crate::resource::Bearer) runs for requests whose token has the scope `calendar`. All
//! others get the challenge of RFC 6750 §3: 401, or 403 where a scope is missing.
//!
//! # Beside the server
//!
//! In the server's own program, the server itself says whether a token is valid. A token that was revoked is refused at once, and the
//! tokens may be of any format.
//!
//! ```
//! use axum::routing::get;
//! use axum::{Json, Router};
//! use oauth_core::prelude::*;
//!
//! #[scope("calendar", "See your calendar")]
//! struct Calendar;
//!
//! /// What the tokens say beside the standard claims: the server writes it, and the API reads it.
//! #[derive(Claims)]
//! struct Tenancy {
//!     tenant: String,
//! }
//!
//! #[validator(custom)]
//! struct Accounts {
//!     #[store]
//!     store: MemoryStore,
//! }
//!
//! #[validator]
//! impl Accounts {
//!     #[claims]
//!     fn tenancy(&self, request: &Request) -> Result<Tenancy> {
//!         Ok(Tenancy { tenant: format!("owner of {}", request.require_client()?.client_id) })
//!     }
//! }
//!
//! #[authorization_server(issuer = "https://auth.example.com", grants(client_credentials), scopes(Calendar))]
//! struct AuthServer {
//!     #[validator]
//!     accounts: Accounts,
//! }
//!
//! async fn events(token: Bearer<Calendar, Tenancy>) -> Json<Vec<String>> {
//!     Json(vec![format!("lunch with the {}", token.private_claims().tenant)])
//! }
//!
//! #[tokio::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let store = MemoryStore::new();
//!     let secret = ClientSecret::generate();
//!     store.save_client(Client::confidential("robot", &secret).scope("calendar").build()?).await?;
//!
//!     let server = AuthServer { accounts: Accounts { store } }.start()?;
//!     let api = server.protected_resource(ResourceConfig::new())?;
//!     let app = Router::new().route("/events", get(events)).with_state(api).merge(server.clone().into_router());
//! #   let request = axum::http::Request::get("/events").body(axum::body::Body::empty())?;
//! #   let response = tower::ServiceExt::oneshot(app.clone(), request).await?;
//! #   assert_eq!(response.status(), 401);
//! #   assert!(response.headers()["www-authenticate"].to_str()?.starts_with("Bearer "));
//! #   if true { return Ok(()); }
//!     let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
//!     println!("curl -u robot:{} -d grant_type=client_credentials http://127.0.0.1:8080/token", secret.expose());
//!     oauth_core::serve(listener, app).maintain(&server).await?;
//!     Ok(())
//! }
//! ```
//!
//! `Json`, `Path`, `State` and every other extractor stand beside it as usual. `Option<Bearer<Calendar>>` also runs without a token;
//! `Bearer<(Calendar, Mail)>` wants both scopes, `Bearer<AnyOf<(Calendar, Mail)>>` one of them, `Bearer<()>` any valid token.
//!
//! # In a process of its own
//!
//! An API elsewhere verifies signed tokens by the keys of the issuer, which it fetches and keeps fresh by itself. It starts whether the
//! issuer is there or not.
//!
//! ```no_run
//! use axum::routing::get;
//! use axum::{Json, Router};
//! use oauth_core::prelude::*;
//!
//! #[scope("calendar", "See your calendar")]
//! struct Calendar;
//!
//! #[resource_server(issuer = "https://auth.example.com", audience = "https://api.example.com", jwks)]
//! struct Api;
//!
//! async fn events(token: Bearer<Calendar>) -> Json<Vec<String>> {
//!     Json(vec![format!("the lunch of {}", token.subject().unwrap_or("nobody"))])
//! }
//!
//! #[tokio::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let api = Api.into_resource()?;
//!     let app = Router::new().route("/events", get(events)).with_state(api.clone()).merge(api.router());
//!     let listener = tokio::net::TcpListener::bind("127.0.0.1:8081").await?;
//!     oauth_core::serve(listener, app).await?;
//!     Ok(())
//! }
//! ```
//!
//! - `audience` is what the server's generator writes into `aud`: step 3 has it. A token for another API is refused here, which is the
//!   point of it.
//! - `api.router()` publishes the metadata of the API (RFC 9728), by which clients find the server.
//! - A revoked token works on until it expires, for nobody is asked: let such tokens live for minutes. `introspection` in place of `jwks`
//!   asks the server about each token, and takes opaque ones, too.
//! - A signature is verified once: the API knows the token then, until it expires or the keys of the issuer are others. Ten
//!   thousand tokens are known at most, which take 25 MB; `verification_cache` says how many. Everything else is asked of each request.
//!
//! The next step: [it stays](super::keeping).
