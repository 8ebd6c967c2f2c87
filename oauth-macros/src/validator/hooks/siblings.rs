//! A second block of hooks for one type: the compiler would only say that implementations conflict.

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;
use std::sync::{LazyLock, Mutex};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens as _;

use super::method::ImplBlock;

/// The places of blocks in this compilation, by file and type: line and column.
type Seen = HashMap<(PathBuf, String), (usize, usize)>;

static SEEN: LazyLock<Mutex<Seen>> = LazyLock::new(Mutex::default);

/// Tells whether a block has an earlier one beside it. Types of one name may be several: what counts is that two blocks stand next to
/// each other in the source. Where that cannot be read the answer is no, and the compiler has the last word.
pub(super) fn is_second(block: &ImplBlock) -> bool {
    if !proc_macro::is_available() {
        return false;
    }
    let place = proc_macro::Span::call_site();
    let Some(file) = place.local_file() else { return false };
    let (ty, place) = (compact(&block.self_ty.to_token_stream()), (place.line(), place.column()));
    let Ok(mut seen) = SEEN.lock() else { return false };
    let first = *seen.entry((file.clone(), ty.clone())).or_insert(place);
    first != place
        && fs::read_to_string(file)
            .is_ok_and(|text| text.parse().is_ok_and(|source: TokenStream| has_two(&source, &ty)))
}

/// Tells whether two blocks of a type stand in one module, whatever the configuration.
fn has_two(tokens: &TokenStream, ty: &str) -> bool {
    let (mut blocks, mut header, mut is_optional) = (0, Vec::new(), false);
    for token in tokens.clone() {
        match &token {
            TokenTree::Group(body) if body.delimiter() == Delimiter::Brace => {
                if has_two(&body.stream(), ty) {
                    return true;
                }
                let (is_block, has_cfg) = judge(&header, ty);
                blocks += usize::from(is_block);
                is_optional |= is_block && has_cfg;
                header.clear();
            }
            TokenTree::Punct(end) if end.as_char() == ';' => header.clear(),
            _ => header.push(token),
        }
    }
    blocks > 1 && !is_optional
}

/// Tells whether what stands before a body is `#[validator] impl Type`, and whether something depends on a `cfg`.
fn judge(header: &[TokenTree], ty: &str) -> (bool, bool) {
    let attributes: Vec<_> = header
        .iter()
        .filter_map(|token| match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => Some(group.stream()),
            _ => None,
        })
        .collect();
    let name_is = |attribute: &TokenStream, expected: &str| {
        let path = attribute.clone().into_iter().take_while(|token| !matches!(token, TokenTree::Group(_)));
        matches!(path.last(), Some(TokenTree::Ident(name)) if name == expected)
    };
    let is_impl = |token: &TokenTree| matches!(token, TokenTree::Ident(word) if word == "impl");
    let after = header.iter().position(is_impl).map(|at| self_type(&header[at + 1..]));
    let is_ours = after.is_some_and(|self_ty| compact(&self_ty) == ty);
    (
        is_ours && attributes.iter().any(|attribute| name_is(attribute, "validator")),
        attributes.iter().any(|attribute| name_is(attribute, "cfg") || name_is(attribute, "cfg_attr")),
    )
}

/// The text of tokens. Where blanks are in it depends on where the tokens are from.
fn compact(tokens: &TokenStream) -> String {
    tokens.to_string().split_whitespace().collect()
}

/// What stands between the parameters of an `impl` and its `where`.
fn self_type(tokens: &[TokenTree]) -> TokenStream {
    let (mut depth, mut is_arrow) = (0, false);
    let parameters = tokens.iter().take_while(|token| {
        let punct = if let TokenTree::Punct(punct) = token { punct.as_char() } else { ' ' };
        let is_within = depth > 0 || punct == '<';
        depth += i32::from(punct == '<') - i32::from(punct == '>' && !is_arrow);
        is_arrow = matches!(punct, '-' | '=');
        is_within
    });
    // A type that begins with `<` has no parameters before it.
    let at = if matches!(tokens.first(), Some(TokenTree::Punct(punct)) if punct.as_char() == '<') {
        parameters.count()
    } else {
        0
    };
    let is_where = |token: &&TokenTree| matches!(token, TokenTree::Ident(word) if word == "where");
    tokens[at..].iter().take_while(|token| !is_where(token)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn has_two_of(source: &str) -> bool {
        has_two(&source.parse().unwrap(), "Accounts")
    }

    #[test]
    fn types_with_parameters_are_compared_without_bounds() {
        let source: TokenStream =
            "#[validator] impl<S: Store<u8>, F: Fn(S) -> S> Accounts<S, F> {} #[validator] impl<S, F> Accounts<S, F> where S: Store {}"
                .parse()
                .unwrap();
        let ty: TokenStream = "Accounts<S, F>".parse().unwrap();
        assert!(has_two(&source, &compact(&ty)));
        assert!(!has_two(&source, "Accounts"));
    }

    #[test]
    fn two_blocks_side_by_side_are_seen() {
        for source in [
            "#[validator] impl Accounts { fn a() {} } #[validator] impl Accounts { fn b() {} }",
            "use x::{a, b}; const A: [u8; { 2 }] = [0; 2]; #[oauth_core::validator(crate = a)] impl Accounts {} /** b */ #[validator] impl Accounts {}",
            "mod a { #[validator] impl Accounts {} fn b() {} #[allow(x)] #[validator] impl Accounts {} }",
            "fn a() { #[validator] impl Accounts {} if true {} #[validator] impl Accounts {} }",
        ] {
            assert!(has_two_of(source), "{source}");
        }
    }

    #[test]
    fn blocks_of_several_types_are_right() {
        for source in [
            "#[validator] impl Accounts {} impl Accounts {} impl Accounts {}",
            "#[validator] impl Accounts {} #[validator] impl Others {}",
            "mod a { #[validator] impl Accounts {} } mod b { #[validator] impl Accounts {} }",
            "#[cfg(a)] #[validator] impl Accounts {} #[cfg(not(a))] #[validator] impl Accounts {}",
            "#[validator] impl Accounts {} #[cfg_attr(a, validator)] impl Accounts {}",
            "#[validator] impl Accounts {} #[validator(custom)] struct Accounts {}",
            "#[validator] impl Accounts {} #[validator] impl a::Accounts {}",
            "macro_rules! a { ($t:ty) => { #[validator] impl $t {} } } #[validator] impl Accounts {}",
        ] {
            assert!(!has_two_of(source), "{source}");
        }
    }
}
