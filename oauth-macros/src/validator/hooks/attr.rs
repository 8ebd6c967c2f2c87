//! `#[validator]`, `#[validator(crate = …)]` on an `impl` block.

use proc_macro2::TokenStream;

use crate::args::{Arg, Args};
use crate::diagnostics::Diagnostics;
use crate::krate::Krate;

pub(super) struct Attr {
    pub(super) krate: Krate,
}

impl Attr {
    pub(super) fn parse(args: TokenStream, diagnostics: &Diagnostics) -> Self {
        let mut args = Args::parse(args, diagnostics);
        let krate = Krate::take(&mut args, diagnostics);
        if let Some(custom) = args.take("custom", diagnostics) {
            check_custom_is_on_the_struct(&custom, diagnostics);
        }
        args.finish("#[validator] impl", &["crate"], diagnostics);
        Self { krate }
    }
}

/// The struct announces its block: the block is there to see.
fn check_custom_is_on_the_struct(custom: &Arg, diagnostics: &Diagnostics) {
    diagnostics.error(
        custom.span,
        "`custom` belongs on the struct: write `#[validator(custom)]` there and `#[validator]` here",
    );
}
