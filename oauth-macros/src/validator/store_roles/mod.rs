//! `#[validator]` on a struct: which field plays which role.

mod attr;
mod cast;
mod check;
mod expand;
mod model;

use proc_macro2::TokenStream;
use quote::quote;

use self::attr::Attr;
use crate::diagnostics::Diagnostics;
use crate::item::Struct;
use crate::salvage::salvage;

pub(super) fn expand(args: TokenStream, item: &TokenStream) -> TokenStream {
    let diagnostics = Diagnostics::new();
    let attr = Attr::parse(args, &diagnostics);
    let Some(mut input) = Struct::parse("validator", item.clone(), &diagnostics) else {
        // What its struct lacks is not known.
        let known = Diagnostics::new();
        let tokens =
            salvage(item, diagnostics, |input| expand::fallback(&check::check(&attr, input, &known)));
        known.into_tokens();
        return tokens;
    };
    input.note(&attr.attempted);
    let validated = check::check(&attr, &input, &diagnostics);
    let has_errors = diagnostics.has_errors();
    let impls = if has_errors { expand::fallback(&validated) } else { expand::expand(&validated) };
    let (errors, input) = (diagnostics.into_tokens(), &input.input);
    quote!(#input #impls #errors)
}
