//! How to serve an MCP server, and clients that nobody registered.
//!
//! **Problem.** Tools are behind `https://mcp.example.com`. Their clients are editors and agents that you have never heard of.
//!
//! **Code.** `profile = "mcp"` turns on what the MCP authorization specification demands, and refuses what it forbids. The tools are a
//! resource.
//!
//! ```no_run
//! use axum::Router;
//! use axum::routing::post;
//! use oauth_core::prelude::*;
//!
//! #[validator]
//! struct Accounts {
//!     #[store]
//!     store: MemoryStore,
//! }
//!
//! #[authorization_server(
//!     profile = "mcp",
//!     issuer = "https://auth.example.com",
//!     grants(authorization_code, refresh_token),
//!     scopes("tools" = "Use your tools"),
//!     unverified_scopes("tools"),
//!     resources("https://mcp.example.com")
//! )]
//! struct AuthServer {
//!     #[validator]
//!     accounts: Accounts,
//!     #[interaction]
//!     pages: LoginPages,
//! }
//!
//! /// The MCP server: anywhere, with the tokens of the one above.
//! #[resource_server(issuer = "https://auth.example.com", audience = "https://mcp.example.com", introspection)]
//! struct Tools {
//!     #[credentials]
//!     credentials: Credentials,
//! }
//!
//! #[scope("tools", "Use your tools")]
//! struct UseTools;
//!
//! async fn call(token: Bearer<UseTools>) -> String {
//!     format!("hello {}", token.subject().unwrap_or("nobody"))
//! }
//!
//! #[tokio::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let (store, secret) = (MemoryStore::new(), ClientSecret::generate());
//!     // The tools are a client, too, which asks about the tokens that it gets.
//!     store.save_client(Client::resource_server("tools", &secret, "https://mcp.example.com").build()?).await?;
//!     store.save_user(User::new("248289761001", "alice").with_password("correct horse battery staple")?).await?;
//!     let server = AuthServer { accounts: Accounts { store }, pages: LoginPages::new() }.start()?;
//!
//!     // In a program of its own, this has its secret from the environment.
//!     let tools = Tools { credentials: Credentials::new("tools", secret.expose()) }.into_resource()?;
//!     let app = Router::new().route("/", post(call)).with_state(tools.clone()).merge(tools.router());
//!     let listener = tokio::net::TcpListener::bind("127.0.0.1:8081").await?;
//!     tokio::spawn(async move { oauth_core::serve(listener, app).await });
//!
//!     let listener = tokio::net::TcpListener::bind("127.0.0.1:8080").await?;
//!     oauth_core::serve(listener, server.clone().into_router()).maintain(&server).await?;
//!     Ok(())
//! }
//! ```
//!
//! To try it without names and TLS, write `http://127.0.0.1:8080` for the issuer and `http://127.0.0.1:8081` for the tools.
//!
//! **What to mind.**
//!
//! - A client finds its way alone: the tools answer 401 with the address of their metadata, that names the server, whose metadata names its
//!   endpoints. The client's identifier is a URL, where its own metadata is.
//! - Nobody has verified such a client. People are told so, with the host it came from. `unverified_scopes(…)` is what it may have.
//! - A token is for the resource that the client named (RFC 8707): one for another MCP server opens nothing here, and neither does that of a
//!   client which named none.
//! - What a client's URL leads to is fetched with care: see the [threats](crate::manual::threats) about it, and
//!   [`allow_fetch`](crate::validator::RequestValidator::allow_fetch) for a list of your own.
//! - A [`Client::resource_server`](crate::client::Client::resource_server) is told of tokens for its own URL, and has no grant.
//! - `registration` adds RFC 7591, for clients that know only that.
