//! What is left of an item that cannot be read, such as one that is being typed.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use crate::diagnostics::Diagnostics;
use crate::item::Struct;

/// Beside the error: the item as it is, and what `fallback` implements for a struct of its name.
pub(crate) fn salvage(
    item: &TokenStream,
    diagnostics: Diagnostics,
    fallback: impl FnOnce(&Struct) -> TokenStream,
) -> TokenStream {
    let impls = named(item.clone()).map(|input| fallback(&input));
    let errors = diagnostics.into_tokens();
    quote!(#item #impls #errors)
}

/// Whether an item ends where something must follow: the compiler has said so already, in the same place.
pub(crate) fn is_cut_short(error: &syn::Error) -> bool {
    let message = error.to_string();
    message.starts_with("unexpected end of input") || message == "expected `:`"
}

/// A struct of this name, if it has no parameters.
fn named(item: TokenStream) -> Option<Struct> {
    let mut tokens = item.into_iter().skip_while(
        |token| !matches!(token, TokenTree::Ident(word) if word == "struct" || word == "enum" || word == "union"),
    );
    let Some(TokenTree::Ident(ident)) = tokens.nth(1) else { return None };
    let is_generic = matches!(tokens.next(), Some(TokenTree::Punct(punct)) if punct.as_char() == '<');
    if is_generic { None } else { Struct::named(&ident) }
}
