//! The rest of an item that cannot be read, such as one that is being typed.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::quote;
use syn::parse::{ParseStream, Parser as _};
use syn::{Attribute, Ident, Token, Type, Visibility};

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

/// Tells whether an item ends where something must follow, in every Rust: the compiler has said so already,
/// in the same place. An error that the compiler might not have is none of these, for nothing else would fail
/// the build.
pub(crate) fn is_cut_short(item: TokenStream, error: &syn::Error) -> bool {
    let message = error.to_string();
    let is_about_an_end = message.starts_with("unexpected end of input") || message == "expected `:`";
    let body = item.into_iter().filter_map(|token| match token {
        TokenTree::Group(body) if body.delimiter() != Delimiter::Bracket => Some(body.stream()),
        _ => None,
    });
    is_about_an_end
        && body.last().is_some_and(|body| has_open_end(body.clone()) || untyped_field.parse2(body).is_ok())
}

/// Tells whether tokens end with what begins something, or in angle brackets that are open.
fn has_open_end(body: TokenStream) -> bool {
    let (mut depth, mut previous) = (0, None);
    for token in body {
        let punct = if let TokenTree::Punct(punct) = &token { Some(punct.as_char()) } else { None };
        match (previous, punct) {
            (_, Some('<')) => depth += 1,
            (Some('-' | '='), Some('>')) => {}
            (_, Some('>')) => depth -= 1,
            _ => {}
        }
        previous = punct;
    }
    depth > 0 || matches!(previous, Some(':' | '<' | '&'))
}

/// Fields until one that has no type.
fn untyped_field(fields: ParseStream<'_>) -> syn::Result<()> {
    let ends = || fields.is_empty() || fields.peek(Token![,]);
    while !fields.is_empty() {
        fields.call(Attribute::parse_outer)?;
        fields.parse::<Visibility>()?;
        if !fields.is_empty() {
            fields.parse::<Ident>()?;
        }
        if ends() {
            return skip(fields);
        }
        fields.parse::<Token![:]>()?;
        fields.parse::<Type>()?;
        fields.parse::<Option<Token![,]>>()?;
    }
    Err(fields.error("every field has a type"))
}

fn skip(rest: ParseStream<'_>) -> syn::Result<()> {
    rest.parse::<TokenStream>().map(drop)
}

/// The type that an `impl` block is of, if the block has no parameters.
pub(crate) fn self_type(item: &TokenStream) -> Option<Type> {
    let header = |tokens: ParseStream<'_>| {
        tokens.call(Attribute::parse_outer)?;
        tokens.parse::<Option<Token![unsafe]>>()?;
        tokens.parse::<Token![impl]>()?;
        let of_trait: Type = tokens.parse()?;
        let ty = if tokens.parse::<Option<Token![for]>>()?.is_some() { tokens.parse()? } else { of_trait };
        skip(tokens).map(|()| ty)
    };
    header.parse2(item.clone()).ok()
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
