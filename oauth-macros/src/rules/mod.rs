//! What literals in attributes must look like. Pure functions over text: each returns what is wrong, with the
//! section that says so.

pub(crate) mod algorithm;
pub(crate) mod claim;
pub(crate) mod duration;
pub(crate) mod encryption;
pub(crate) mod endpoint_path;
pub(crate) mod grant_type;
pub(crate) mod issuer;
pub(crate) mod origin;
pub(crate) mod scope;
pub(crate) mod token_prefix;
pub(crate) mod url;
