//! A resource server whose arguments and fields are certain.

use proc_macro2::{Span, TokenStream};

use crate::args::Text;
use crate::choice::Choice;
use crate::issuer::Issuer;
use crate::item::Struct;
use crate::krate::Krate;
use crate::literal::Seconds;
use crate::scope_list::Scope;

pub(super) struct ValidatedResource<'a> {
    pub(super) item: &'a Struct,
    pub(super) krate: Krate,
    pub(super) issuer: Issuer,
    pub(super) audience: Audience,
    pub(super) validation: Validation,
    pub(super) durations: Vec<Seconds>,
    pub(super) verification_cache: Option<(u64, Span)>,
    pub(super) algorithms: Option<Vec<Text>>,
    /// Setters without a value that were given.
    pub(super) flags: Vec<(&'static str, Span)>,
    pub(super) realm: Option<Text>,
    pub(super) resource: Option<Text>,
    pub(super) scopes: Option<Vec<Scope>>,
    pub(super) http_client: Vec<Choice<'a>>,
    pub(super) credentials: Vec<Choice<'a>>,
    pub(super) decryption_key: Vec<Choice<'a>>,
}

pub(super) enum Audience {
    Literal(Text),
    /// Holds what follows `self.`.
    Field {
        path: TokenStream,
        span: Span,
    },
}

pub(super) struct Validation {
    pub(super) kind: Kind,
    pub(super) span: Span,
    /// The URI, where the issuer's metadata is not asked.
    pub(super) uri: Option<Text>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Jwks,
    Introspection,
}
