//! How to log in on televisions and command lines.
//!
//! **Problem.** The device has no browser, or no keyboard worth the name (RFC 8628).
//!
//! **Code.** The device shows a code, the person types it on their phone, and the device asks until they have agreed.
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
//! #[authorization_server(
//!     issuer = "https://auth.example.com",
//!     grants(device_code, refresh_token),
//!     scopes("calendar" = "See your calendar")
//! )]
//! struct AuthServer {
//!     #[validator]
//!     accounts: Accounts,
//!     #[interaction]
//!     pages: LoginPages,
//! }
//!
//! # #[tokio::main]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let store = MemoryStore::new();
//! let tv = Client::public("tv").grant_type(GrantType::DEVICE_CODE).grant_type(GrantType::REFRESH_TOKEN);
//! store.save_client(tv.client_name("Television").scope("calendar").build()?).await?;
//! let server = AuthServer { accounts: Accounts { store }, pages: LoginPages::new() }.start()?;
//!
//! let request = axum::http::Request::post("/device_authorization")
//!     .header("content-type", "application/x-www-form-urlencoded")
//!     .body(axum::body::Body::from("client_id=tv&scope=calendar"))?;
//! let response = server.respond(request).await;
//! let body = axum::body::to_bytes(axum::body::Body::new(response.into_body()), 65_536).await?;
//! let shown: serde_json::Value = serde_json::from_slice(&body)?;
//! assert_eq!(shown["verification_uri"], "https://auth.example.com/device");
//! assert!(shown["user_code"].is_string() && shown["device_code"].is_string());
//! # Ok(())
//! # }
//! ```
//!
//! The device then posts `grant_type=urn:ietf:params:oauth:grant-type:device_code` with the `device_code` to `/token`, every `interval`
//! seconds. Until the person has decided, the answer is `authorization_pending`.
//!
//! **What to mind.**
//!
//! - Whoever sends somebody a code wants them to approve a device that is not theirs. The page says so, and shows what asks.
//! - A device that asks too fast gets `slow_down`, and must wait five seconds longer from then on.
//! - With a login of your own, implement [`DeviceInteraction`](crate::interaction::DeviceInteraction).
