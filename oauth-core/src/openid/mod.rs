//! OpenID Connect: what an OpenID provider is beyond an authorization server.

mod context;
mod signer;

pub use self::context::IdTokenContext;
pub use self::signer::{IdTokenSigner, NoIdTokens};
