//! OpenID Connect: what an OpenID provider is beyond an authorization server.

mod claims;
mod claims_request;
mod context;
pub(crate) mod id_token;
pub(crate) mod id_token_hint;
mod keys;
pub(crate) mod signer;
mod subject;

pub(crate) use self::claims::{STANDARD_CLAIMS, id_token_claims, user_claims, userinfo_claims};
pub use self::claims_request::{ClaimRequest, ClaimsRequest};
pub use self::context::IdTokenContext;
pub use self::id_token::IdTokenClaims;
pub use self::id_token_hint::IdTokenHint;
pub use self::keys::IdTokenKeys;
pub use self::signer::{IdTokenSigner, NoIdTokens};
pub(crate) use self::subject::subject_identifier;
pub use self::subject::{PairwiseKey, SubjectType};
