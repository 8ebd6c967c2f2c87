//! Hooks that are certain.

use proc_macro2::Span;
use syn::Type;

use super::method::{ImplBlock, Method};
use super::table::Hook;
use crate::args::Text;
use crate::krate::Krate;

pub(super) struct ValidatedHooks<'a> {
    pub(super) block: &'a ImplBlock,
    pub(super) krate: Krate,
    pub(super) hooks: Vec<(&'static Hook, &'a Method)>,
    pub(super) claims: Vec<Claim<'a>>,
    pub(super) structs: Vec<Claims<'a>>,
    pub(super) generators: Vec<Generator<'a>>,
}

/// A `#[claim("name", scope = "…", to(…))]` method.
pub(super) struct Claim<'a> {
    pub(super) method: &'a Method,
    pub(super) name: Text,
    pub(super) scope: Option<Text>,
    /// The claim's destinations; `None`: it does not say.
    pub(super) to: Option<Vec<(&'static Destination, Span)>>,
    /// True if the method returns a `Result`.
    pub(super) is_fallible: bool,
}

/// A `#[claims(scope = "…", to(…))]` method.
pub(super) struct Claims<'a> {
    pub(super) method: &'a Method,
    /// The type that the method returns: the names are its.
    pub(super) output: &'a Type,
    /// The place of the method's attribute.
    pub(super) span: Span,
    pub(super) scope: Option<Text>,
    /// The destinations of the claims; `None`: it does not say.
    pub(super) to: Option<Vec<(&'static Destination, Span)>>,
}

/// A word of `to(…)`.
pub(super) struct Destination {
    pub(super) name: &'static str,
    /// The variant of `ClaimDestination`.
    pub(super) variant: &'static str,
}

pub(super) const DESTINATIONS: [Destination; 3] = [
    Destination { name: "access_token", variant: "AccessToken" },
    Destination { name: "id_token", variant: "IdToken" },
    Destination { name: "userinfo", variant: "Userinfo" },
];

/// A `#[token_generator]` method.
pub(super) struct Generator<'a> {
    pub(super) method: &'a Method,
    pub(super) kind: TokenKind,
    /// The place of the method's attribute.
    pub(super) span: Span,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    Access,
    Refresh,
}

impl TokenKind {
    /// The name of the hook that the method becomes.
    pub(super) const fn hook(self) -> &'static str {
        match self {
            Self::Access => "generate_access_token",
            Self::Refresh => "generate_refresh_token",
        }
    }
}
