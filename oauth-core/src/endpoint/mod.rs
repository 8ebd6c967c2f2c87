//! Endpoints: from a parsed request to a response. One file an endpoint; a grant may bring one of its own.

pub(crate) mod authorization;
pub(crate) mod check_session;
pub(crate) mod discovery;
mod documents;
pub mod end_session;
pub mod introspection;
pub(crate) mod jwks;
mod list;
pub(crate) mod metadata;
pub(crate) mod pushed_authorization;
mod registration;
pub mod revocation;
pub(crate) mod token;
pub(crate) mod userinfo;

pub use crate::frame::{Endpoint, ListedEndpoint};
pub use crate::grant::device_authorization;
