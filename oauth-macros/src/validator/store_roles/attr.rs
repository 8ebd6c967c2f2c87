//! `#[validator]`, `#[validator(custom, crate = …)]`.

use proc_macro2::{Span, TokenStream};

use crate::args::{Args, Attempted};
use crate::diagnostics::Diagnostics;
use crate::krate::Krate;

pub(super) struct Attr {
    /// The place of `custom`, if it is there.
    pub(super) custom: Option<Span>,
    pub(super) krate: Krate,
    pub(super) attempted: Attempted,
}

impl Attr {
    pub(super) fn parse(args: TokenStream, diagnostics: &Diagnostics) -> Self {
        let mut args = Args::parse(args, diagnostics);
        let custom = args.take("custom", diagnostics).map(|arg| {
            arg.bare(diagnostics);
            arg.span
        });
        let krate = Krate::take(&mut args, diagnostics);
        let attempted = args.finish("#[validator]", &["custom", "crate"], diagnostics);
        // A misspelt `custom` is one all the same: its block of hooks is no mistake.
        let custom = custom.or_else(|| attempted.contains("custom").then(Span::call_site));
        Self { custom, krate, attempted }
    }
}
