//! `#[token_generator(…)]` on a struct: a format of tokens.

mod attr;
mod check;
mod claims;
mod encryption;
mod expand;
mod format;
mod lints;
mod model;
mod opaque;
mod self_contained;

use proc_macro2::{Span, TokenStream};
use quote::quote;

use self::attr::Attr;
pub(crate) use self::check::algorithm_verdict;
use crate::diagnostics::Diagnostics;
use crate::item::Struct;
use crate::krate::Krate;
use crate::misplaced::{keyword_of_no_type, remedy};
use crate::rules;
use crate::salvage::salvage;

/// Beside errors, a struct is what it was meant to be, so that nothing that uses it is an error too.
pub(crate) fn stand_in(input: &Struct, krate: &Krate) -> TokenStream {
    expand::fallback(input, krate)
}

pub(crate) fn expand(args: TokenStream, item: &TokenStream) -> TokenStream {
    let diagnostics = Diagnostics::new();
    if let Some(keyword) = keyword_of_no_type(item) {
        diagnostics.error(Span::call_site(), misplaced(&keyword));
        let errors = diagnostics.into_tokens();
        return quote!(#item #errors);
    }
    let Some(mut input) = Struct::parse("token_generator", item.clone(), &diagnostics) else {
        let krate = Krate::of(args);
        return salvage(item, diagnostics, |input| expand::fallback(input, &krate));
    };
    let attr = Attr::parse(args, &input, &diagnostics);
    input.note(&attr.attempted);
    let validated = check::check(&attr, &input, &diagnostics).and_then(|validated| {
        let outcome = attr.decisions.judge(&lints::find(&validated), None, &diagnostics)?;
        Some((validated, outcome))
    });
    let impls = match &validated {
        Some((validated, outcome)) => expand::expand(validated, outcome),
        None => expand::fallback(&input, &attr.krate),
    };
    let (errors, input) = (diagnostics.into_tokens(), &input.input);
    quote!(#input #impls #errors)
}

fn misplaced(keyword: &str) -> String {
    if keyword == "fn" {
        "`#[token_generator]` on a method is read by the `impl` block around it: write `#[validator]` above that block".into()
    } else {
        rules::token_generator::a_generator_is_a_struct_or_a_hook
            .says(&[&keyword, &remedy("token_generator", keyword)])
    }
}
