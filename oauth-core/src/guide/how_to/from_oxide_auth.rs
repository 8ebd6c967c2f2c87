//! How to move from oxide-auth.
//!
//! **Problem.** There are primitives, an `Endpoint`, and flows that your handlers run.
//!
//! **Code.** The flows are the server's own. What is left of the primitives are fields:
//!
//! | oxide-auth | here |
//! |---|---|
//! | `Registrar`, `ClientMap` | the role `clients` of the validator: [`ClientStore`](crate::store::ClientStore) |
//! | `Authorizer`, `AuthMap` | the role `codes`: [`CodeStore`](crate::store::CodeStore). A code is used up by one atomic step |
//! | `Issuer`, `TokenMap`, `TokenSigner` | the role `tokens`, and a [token generator](crate::token::TokenGenerator) for the format |
//! | `OwnerSolicitor`, `OwnerConsent` | [`Interaction`](crate::interaction::Interaction), [`Decision`](crate::interaction::Decision) |
//! | `OwnerConsent::InProgress(response)` | [`Decision::page`](crate::interaction::Decision::page), [`Decision::redirect`](crate::interaction::Decision::redirect) |
//! | `Scopes` of an `Endpoint` | [`Bearer<Calendar>`](crate::resource::Bearer) in the handler |
//! | `ResourceFlow` | [`RunningServer::protected_resource`](crate::server::RunningServer::protected_resource) |
//! | `Extension`, `AddonList`, `Pkce` | PKCE is built in and required; others are hooks of the validator, or an [`#[extension_grant]`](crate::grant::ExtensionGrant) |
//! | `RegisteredUrl::Semantic` | none: a redirect URI is compared byte for byte |
//! | `PasswordPolicy` | none: secrets of clients are random, and hashed as such |
//! | `oxide-auth-axum`, `-actix`, … | the server is a router of axum, and a [tower service](super::other_stacks) |
//!
//! A solicitor that asks for consent on a page of its own becomes this:
//!
//! ```
//! use oauth_core::prelude::*;
//!
//! # #[validator] struct Accounts { #[store] store: MemoryStore }
//! struct Solicitor;
//!
//! impl Solicitor {
//!     /// Whoever is logged in, and what they answered on our page; its form has a token against forgery.
//!     fn answer(&self, _request: &Request) -> Option<(&'static str, bool)> {
//!         None
//!     }
//! }
//!
//! impl<V: RequestValidator> Interaction<V> for Solicitor {
//!     async fn decide(&self, _: &Context<'_, V>, asked: &AuthorizationRequest, request: &Request) -> Result<Decision> {
//!         Ok(match self.answer(request) {
//!             Some((owner, true)) => Decision::approve(owner),       // OwnerConsent::Authorized
//!             Some((_, false)) => Decision::Deny,                    // OwnerConsent::Denied
//!             None => Decision::page(format!(                        // OwnerConsent::InProgress
//!                 "<form method=post><p>Allow it to: {}?</p><button name=allow value=yes>Allow</button></form>",
//!                 asked.asked_scopes()
//!             )),
//!         })
//!     }
//! }
//!
//! #[authorization_server(issuer = "https://auth.example.com", grants(authorization_code, refresh_token), scopes("calendar"))]
//! struct AuthServer {
//!     #[validator]
//!     accounts: Accounts,
//!     #[interaction]
//!     solicitor: Solicitor,
//! }
//! # let accounts = Accounts { store: MemoryStore::new() };
//! # let server = AuthServer { accounts, solicitor: Solicitor }.start();
//! # assert!(server.is_ok());
//! ```
//!
//! **What to mind.**
//!
//! - A form of your page posts to the same URL: the query is the authorization request, and the body is what your page sent.
//! - Nothing is locked: a running server is cloned, and shared by all requests.
//! - Clients with a query or a port of their own in the redirect URI register each of them, but for ports on loopback.
