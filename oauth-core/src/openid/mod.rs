//! OpenID Connect: what an OpenID provider is beyond an authorization server.

mod claims;
mod context;
mod signer;
mod subject;

#[allow(unused_imports)] // id_token_claims: OPENID-CORE
pub(crate) use self::claims::{STANDARD_CLAIMS, id_token_claims, user_claims, userinfo_claims};
pub use self::context::IdTokenContext;
pub use self::signer::{IdTokenSigner, NoIdTokens};
pub(crate) use self::subject::subject_identifier;
pub use self::subject::{PairwiseKey, SubjectType};
