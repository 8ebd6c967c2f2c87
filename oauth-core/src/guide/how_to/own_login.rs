//! How to use the login that your application has.
//!
//! **Problem.** People are logged in to your application already, by a session of its own. They shall not get another login page.
//!
//! **Code.** `cargo add form_urlencoded`, which `oauth-core` has among its dependencies already. An
//! [`Interaction`](crate::interaction::Interaction) tells the server who is at the browser. Where nobody is, it sends them to your page,
//! with the way back.
//!
//! ```
//! use axum::response::Html;
//! use oauth_core::prelude::*;
//!
//! # #[validator] struct Accounts { #[store] store: MemoryStore }
//! /// The sessions of the application. Yours ask a database.
//! struct OurLogin;
//!
//! impl OurLogin {
//!     fn user(&self, cookie: Option<&str>) -> Option<String> {
//!         cookie?.strip_prefix("session=").filter(|id| *id == "a-random-text").map(|_| "alice".to_owned())
//!     }
//! }
//!
//! impl<V: RequestValidator> Interaction<V> for OurLogin {
//!     async fn decide(&self, _: &Context<'_, V>, asked: &AuthorizationRequest, request: &Request) -> Result<Decision> {
//!         let cookie = request.headers().get("cookie").and_then(|value| value.to_str().ok());
//!         let Some(user) = self.user(cookie) else {
//!             let back: String = form_urlencoded::byte_serialize(request.uri().to_string().as_bytes()).collect();
//!             return Ok(Decision::redirect(&format!("/our/login?return_to={back}")));
//!         };
//!         // Our own client may act for its people without asking.
//!         if asked.client.first_party {
//!             return Ok(Decision::approve(user));
//!         }
//!         Ok(Decision::respond(Html("only our own clients, for now")))
//!     }
//! }
//!
//! #[authorization_server(issuer = "https://auth.example.com", grants(authorization_code), scopes("calendar"))]
//! struct AuthServer {
//!     #[validator]
//!     accounts: Accounts,
//!     #[interaction]
//!     login: OurLogin,
//! }
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let (store, secret) = (MemoryStore::new(), ClientSecret::generate());
//! # let client = Client::confidential("ours", &secret).redirect_uri("https://app.example/cb").scope("calendar").first_party();
//! # store.save_client(client.build()?).await?;
//! # let server = AuthServer { accounts: Accounts { store }, login: OurLogin }.start()?;
//! # let asked = axum::http::Request::get("/authorize?response_type=code&client_id=ours&state=s&code_challenge_method=S256\
//! #     &code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
//! # let location = async |request: axum::http::Request<axum::body::Body>| {
//! #     let response = server.respond(request).await;
//! #     response.headers()["location"].to_str().unwrap_or_default().to_owned()
//! # };
//! # let (nobody, alice) = (asked.body(axum::body::Body::empty())?, "session=a-random-text");
//! # let mut with_cookie = axum::http::Request::builder().uri(nobody.uri()).body(axum::body::Body::empty())?;
//! # with_cookie.headers_mut().insert("cookie", axum::http::HeaderValue::from_static(alice));
//! # assert!(location(nobody).await.starts_with("/our/login?return_to=%2Fauthorize"));
//! # assert!(location(with_cookie).await.starts_with("https://app.example/cb?"));
//! # Ok(())
//! # }
//! ```
//!
//! **What to mind.**
//!
//! - The authorization URL may be a link on any site. Approve without a question for clients of your own alone; for others show a page of
//!   yours, and believe its form only with a token against cross-site request forgery.
//! - `return_to` must lead to your own server and nowhere else: check it when it comes back.
//! - The cookie is `SameSite=Lax`: with `Strict` it is missing when a client sends somebody here.
//! - Return the subject, which never changes, and not the login name.
//! - [`Approval`](crate::interaction::Approval) also says when the person logged in and how, for `max_age` and `acr`.
//! - If your application wants to serve the endpoint itself, `examples/own_endpoints.rs` in the repository does.
