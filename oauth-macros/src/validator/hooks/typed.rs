//! Methods that are being typed.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote_spanned;
use syn::spanned::Spanned as _;

use super::method::{ImplBlock, Item, Method};
use super::table::hooks;
use crate::editor;
use crate::krate::{Krate, at};

/// A block of the trait that has what is no hook yet, for editors alone: they complete there what the trait has, with its signature. Of
/// the places that a token has they take the first, so that it comes before the block.
pub(super) fn offer(block: &ImplBlock, krate: &Krate) -> Option<TokenStream> {
    let mut typed = block.items.iter().filter_map(unfinished).peekable();
    typed.peek().filter(|_| editor::expands())?;
    let private = krate.private(block.self_ty.span());
    let (impl_generics, _, where_clause) = block.generics.split_for_impl();
    let self_ty = &block.self_ty;
    Some(quote_spanned! {at(self_ty.span())=>
        impl #impl_generics #private::RequestValidator for #self_ty #where_clause {
            #(#typed)*
        }
    })
}

fn unfinished(item: &Item) -> Option<&TokenStream> {
    match item {
        Item::Illegible { tokens, .. } => Some(tokens),
        Item::Method(method) if is_no_hook(method) => Some(&method.tokens),
        Item::Other { tokens, .. } if is_word(tokens) => Some(tokens),
        Item::Method(_) | Item::Other { .. } => None,
    }
}

fn is_no_hook(method: &Method) -> bool {
    method.helpers.is_empty() && !hooks().any(|hook| hook.name == method.name())
}

fn is_word(tokens: &TokenStream) -> bool {
    let mut tokens = tokens.clone().into_iter();
    matches!(tokens.next(), Some(TokenTree::Ident(_))) && tokens.next().is_none()
}
