//! OpenID Connect: what an OpenID provider is beyond an authorization server.

#[cfg(feature = "http-client")]
mod back_channel;
mod claims;
mod claims_request;
mod context;
pub(crate) mod id_token;
pub(crate) mod id_token_hint;
mod keys;
mod logout;
mod session_identifier;
pub(crate) mod session_management;
pub(crate) mod signer;
mod subject;

#[cfg(feature = "http-client")]
pub use self::back_channel::BackChannel;
pub(crate) use self::claims::{
    ID_TOKEN_CLAIMS, STANDARD_CLAIMS, id_token_claims, user_claims, userinfo_claims,
};
pub use self::claims_request::{ClaimRequest, ClaimsRequest};
pub use self::context::IdTokenContext;
pub use self::id_token::IdTokenClaims;
pub use self::id_token_hint::IdTokenHint;
pub use self::keys::IdTokenKeys;
pub(crate) use self::logout::Provider;
pub use self::session_management::browser_state_cookie;
pub use self::signer::{IdTokenSigner, NoIdTokens};
pub(crate) use self::subject::subject_identifier;
pub use self::subject::{PairwiseKey, SubjectType};
