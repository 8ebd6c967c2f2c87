//! An attribute that stands on an item more than once.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use syn::Meta;

use crate::diagnostics::Diagnostics;
use crate::editor;
use crate::helpers::own_name;

/// Expands an item on which the attribute stands once; others below it are one error, and removed: each would implement the same
/// again.
pub(crate) fn once(
    owner: &str,
    args: TokenStream,
    item: TokenStream,
    expand: impl FnOnce(TokenStream, TokenStream) -> TokenStream,
) -> TokenStream {
    let offers = editor::offers(owner, &args, &item);
    let (mut kept, mut repeated) = (TokenStream::new(), Vec::new());
    let mut tokens = item.clone().into_iter().peekable();
    // Attributes stand before everything else.
    while let Some(hash) =
        tokens.next_if(|token| matches!(token, TokenTree::Punct(punct) if punct.as_char() == '#'))
    {
        let attribute = tokens.next_if(
            |token| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket),
        );
        match attribute.as_ref().and_then(|attribute| repetition(owner, attribute)) {
            Some(found) => repeated.push(found),
            None => kept.extend([hash].into_iter().chain(attribute)),
        }
    }
    let Some((span, other)) = repeated.into_iter().next() else {
        return offers.into_iter().chain([expand(args, item)]).collect();
    };
    let diagnostics = Diagnostics::new();
    diagnostics.error(span, format!("`#[{owner}]` is here twice: keep one"));
    kept.extend(tokens);
    let mut expansion = expand(if args.is_empty() { other } else { args }, kept);
    expansion.extend(diagnostics.into_tokens());
    offers.into_iter().chain([expansion]).collect()
}

/// The place and the arguments of an attribute, if it is this one.
fn repetition(owner: &str, attribute: &TokenTree) -> Option<(Span, TokenStream)> {
    let TokenTree::Group(group) = attribute else { return None };
    let meta: Meta = syn::parse2(group.stream()).ok()?;
    let name = own_name(meta.path(), &[owner]).filter(|name| *name == owner)?;
    let args = if let Meta::List(list) = &meta { list.tokens.clone() } else { TokenStream::new() };
    Some((name.span(), args))
}
