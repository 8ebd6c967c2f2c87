//! A struct whose fields are claims, each with a name of its own.

use syn::{DeriveInput, Ident, Type};

use crate::args::Text;
use crate::krate::Krate;

pub(super) struct ValidatedClaims<'a> {
    pub(super) input: &'a DeriveInput,
    pub(super) krate: Krate,
    pub(super) fields: Vec<ClaimField<'a>>,
}

pub(super) struct ClaimField<'a> {
    pub(super) ident: &'a Ident,
    pub(super) ty: &'a Type,
    /// The name of the claim.
    pub(super) name: Text,
}
