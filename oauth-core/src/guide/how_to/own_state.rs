//! How to protect an API in an application that has a state of its own.
//!
//! **Problem.** Your router has a state already, and its handlers take parts of it by [`FromRef`](axum::extract::FromRef). Now they
//! shall take a [`Bearer`](crate::resource::Bearer), too.
//!
//! **Code.** Put the resource into the state, and say where it is: [`ResourceState`](crate::resource::ResourceState).
//!
//! ```
//! use axum::extract::{FromRef, State};
//! use axum::routing::get;
//! use axum::Router;
//! use oauth_core::prelude::*;
//! use oauth_core::resource::{Local, ProtectedResource, ResourceState};
//!
//! #[scope("calendar", "See your calendar")]
//! struct Calendar;
//!
//! # #[validator] struct Accounts { #[store] store: MemoryStore }
//! # #[authorization_server(issuer = "https://auth.example.com", grants(client_credentials), scopes(Calendar))]
//! # struct AuthServer { #[validator] accounts: Accounts }
//! /// The state that the application has.
//! #[derive(Clone)]
//! struct App {
//!     events: Events,
//!     calendar: ProtectedResource<Local<AuthServer>>,
//! }
//!
//! #[derive(Clone)]
//! struct Events(Vec<String>);
//!
//! impl FromRef<App> for Events {
//!     fn from_ref(app: &App) -> Self {
//!         app.events.clone()
//!     }
//! }
//!
//! impl ResourceState for App {
//!     type Validator = Local<AuthServer>;
//!
//!     fn resource(&self) -> &ProtectedResource<Self::Validator> {
//!         &self.calendar
//!     }
//! }
//!
//! async fn events(_: Bearer<Calendar>, State(events): State<Events>) -> String {
//!     events.0.join("\n")
//! }
//!
//! # use tower::ServiceExt as _;
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let server = AuthServer { accounts: Accounts { store: MemoryStore::new() } }.start()?;
//! let calendar = server.protected_resource(ResourceConfig::new())?;
//! let state = App { events: Events(vec!["lunch".to_owned()]), calendar };
//! let app = Router::new().route("/events", get(events)).with_state(state).merge(server.clone().into_router());
//! # let request = axum::http::Request::get("/events").body(axum::body::Body::empty())?;
//! # assert_eq!(app.oneshot(request).await?.status(), 401);
//! # Ok(())
//! # }
//! ```
//!
//! **What to mind.**
//!
//! - The validator of an API in a process of its own is [`RemoteValidator<Api>`](crate::resource::RemoteValidator), where `Api` is the
//!   `#[resource_server]` struct.
//! - With [`own_tokens`](crate::resource::ResourceConfig::own_tokens) the types are
//!   [`Local<AuthServer, OwnTokens>`](crate::resource::OwnTokens) instead of `Local<AuthServer>`.
//! - A state has one resource. Where an application has two, give each router its own state, and merge the routers after `with_state`.
//! - A state in an `Arc` works as it is.
//! - A handler's extractors run from the left: with `Bearer` first, nothing else is read of a request without a token. What reads the body
//!   comes last.
//! - Where handlers are not axum's, [`ProtectedResource::authorize`](crate::resource::ProtectedResource::authorize) is the same.
