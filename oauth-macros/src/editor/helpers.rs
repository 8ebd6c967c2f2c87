//! The helper attributes of fields and of methods.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};

use super::arguments::Arguments;
use crate::misplaced::leading_keyword;
use crate::validator::HELPERS;

/// Adds those of the fields of a struct, or of the methods of a block, and their arguments.
pub(super) fn read(owner: &str, item: &TokenStream, arguments: &mut Arguments) {
    let is_block = leading_keyword(item).as_deref() == Some("impl");
    let attributes = || item.clone().into_iter().filter_map(body).flat_map(attributes);
    let module = if is_block { "methods".to_owned() } else { format!("fields_of_{owner}") };
    arguments.add(&module, attributes().filter(|(_, rest)| rest.is_empty()).map(|(name, _)| name));
    for (name, rest) in attributes().filter(|_| is_block) {
        let Some(TokenTree::Group(list)) = rest.into_iter().next() else { continue };
        let name = name.to_string();
        match name.as_str() {
            // Above a struct there is another of this name.
            "token_generator" => arguments.read("token_generator_fn", list.stream()),
            name if HELPERS.contains(&name) => arguments.read(name, list.stream()),
            _ => {}
        }
    }
}

/// The fields or methods of an item.
fn body(token: TokenTree) -> Option<TokenStream> {
    match token {
        TokenTree::Group(body) if body.delimiter() != Delimiter::Bracket => Some(body.stream()),
        _ => None,
    }
}

/// The attributes of fields or methods: their names, and what follows them.
fn attributes(body: TokenStream) -> impl Iterator<Item = (Ident, TokenStream)> {
    let mut is_next = false;
    body.into_iter().filter_map(move |token| {
        let follows = std::mem::replace(
            &mut is_next,
            matches!(&token, TokenTree::Punct(hash) if hash.as_char() == '#'),
        );
        let TokenTree::Group(attribute) = token else { return None };
        let mut tokens = attribute.stream().into_iter();
        match tokens.next() {
            Some(TokenTree::Ident(name)) if follows => Some((name, tokens.collect())),
            _ => None,
        }
    })
}
