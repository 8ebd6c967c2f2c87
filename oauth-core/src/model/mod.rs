//! Records: what was granted, and what stands for it. Stores keep them, and [`store`](crate::store) names them.

mod attempt;
mod authorization;
mod claims_request;
mod code;
mod device;
mod family;
mod id_token_context;
mod logout_notice;
mod person;
pub mod pkce;
mod pushed_request;
mod revocation;
mod tokens;
mod user_code;

pub use self::attempt::Attempt;
pub use self::authorization::Authorization;
pub use self::claims_request::{ClaimRequest, ClaimsRequest};
pub use self::code::{AuthorizationGrant, CodeRedemption, PeekedCode};
pub use self::device::{DeviceAuthorization, DeviceDecision, DeviceGrant, DevicePoll};
pub use self::family::FamilyId;
pub use self::id_token_context::IdTokenContext;
pub use self::logout_notice::LogoutNotice;
pub(crate) use self::person::check_sub;
pub use self::person::{SecondStep, Session, User};
pub use self::pushed_request::{LoadedRequest, PushedRequest};
pub use self::revocation::{MarkerKey, Marks, Revocation};
pub use self::tokens::{AccessToken, RefreshToken, Rotation, Saving, Successor};
pub use self::user_code::UserCode;
