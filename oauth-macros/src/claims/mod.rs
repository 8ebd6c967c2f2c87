//! `#[derive(Claims)]`: a struct that is the private claims of an access token.

mod attr;
mod check;
mod expand;
mod model;
mod serde;

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::diagnostics::Diagnostics;

pub(crate) fn expand(item: TokenStream) -> TokenStream {
    let diagnostics = Diagnostics::new();
    let Some(input) = diagnostics.ok(syn::parse2::<DeriveInput>(item)) else {
        return diagnostics.into_tokens();
    };
    let krate = attr::krate(&input.attrs, &diagnostics);
    let model = check::check(&input, krate.clone(), &diagnostics).filter(|_| !diagnostics.has_errors());
    let mut tokens = match &model {
        Some(model) => expand::expand(model),
        None => expand::fallback(&input, &krate),
    };
    tokens.extend(diagnostics.into_tokens());
    tokens
}
