//! What is left of an item that cannot be read, such as one that is being typed.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;

use crate::diagnostics::Diagnostics;
use crate::item::{Struct, helpers};

/// Beside the error: the item without our helper attributes, which nobody else knows, and what `fallback` implements for a
/// struct of its name.
pub(crate) fn salvage(
    owner: &str,
    item: TokenStream,
    diagnostics: Diagnostics,
    fallback: impl FnOnce(&Struct) -> TokenStream,
) -> TokenStream {
    let impls = named(item.clone()).map(|input| fallback(&input));
    let (item, errors) = (without_helpers(owner, item), diagnostics.into_tokens());
    quote!(#item #impls #errors)
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

/// Fields without the helper attributes of `owner`.
fn without_helpers(owner: &str, item: TokenStream) -> TokenStream {
    let is_helper = |attribute: &Group| {
        let own = helpers(owner);
        matches!(attribute.stream().into_iter().next(), Some(TokenTree::Ident(name)) if own.contains(&name.to_string().as_str()))
    };
    let strip = |fields: TokenStream| {
        let mut kept: Vec<TokenTree> = Vec::new();
        for token in fields {
            match (&token, kept.last()) {
                (TokenTree::Group(group), Some(TokenTree::Punct(pound)))
                    if pound.as_char() == '#'
                        && group.delimiter() == Delimiter::Bracket
                        && is_helper(group) =>
                {
                    kept.pop();
                }
                _ => kept.push(token),
            }
        }
        kept.into_iter().collect::<TokenStream>()
    };
    let strip_group = |token| match token {
        TokenTree::Group(group) if group.delimiter() != Delimiter::Bracket => {
            let mut stripped = Group::new(group.delimiter(), strip(group.stream()));
            stripped.set_span(group.span());
            stripped.into()
        }
        token => token,
    };
    item.into_iter().map(strip_group).collect()
}
