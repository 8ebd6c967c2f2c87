//! The code that macro expansions call: rules that the compiler evaluates, and types whose bounds are its errors.

pub(crate) mod borrowed;
pub(crate) mod checks;
pub(crate) mod claim_checks;
pub(crate) mod claims;
pub(crate) mod dpop_fields;
pub(crate) mod endpoints;
pub(crate) mod fapi2_checks;
pub(crate) mod fields;
pub(crate) mod kinds;
pub(crate) mod limits;
pub(crate) mod logouts;
pub(crate) mod missing;
pub(crate) mod openid_fields;
pub(crate) mod own_grants;
pub(crate) mod parts;
pub(crate) mod pushed;
pub(crate) mod registrations;
pub(crate) mod replay;
#[cfg(feature = "resource")]
pub(crate) mod resource;
pub(crate) mod revocations;
pub(crate) mod roles;
pub(crate) mod upkeep;
pub(crate) mod users;
pub(crate) mod value_checks;
pub mod words;
