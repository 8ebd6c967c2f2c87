//! `dyn` in the type of a part: the traits of parts have `async` methods, so that no object can be of them.

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, quote_spanned};
use syn::Type;

use crate::diagnostics::Diagnostics;
use crate::helpers::is_our_crate;

/// The traits of parts, with a type that has each.
const TRAITS: [(&str, &str); 15] = [
    ("ClientStore", "SqliteStore"),
    ("TokenStore", "SqliteStore"),
    ("CodeStore", "SqliteStore"),
    ("UserStore", "SqliteStore"),
    ("SessionStore", "SqliteStore"),
    ("ConsentStore", "SqliteStore"),
    ("DeviceStore", "SqliteStore"),
    ("PushedRequestStore", "SqliteStore"),
    ("ReplayStore", "SqliteStore"),
    ("RevocationStore", "SqliteStore"),
    ("RequestValidator", "Accounts"),
    ("StoreRoles", "Accounts"),
    ("TokenGenerator", "AccessTokens"),
    ("Interaction", "LoginPages"),
    ("HttpClient", "HttpsClient"),
];

/// An object of one of these traits.
struct Object {
    name: &'static str,
    /// `<…>` after it.
    arguments: TokenStream,
    example: &'static str,
    span: Span,
}

/// Refuses an object of one of these traits. A trait of the application's own may be called as one of them where a path says so. The
/// result is the type to emit instead, which takes the same values: the compiler has nothing to add.
pub(crate) fn replace(ty: &Type, owner: &str, diagnostics: &Diagnostics) -> Option<Type> {
    let mut found = None;
    let replaced = without_objects(ty.to_token_stream(), &mut found);
    let Object { name, arguments, example, span } = found?;
    let parameter = name.chars().next().unwrap_or('S');
    let bound = format!("{name}{arguments}").replace(' ', "");
    diagnostics.error(
        span,
        format!(
            "`dyn {name}` cannot be: the methods of `{name}` are `async`, and the compiler knows the type of each part\n\
             write the type itself, such as `{example}`; or a parameter, `struct {owner}<{parameter}: {bound} + 'static>`, and the type `{parameter}` here; \
             or, where a run chooses, an `enum` of yours with an `impl {bound}`; if `{name}` is a trait of yours, write its path, `dyn crate::{name}`"
        ),
    );
    syn::parse2(replaced).ok()
}

/// The tokens, with `(dyn Any + Send + Sync)` for each object; the first that was one is found.
fn without_objects(tokens: TokenStream, found: &mut Option<Object>) -> TokenStream {
    let mut tokens = tokens.into_iter().peekable();
    let mut replaced = TokenStream::new();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), without_objects(group.stream(), found));
                inner.set_span(group.span());
                replaced.extend([TokenTree::from(inner)]);
            }
            TokenTree::Ident(word) if word == "dyn" => {
                let path = bound(&mut tokens);
                let Some((name, example)) = of_ours(&path) else {
                    replaced.extend([TokenTree::from(word)].into_iter().chain(path));
                    continue;
                };
                let span = path.last().map_or_else(Span::call_site, TokenTree::span);
                let arguments = arguments(&mut tokens);
                found.get_or_insert(Object { name, arguments, example, span });
                while tokens.next_if(|next| is(next, '+')).is_some() {
                    bound(&mut tokens);
                    self::arguments(&mut tokens);
                }
                replaced.extend(
                    quote_spanned!(span=> (dyn ::core::any::Any + ::core::marker::Send + ::core::marker::Sync)),
                );
            }
            token => replaced.extend([token]),
        }
    }
    replaced
}

type Tokens = std::iter::Peekable<proc_macro2::token_stream::IntoIter>;

fn is(token: &TokenTree, expected: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == expected)
}

/// A path or a lifetime, without arguments.
fn bound(tokens: &mut Tokens) -> Vec<TokenTree> {
    let is_part = |token: &TokenTree| {
        matches!(token, TokenTree::Ident(_)) || [':', '\'', '?'].into_iter().any(|part| is(token, part))
    };
    std::iter::from_fn(|| tokens.next_if(is_part)).collect()
}

/// `<…>`, if it follows.
fn arguments(tokens: &mut Tokens) -> TokenStream {
    let (mut depth, mut arguments) = (0, TokenStream::new());
    while let Some(token) = tokens.next_if(|token| depth > 0 || is(token, '<')) {
        depth += i32::from(is(&token, '<')) - i32::from(is(&token, '>'));
        arguments.extend([token]);
        if depth == 0 {
            break;
        }
    }
    arguments
}

/// The trait that a path names, if it is one of this crate's.
fn of_ours(path: &[TokenTree]) -> Option<(&'static str, &'static str)> {
    let words: Vec<_> = path
        .iter()
        .filter_map(|token| if let TokenTree::Ident(word) = token { Some(word) } else { None })
        .collect();
    let (first, last) = (words.first()?, words.last()?);
    let known = TRAITS.into_iter().find(|(name, _)| *last == name)?;
    (words.len() == 1 || is_our_crate(first)).then_some(known)
}
