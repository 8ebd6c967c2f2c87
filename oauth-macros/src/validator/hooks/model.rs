//! Hooks that are certain.

use proc_macro2::Span;

use super::method::{ImplBlock, Method};
use super::table::Hook;
use crate::args::Text;
use crate::krate::Krate;

pub(super) struct ValidatedHooks<'a> {
    pub(super) block: &'a ImplBlock,
    pub(super) krate: Krate,
    pub(super) hooks: Vec<(&'static Hook, &'a Method)>,
    pub(super) claims: Vec<Claim<'a>>,
    pub(super) generators: Vec<Generator<'a>>,
}

/// A `#[claim("name", scope = "…")]` method.
pub(super) struct Claim<'a> {
    pub(super) method: &'a Method,
    pub(super) name: Text,
    pub(super) scope: Option<Text>,
    /// Whether it returns a `Result`.
    pub(super) is_fallible: bool,
}

/// A `#[token_generator]` method.
pub(super) struct Generator<'a> {
    pub(super) method: &'a Method,
    pub(super) kind: TokenKind,
    /// Where its attribute stands.
    pub(super) span: Span,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    Access,
    Refresh,
}
