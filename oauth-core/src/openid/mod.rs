//! OpenID Connect: what an OpenID provider is beyond an authorization server.

mod claims_request;
mod context;
pub(crate) mod id_token;
pub(crate) mod id_token_hint;
mod keys;
pub(crate) mod signer;

pub use self::claims_request::{ClaimRequest, ClaimsRequest};
pub use self::context::IdTokenContext;
pub use self::id_token::IdTokenClaims;
pub use self::id_token_hint::IdTokenHint;
pub use self::keys::IdTokenKeys;
pub use self::signer::{IdTokenSigner, NoIdTokens};
