//! How to have several APIs, each with tokens of its own.
//!
//! **Problem.** A calendar and a mail API trust one server. A token that the calendar was shown must not open the mail (RFC 9700 §2.3).
//!
//! **Code.** Each API has a URL, which clients name as `resource` (RFC 8707) and which is `aud` of the token.
//!
//! ```
//! use oauth_core::prelude::*;
//!
//! #[scope("calendar", "See your calendar")]
//! struct Calendar;
//!
//! #[scope("mail", "Read your mail")]
//! struct Mail;
//!
//! #[resource_server(issuer = "https://auth.example.com", audience = "https://calendar.example.com", jwks, scopes(Calendar))]
//! struct CalendarApi;
//!
//! #[resource_server(issuer = "https://auth.example.com", audience = "https://mail.example.com", jwks, scopes(Mail))]
//! struct MailApi;
//!
//! # #[validator] struct Accounts { #[store] store: MemoryStore }
//! #[token_generator(jwt, issuer = "https://auth.example.com", expires_in = "10m")]
//! struct AccessTokens {
//!     #[signing_key]
//!     keys: KeyRing,
//! }
//!
//! #[authorization_server(
//!     grants(client_credentials),
//!     scopes(Calendar, Mail),
//!     resources(CalendarApi, MailApi)
//! )]
//! struct AuthServer {
//!     #[validator]
//!     accounts: Accounts,
//!     #[access_token]
//!     tokens: AccessTokens,
//! }
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let (store, secret) = (MemoryStore::new(), ClientSecret::generate());
//! # let robot = Client::confidential("robot", &secret).token_endpoint_auth_method(ClientAuthMethod::ClientSecretPost);
//! # store.save_client(robot.scope("calendar mail").build()?).await?;
//! # let tokens = AccessTokens { keys: KeyRing::new(SigningKey::generate(Algorithm::ES256)?) };
//! # let server = AuthServer { accounts: Accounts { store }, tokens }.start()?;
//! # for (resource, scope) in [("https://mail.example.com", "mail"), ("https://calendar.example.com", "calendar")] {
//! #     let form = format!("grant_type=client_credentials&client_id=robot&client_secret={}&resource={resource}", secret.expose());
//! #     let request = axum::http::Request::post("/token").header("content-type", "application/x-www-form-urlencoded");
//! #     let response = server.respond(request.body(axum::body::Body::from(form))?).await;
//! #     let body = axum::body::to_bytes(axum::body::Body::new(response.into_body()), 65_536).await?;
//! #     let token: serde_json::Value = serde_json::from_slice(&body)?;
//! #     assert_eq!(token["scope"], scope, "{token}");
//! # }
//! # Ok(())
//! # }
//! ```
//!
//! Where the APIs are in other programs, write their URLs: `resources("https://mail.example.com")`.
//!
//! **What to mind.**
//!
//! - A token for the mail API has its scopes alone, whatever the client asked for beside them.
//! - A generator has one `audience`. Several APIs are `resources(…)`, as here, and clients say which they mean.
//! - One token is for one resource. For several at once the hook
//!   [`get_token_resources`](crate::validator::RequestValidator::get_token_resources) must say so.
//! - A client may be held to some of them: [`resource`](crate::client::ClientBuilder::resource).
//! - A handler of the mail API that asks for `Bearer<Calendar>` does not compile.
//! - APIs that are data, in a database, are added at the start: [`Environment::resources`](crate::server::Environment::resources).
