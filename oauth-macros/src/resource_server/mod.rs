//! `#[resource_server(…)]`: a table of types and constants.

mod attr;
mod check;
mod expand;
mod fields;
mod model;

use proc_macro2::{Span, TokenStream};
use quote::quote;

use self::attr::Attr;
use crate::diagnostics::Diagnostics;
use crate::item::Struct;
use crate::validator::leading_keyword;

pub(crate) fn expand(args: TokenStream, item: &TokenStream) -> TokenStream {
    let diagnostics = Diagnostics::new();
    if let Some(keyword @ ("fn" | "impl" | "trait" | "mod")) = leading_keyword(item).as_deref() {
        diagnostics.error(
            Span::call_site(),
            format!("`#[resource_server(…)]` is for a struct that stands for the API, not for `{keyword}`"),
        );
        let errors = diagnostics.into_tokens();
        return quote!(#item #errors);
    }
    let Some(input) = Struct::parse("resource_server", item.clone(), &diagnostics) else {
        let errors = diagnostics.into_tokens();
        return quote!(#item #errors);
    };
    let attr = Attr::parse(args, &diagnostics);
    let validated = check::check(&attr, &input, &diagnostics).filter(|_| !diagnostics.has_errors());
    let impls = match &validated {
        Some(validated) => expand::expand(validated),
        None => expand::fallback(&input, &attr.krate),
    };
    let (errors, input) = (diagnostics.into_tokens(), &input.input);
    quote!(#input #impls #errors)
}
