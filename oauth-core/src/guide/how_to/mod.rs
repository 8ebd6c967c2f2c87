//! How-to's: one page a problem.
//!
//! People:
//!
//! - [`own_login`]: the login that your application has
//! - [`own_users`]: your own table of users
//! - [`second_step`]: a one-time code after the password
//! - [`pages`]: the look and the language of the pages
//! - [`database_claims`]: claims from a database
//!
//! Clients:
//!
//! - [`single_page`]: a single-page application
//! - [`native`]: mobile and desktop applications
//! - [`machines`]: one program calls another
//! - [`mcp`]: an MCP server, and clients that nobody registered
//! - [`devices`]: televisions and command lines
//! - [`refreshing`]: access without the person
//!
//! APIs and the rest of your application:
//!
//! - [`several_resources`]: several APIs, each with tokens of its own
//! - [`rotation`]: other keys, without a restart
//! - [`own_state`]: an application that has a state of its own
//! - [`other_stacks`]: hyper and tower, [poem](other_stacks::poem), [actix-web](other_stacks::actix_web),
//!   [tonic](other_stacks::tonic)
//! - [`administration`]: clients, users, sessions and grants, by functions
//!
//! Moving here:
//!
//! - [`from_oauthlib`], [`from_oxide_auth`], [`from_hosted`]

pub mod administration;
pub mod database_claims;
pub mod devices;
pub mod from_hosted;
pub mod from_oauthlib;
pub mod from_oxide_auth;
pub mod machines;
pub mod mcp;
pub mod native;
pub mod other_stacks;
pub mod own_login;
pub mod own_state;
pub mod own_users;
#[cfg(feature = "pages")]
pub mod pages;
pub mod refreshing;
pub mod rotation;
#[cfg(feature = "pages")]
pub mod second_step;
pub mod several_resources;
pub mod single_page;
