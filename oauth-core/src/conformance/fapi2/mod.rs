//! The FAPI 2.0 Security Profile: the checks of the OpenID Foundation's suite that concern an authorization server whose clients use
//! `private_key_jwt` and DPoP, and that no other file has.

mod answers;
mod assertions;
mod pushing;
mod tokens;

pub(super) use self::answers::*;
pub(super) use self::assertions::*;
pub(super) use self::pushing::*;
pub(super) use self::tokens::*;
