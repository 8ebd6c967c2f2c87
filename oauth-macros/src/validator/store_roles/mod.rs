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

/// Beside errors, a struct is a validator all the same. What it lacks besides is not known.
fn stand_in(attr: &Attr, input: &Struct) -> TokenStream {
    let unheard = Diagnostics::new();
    let tokens = expand::fallback(&check::check(attr, input, &unheard));
    unheard.into_tokens();
    tokens
}

/// The same for a struct without the attribute.
pub(super) fn stand_in_of(input: &Struct) -> TokenStream {
    let unheard = Diagnostics::new();
    let attr = Attr::parse(TokenStream::new(), &unheard);
    unheard.into_tokens();
    stand_in(&attr, input)
}

pub(super) fn expand(args: TokenStream, item: &TokenStream) -> TokenStream {
    let diagnostics = Diagnostics::new();
    let attr = Attr::parse(args, &diagnostics);
    let Some(mut input) = Struct::parse("validator", item.clone(), &diagnostics) else {
        return salvage(item, diagnostics, |input| stand_in(&attr, input));
    };
    input.note(&attr.attempted);
    let validated = check::check(&attr, &input, &diagnostics);
    let has_errors = diagnostics.has_errors();
    let impls = if has_errors { expand::fallback(&validated) } else { expand::expand(&validated) };
    let (errors, input) = (diagnostics.into_tokens(), &input.input);
    quote!(#input #impls #errors)
}
