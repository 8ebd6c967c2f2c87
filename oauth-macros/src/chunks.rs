//! The parts of a list: what stands between its commas, and where one begins although its comma was forgotten.

use proc_macro2::{Delimiter, Group, Ident, Spacing, TokenStream, TokenTree};

use crate::diagnostics::Diagnostics;

/// The words of Rust that stand between two operands, or before one: no argument begins with them, or after them.
const WORDS: [&str; 26] = [
    "as", "async", "break", "const", "dyn", "else", "fn", "for", "if", "impl", "in", "let", "loop", "match",
    "move", "mut", "pub", "ref", "return", "self", "static", "unsafe", "use", "where", "while", "yield",
];

/// The parts between commas; `what` stands between them, such as `a scope`. A `;` ends a part as well, and is an error: one,
/// however many there are.
pub(crate) fn chunks(tokens: TokenStream, what: &str, diagnostics: &Diagnostics) -> Vec<TokenStream> {
    let (mut chunks, mut chunk, mut is_told) = (Vec::new(), TokenStream::new(), false);
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(end) if matches!(end.as_char(), ',' | ';') => {
                if end.as_char() == ';' && !std::mem::replace(&mut is_told, true) {
                    let write = if tokens.peek().is_some() { "write `,` instead" } else { "remove it" };
                    diagnostics
                        .error(end.span(), format!("commas stand between arguments, and no `;`: {write}"));
                } else if end.as_char() == ',' && chunk.is_empty() {
                    diagnostics.error(end.span(), format!("expected {what} before this comma"));
                }
                if !chunk.is_empty() {
                    chunks.push(std::mem::take(&mut chunk));
                }
            }
            token => chunk.extend([token]),
        }
    }
    if !chunk.is_empty() {
        chunks.push(chunk);
    }
    chunks
}

/// The list in a part that is nothing but a list: it stands in one pair of parentheses already.
pub(crate) fn surplus(chunk: &[TokenTree]) -> Option<&Group> {
    match chunk {
        [TokenTree::Group(group)] if group.delimiter() != Delimiter::None => Some(group),
        _ => None,
    }
}

/// Reports such a list.
pub(crate) fn reject_surplus(list: &Group, diagnostics: &Diagnostics) {
    let pair = match list.delimiter() {
        Delimiter::Bracket => "[…]",
        Delimiter::Brace => "{…}",
        Delimiter::Parenthesis | Delimiter::None => "(…)",
    };
    diagnostics.error(
        list.span_open(),
        format!("one pair of `{pair}` too many: write what is in it, one by one, without"),
    );
}

/// The place in a part where another argument begins, after a comma that was forgotten.
pub(crate) fn forgotten_comma(chunk: &[TokenTree]) -> Option<usize> {
    let is_argument = |index: usize| {
        is_name(chunk.get(index))
            && match chunk.get(index + 1) {
                Some(TokenTree::Punct(_)) => is_assignment(&chunk[index + 1..]),
                Some(TokenTree::Group(list)) => list.delimiter() == Delimiter::Parenthesis,
                _ => false,
            }
    };
    match chunk {
        // A bare name, and what is surely another argument.
        [TokenTree::Ident(_), TokenTree::Ident(_), ..] => is_argument(1).then_some(1),
        // Nothing follows a list.
        [_, TokenTree::Group(list), TokenTree::Ident(_) | TokenTree::Literal(_), ..]
            if list.delimiter() == Delimiter::Parenthesis =>
        {
            Some(2)
        }
        [_, rest @ ..] if is_assignment(rest) => (3..chunk.len()).find(|&index| match &chunk[index - 1] {
            TokenTree::Literal(text) if text.to_string().ends_with('"') => is_name(chunk.get(index)),
            TokenTree::Literal(_) | TokenTree::Group(_) => is_argument(index),
            previous @ TokenTree::Ident(_) => is_name(Some(previous)) && is_argument(index),
            TokenTree::Punct(_) => false,
        }),
        _ => None,
    }
}

/// The scheme of a URL whose quotes were forgotten, and whose rest the compiler read as a comment, at the beginning of a value.
pub(crate) fn bare_url(value: &[TokenTree]) -> Option<&Ident> {
    match value {
        [TokenTree::Ident(scheme), TokenTree::Punct(colon), ..]
            if (scheme == "https" || scheme == "http")
                && colon.as_char() == ':'
                && colon.spacing() == Spacing::Alone =>
        {
            Some(scheme)
        }
        _ => None,
    }
}

/// The text of a word with punctuation in it, whose quotes were forgotten.
pub(crate) fn unquoted(chunk: &[TokenTree]) -> Option<String> {
    match chunk {
        [TokenTree::Ident(_), TokenTree::Punct(punct), ..]
            if matches!(punct.as_char(), '.' | ':' | '-' | '/') =>
        {
            Some(chunk.iter().cloned().collect::<TokenStream>().to_string().replace(' ', ""))
        }
        _ => None,
    }
}

/// Tells whether tokens begin with `=`, and not with `==` or `=>`.
fn is_assignment(tokens: &[TokenTree]) -> bool {
    let is = |token: Option<&TokenTree>, expected: char| matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == expected);
    is(tokens.first(), '=') && !is(tokens.get(1), '=') && !is(tokens.get(1), '>')
}

/// Tells whether a token is a name, and no word of the language.
fn is_name(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Ident(name)) if !WORDS.iter().any(|word| name == word))
}
