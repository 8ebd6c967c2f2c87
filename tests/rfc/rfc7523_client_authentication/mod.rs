//! RFC 7523 §2.2 and OpenID Connect Core §9: clients that authenticate with a JWT, and what somebody else would do with it.

mod assertions;
mod failures;
mod secrets;
mod signatures;
mod used_once;
mod world;
