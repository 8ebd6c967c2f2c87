//! The errors that people meet: what it says, why, and what to write.
//!
//! Each message says what is wrong, and most say what to write. These pages have them in the words that are shown, to be searched for. All
//! rules are in the manual's [`rules`](crate::manual::rules).
//!
//! - [`compiler`]: what the compiler says, of servers, of hooks and claims, and of APIs;
//! - this page: what a start says, and what a client is told.
//!
//! # Of a start
//!
//! What only a run can tell is in the error of [`start`](crate::server::Start::start), all of it at once, a line each:
//!
//! ```
//! use oauth_core::prelude::*;
//!
//! #[validator]
//! struct Accounts {
//!     #[store]
//!     store: MemoryStore,
//! }
//!
//! #[authorization_server(issuer = self.issuer, grants(client_credentials))]
//! struct AuthServer {
//!     issuer: String,
//!     #[validator]
//!     accounts: Accounts,
//! }
//!
//! # fn main() {
//! let accounts = Accounts { store: MemoryStore::new() };
//! let server = AuthServer { issuer: "https://auth.example.com/".to_owned(), accounts };
//! let mistakes = server.start().map(|_| ()).unwrap_err();
//! assert!(mistakes.to_string().contains("ends with `/`"), "{mistakes}");
//! # }
//! ```
//!
//! | it is about | what to do |
//! |---|---|
//! | the issuer | as [the compiler says](compiler#the-issuer): no slash at the end, https off loopback; server and generator name the same one |
//! | `algorithm = "…"` and the key | the key file has a key for another algorithm: make one that fits, or leave `algorithm` out |
//! | a path that is another endpoint's already | two endpoints, or an endpoint and a page, are at one path: `endpoints(token = "/oauth/token")` |
//!
//! What is kept is not there after a start, or keys are other ones: see the manual's [`running`](crate::manual::running). A store that cannot
//! be opened is an error of `open` or `connect`, before that; a port that is taken is one of `TcpListener::bind`.
//!
//! # Of a client
//!
//! What a client is told is little, on purpose. The log has the rest: one line for each event at `oauth_core::audit`, and causes at
//! `oauth_core`. Turn it on with `tracing_subscriber::fmt::init()` in `main` and `RUST_LOG=oauth_core=debug,info` in the environment.
//!
//! ## `invalid_client`: client authentication failed
//!
//! The answer is the same for an unknown client as for a wrong secret. The log tells them apart, at the level `debug`, by the name that the
//! client gave itself:
//!
//! ```log
//! DEBUG oauth{route=token_endpoint method=POST}: oauth_core: client not authenticated client_id="robot" method=client_secret_basic reason="no such client"
//! DEBUG oauth{route=token_endpoint method=POST}: oauth_core: client not authenticated client_id="robot" method=client_secret_basic reason="the credentials are wrong, or the client has none"
//!  INFO oauth{route=token_endpoint method=POST}: oauth_core::audit: event="client_auth.failed" instance="f3tsht4e" grant_type=client_credentials client_auth=client_secret_basic error="invalid_client" reason="client authentication failed"
//! ```
//!
//! - The store was emptied, or another one: with `MemoryStore` each start forgets.
//! - The client sends its secret in another way than it registered: `client_secret_basic` is the default, and many libraries send it in the body.
//!   [`token_endpoint_auth_method`](crate::client::ClientBuilder::token_endpoint_auth_method) says which.
//! - In the header, identifier and secret are form-encoded first (RFC 6749 §2.3.1), which matters for characters other than letters,
//!   digits and `-._`. `curl -u` does not do that.
//! - A public client sends no secret. One that does is refused.
//!
//! ## `server_error`: the generator made a token that can be guessed
//!
//! Whatever makes tokens itself (a `#[token_generator]` method, a type with `TokenGenerator` and `Tokens::custom()`) is held to RFC 6749
//! §10.10. The client gets `server_error` and no token, and the log has, at the level `error`, one of
//!
//! - `the generator made an access token of 8 characters, which can be guessed`: 128 random bits are 22 characters of base64url, 32
//!   hexadecimal digits or 39 decimal ones;
//! - `it is kept already: its generator repeats itself`: it returns a constant, or a text without anything random, such as a signed one
//!   without `jti`.
//!
//! Write `SecretString::random().expose().to_owned()`, or put that into what you sign.
//!
//! ## `invalid_grant`
//!
//! ```log
//!  INFO oauth{route=token_endpoint method=POST}: oauth_core::audit: event="token.error" instance="f3tsht4e" client_id="calendar" grant_type=authorization_code error="invalid_grant" reason="the code is unknown, expired, used, or another client's"
//! ```
//!
//! | `error_description` | why |
//! |---|---|
//! | `the code is unknown, expired, used, or another client's` | it lives for a minute and works once: look whether the client asks twice. `code.replayed` in the log says so, and all that it yielded is revoked |
//! | `redirect_uri is not that of the authorization request` | it is sent again with the code, byte for byte |
//! | `code_verifier does not match code_challenge` | the verifier of another tab or attempt; or the challenge is its hash in hexadecimal, or in base64 with `+`, `/` and `=` |
//! | `code_verifier is missing` | the library does PKCE half: it sent a challenge |
//! | `the refresh token is unknown, expired, revoked, used, or another client's` | an old one was sent: keep the last. `refresh.reused` in the log says so. The person logs in again |
//!
//! ## `redirect_uri`
//!
//! ```text
//! client_id is not registered, or redirect_uri is not registered for it
//! ```
//!
//! It is a page at the server, for there is nowhere safe to send the browser. The two URIs are compared byte for byte: `http` or `https`,
//! `localhost` or `127.0.0.1`, a slash at the end, a port (free on loopback for public clients alone), a query. The log has the client if it
//! is known, and then it is the redirect URI:
//!
//! ```log
//!  INFO oauth{route=authorization_endpoint method=GET}: oauth_core::audit: event="authorization.error" instance="f3tsht4e" client_id="calendar" error="invalid_request" reason="client_id is not registered, or redirect_uri is not registered for it"
//! ```
//!
//! ## Others
//!
//! | error | why |
//! |---|---|
//! | `invalid_request`: `code challenge required` | the client does no PKCE. Turn it on there; for one that cannot, `danger_pkce_optional` |
//! | `invalid_request`: `the content type must be application/x-www-form-urlencoded` | the token endpoint takes forms, not JSON |
//! | `invalid_request`: `the client authenticates in more than one way` | the secret is in the header and in the body: one of them is enough |
//! | `unauthorized_client`: `the client may not use this grant` | it did not register the grant: [`grant_type`](crate::client::ClientBuilder::grant_type) |
//! | `invalid_scope`: `a scope is not allowed for this client` | the server has it, and the client did not register it: [`scope`](crate::client::ClientBuilder::scope) |
//! | `invalid_scope`: `a scope is unknown` | the server does not declare it |
//! | `invalid_token`: `the access token is meant for another audience` | `aud` names another API: the client asks for `resource`, or the generator has another `audience` |
//! | `insufficient_scope`, 403 | the token is valid and lacks the scope that the challenge names |
//! | `temporarily_unavailable`, 429 or 503 | too many attempts, or too much to do: wait for `Retry-After` |
//! | `server_error` | it is ours, not the client's: `request failed` in the log, with the whole cause |
//!
//! Where an endpoint answers 404, its path is another: the paths of a server begin with that of its issuer, and `Router::nest("/auth", …)`
//! moves them away from what the metadata says, as the log says once a request comes to the server so. Write
//! `issuer = "https://example.com/auth"`, and `merge`. Two servers are merged likewise, each with a path in its issuer, or each at a host
//! of its own: axum ends a program in which both have `/token`.
//!
//! A browser that says "CORS" hides one of these, or the origin is not registered:
//! [`origin`](crate::client::ClientBuilder::origin).

pub mod compiler;
