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
//! # fn tools(credentials: Credentials) -> Result<Router, Box<dyn std::error::Error>> {
//! let tools = Tools { credentials }.into_resource()?;
//! let app = Router::new().route("/", post(call)).with_state(tools.clone()).merge(tools.router());
//! # Ok(app)
//! # }
//! # fn main() {}
//! ```
//!
//! **What to mind.**
//!
//! - A client finds its way alone: the tools answer 401 with the address of their metadata, that names the server, whose metadata names its
//!   endpoints. The client's identifier is a URL, where its own metadata is.
//! - Nobody has verified such a client. People are told so, with the host it came from. `unverified_scopes(…)` is what it may have.
//! - A token is for the resource that the client named (RFC 8707): one for another MCP server opens nothing here.
//! - What a client's URL leads to is fetched with care: see the [threats](crate::manual::threats) about it, and
//!   [`allow_fetch`](crate::validator::RequestValidator::allow_fetch) for a list of your own.
//! - The MCP server is a client as well, because it introspects: register it as
//!   [`Client::resource_server`](crate::client::Client::resource_server), and give it its secret as [`Credentials`](crate::prelude::Credentials).
//! - `registration` adds RFC 7591, for clients that know only that.
