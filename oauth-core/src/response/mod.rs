//! Responses, before they are HTTP: what an authorization and a token response carry.

mod authorization;
mod authorization_extras;
mod token;
mod token_extras;

pub use self::authorization::AuthorizationParameters;
pub use self::authorization_extras::AuthorizationExtras;
pub use self::token::TokenResponse;
pub use self::token_extras::TokenExtras;
pub(crate) use self::token_extras::check_name;
