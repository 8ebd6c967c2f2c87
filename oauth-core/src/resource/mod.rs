//! The protected resource: an API that takes access tokens (RFC 6749 §7, RFC 6750).

mod challenge;

pub use self::challenge::Challenge;
