//! `#[resource_server(…)]`: a table of types and constants.

mod attr;
mod check;
mod expand;
mod fields;
mod lints;
mod model;

use proc_macro2::{Span, TokenStream};
use quote::quote;

use self::attr::Attr;
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
        check_is_struct(&keyword, &diagnostics);
        let errors = diagnostics.into_tokens();
        return quote!(#item #errors);
    }
    let Some(mut input) = Struct::parse("resource_server", item.clone(), &diagnostics) else {
        let krate = Krate::of(args);
        return salvage(item, diagnostics, |input| expand::fallback(input, &krate));
    };
    let attr = Attr::parse(args, &diagnostics);
    input.note(&attr.attempted);
    let validated = check::check(&attr, &input, &diagnostics).and_then(|validated| {
        let outcome = attr.decisions.judge(&lints::find(&attr), None, &diagnostics)?;
        Some((validated, outcome))
    });
    let impls = match &validated {
        Some((validated, outcome)) => expand::expand(validated, outcome),
        None => expand::fallback(&input, &attr.krate),
    };
    let (errors, input) = (diagnostics.into_tokens(), &input.input);
    quote!(#input #impls #errors)
}

/// Refuses what is no struct: the fields of one say how the issuer is asked.
fn check_is_struct(keyword: &str, diagnostics: &Diagnostics) {
    diagnostics.error(
        Span::call_site(),
        rules::resource::a_resource_server_is_a_struct.says(&[&keyword, &remedy("resource_server", keyword)]),
    );
}
