//! Records: what was granted, and what stands for it. Stores keep them, and [`store`](crate::store) names them.

mod attempt;
mod authorization;
mod code;
mod device;
mod family;
mod person;
mod revocation;
mod tokens;

pub use self::attempt::Attempt;
pub use self::authorization::Authorization;
pub use self::code::{AuthorizationGrant, CodeRedemption, PeekedCode};
pub use self::device::{DeviceAuthorization, DeviceDecision, DeviceGrant, DevicePoll};
pub use self::family::FamilyId;
pub use self::person::{Session, User};
pub use self::revocation::{MarkerKey, Marks, Revocation};
pub use self::tokens::{AccessToken, RefreshToken, Rotation, Saving, Successor};
