//! Methods that are being typed.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::quote;

use super::method::{ImplBlock, Item, Method};
use super::table::hooks;
use crate::editor;
use crate::krate::Krate;

/// A block of the trait that has what is no hook yet, for editors alone: they complete there what the trait has, with its signature. It
/// stands there although nothing is typed, and is that of a type of its own, since the struct has the real one.
pub(super) fn offer(block: &ImplBlock, krate: &Krate) -> Option<TokenStream> {
    if !editor::expands() {
        return None;
    }
    let typed = block.items.iter().filter_map(unfinished).map(without_body);
    let private = krate.private(Span::call_site());
    let (impl_generics, _, where_clause) = block.generics.split_for_impl();
    Some(quote! {
        const _: () = {
            struct __Offers;
            impl #impl_generics #private::RequestValidator for __Offers #where_clause {
                #(#typed)*
            }
        };
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

/// A body has a `self` of another type.
fn without_body(method: &TokenStream) -> TokenStream {
    let mut tokens: Vec<_> = method.clone().into_iter().collect();
    if let Some(TokenTree::Group(body)) = tokens.last_mut()
        && body.delimiter() == Delimiter::Brace
    {
        let span = body.span();
        *body = Group::new(Delimiter::Brace, TokenStream::new());
        body.set_span(span);
    }
    tokens.into_iter().collect()
}

fn is_no_hook(method: &Method) -> bool {
    method.helpers.is_empty() && !hooks().any(|hook| hook.name == method.name())
}

fn is_word(tokens: &TokenStream) -> bool {
    let mut tokens = tokens.clone().into_iter();
    matches!(tokens.next(), Some(TokenTree::Ident(_))) && tokens.next().is_none()
}
