//! OpenID Connect: what an OpenID provider is beyond an authorization server.

#[cfg(feature = "http-client")]
mod back_channel;
mod claims;
mod keys;
pub(crate) mod session_identifier;
pub(crate) mod session_management;
pub(crate) mod signer;
mod subject;

#[cfg(feature = "http-client")]
pub use self::back_channel::BackChannel;
#[cfg(feature = "http-client")]
pub(crate) use self::back_channel::LogoutToken;
pub(crate) use self::claims::{id_token_claims, userinfo_claims};
pub use self::keys::IdTokenKeys;
pub use self::session_management::browser_state_cookie;
pub use self::signer::{IdTokenSigner, NoIdTokens};
pub use self::subject::PairwiseKey;
pub(crate) use self::subject::subject_identifier;
pub use crate::claims::IdTokenClaims;
pub use crate::client::SubjectType;
pub use crate::model::{ClaimRequest, ClaimsRequest, IdTokenContext};
pub use crate::request::IdTokenHint;
