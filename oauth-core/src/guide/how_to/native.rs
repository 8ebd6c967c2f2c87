//! How to serve mobile and desktop applications.
//!
//! **Problem.** An application on somebody's own device logs people in by the system's browser (RFC 8252).
//!
//! **Code.** Both are public clients. The answer comes back by a link that the application claims, a scheme of its own, or a port on loopback.
//!
//! ```
//! use oauth_core::prelude::*;
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let phone = Client::public("phone")
//!     .redirect_uri("https://app.example.com/oauth/callback")   // a universal link or an app link
//!     .redirect_uri("com.example.app:/callback")                // a scheme of its own: a domain name, reversed
//!     .scope("calendar")
//!     .build()?;
//!
//! let desktop = Client::public("desktop")
//!     .redirect_uri("http://127.0.0.1/callback")                // the port is free: RFC 8252 §7.3
//!     .scope("calendar")
//!     .build()?;
//! assert!(desktop.may_redirect_to("http://127.0.0.1:51004/callback"));
//! assert!(!desktop.may_redirect_to("http://127.0.0.1:51004/elsewhere"));
//! # Ok(())
//! # }
//! ```
//!
//! **What to mind.**
//!
//! - No secret: what ships with an application is not secret. PKCE is on for every client.
//! - Prefer the claimed `https` link, which no other application can take. With the other two, people are asked each time, for another
//!   application could pose as this one.
//! - Use the system's browser and not a view inside the application.
//! - Without a browser at hand there is [the device grant](super::devices).
