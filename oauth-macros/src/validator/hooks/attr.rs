//! `#[validator]`, `#[validator(crate = …)]` on an `impl` block.

use proc_macro2::{Span, TokenStream};

use crate::args::Args;
use crate::diagnostics::Diagnostics;
use crate::krate::Krate;

pub(super) struct Attr {
    pub(super) krate: Krate,
    /// Where `custom` stands, if it does.
    pub(super) custom: Option<Span>,
}

impl Attr {
    pub(super) fn parse(args: TokenStream, diagnostics: &Diagnostics) -> Self {
        let mut args = Args::parse(args, diagnostics);
        let krate = Krate::take(&mut args, diagnostics);
        // It belongs on the struct. Where it is not there too, that is the error, and it is here.
        let custom = args.take("custom", diagnostics).map(|arg| arg.span);
        args.finish("#[validator] impl", &["crate"], diagnostics);
        Self { krate, custom }
    }
}
