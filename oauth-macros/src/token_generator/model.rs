//! A token generator whose arguments and fields are certain.

use proc_macro2::Span;

use crate::args::Text;
use crate::choice::Choice;
use crate::issuer::Issuer;
use crate::item::Struct;
use crate::krate::Krate;
use crate::literal::Seconds;

pub(super) struct ValidatedGenerator<'a> {
    pub(super) item: &'a Struct,
    pub(super) krate: Krate,
    pub(super) expires_in: Option<Seconds>,
    pub(super) format: ValidatedFormat<'a>,
}

pub(super) enum ValidatedFormat<'a> {
    Jwt(Box<Jwt<'a>>),
    Opaque {
        prefix: Option<Text>,
        /// The entropy in bits.
        entropy: Option<(u16, Span)>,
        audience: Option<Text>,
    },
}

pub(super) struct Jwt<'a> {
    pub(super) issuer: Issuer,
    pub(super) audience: Option<Text>,
    pub(super) algorithm: Option<Text>,
    pub(super) claims: Vec<(Text, ClaimValue)>,
    pub(super) key: Vec<Choice<'a>>,
    /// The argument by which no store keeps them.
    pub(super) self_contained: Option<Span>,
    /// The encryption that makes it a `jwe`.
    pub(super) encryption: Option<Encryption<'a>>,
}

pub(super) struct Encryption<'a> {
    /// The variants of the run-time enums, at the user's literals.
    pub(super) alg: Option<(&'static str, Span)>,
    pub(super) enc: Option<(&'static str, Span)>,
    pub(super) key: Vec<Choice<'a>>,
}

/// The value of a static claim.
pub(super) enum ClaimValue {
    Str(Text),
    Int(i64),
    Float(f64),
    Bool(bool),
    List(Vec<ClaimValue>),
}
