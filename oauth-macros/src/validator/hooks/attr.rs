//! `#[validator]`, `#[validator(crate = …)]` on an `impl` block.

use proc_macro2::TokenStream;

use crate::args::{Arg, Args};
use crate::diagnostics::Diagnostics;
use crate::krate::Krate;
use crate::rules;

pub(super) struct Attr {
    pub(super) krate: Krate,
    /// True if the block has `custom`, which belongs on the struct.
    pub(super) is_custom: bool,
}

impl Attr {
    pub(super) fn parse(args: TokenStream, diagnostics: &Diagnostics) -> Self {
        let mut args = Args::parse(args, diagnostics);
        let krate = Krate::take(&mut args, diagnostics);
        let custom = args.take("custom", diagnostics);
        if let Some(custom) = &custom {
            check_custom_is_on_the_struct(custom, diagnostics);
        }
        args.finish("#[validator] impl", &["crate"], diagnostics);
        Self { krate, is_custom: custom.is_some() }
    }
}

/// The struct announces its block: the block is there to see.
fn check_custom_is_on_the_struct(custom: &Arg, diagnostics: &Diagnostics) {
    diagnostics.error(custom.span, rules::validator::custom_stands_on_the_struct.words);
}
