//! `#[validator]`: on a struct it maps stores to roles, on an `impl` block it collects hooks.

mod hooks;
mod store_roles;

use proc_macro2::{TokenStream, TokenTree};

use crate::args::ungrouped;
use crate::diagnostics::Diagnostics;
use crate::rules;

pub(crate) fn expand(args: TokenStream, item: TokenStream) -> TokenStream {
    let item = ungrouped(item);
    match leading_keyword(&item).as_deref() {
        Some("impl") => hooks::expand(args, &item),
        Some("struct" | "enum" | "union") | None => store_roles::expand(args, &item),
        Some(keyword) => misplaced(keyword, item),
    }
}

/// The keyword that tells what an item is.
pub(crate) fn leading_keyword(item: &TokenStream) -> Option<String> {
    const KEYWORDS: [&str; 10] =
        ["struct", "enum", "union", "impl", "fn", "trait", "mod", "type", "static", "use"];
    ungrouped(item.clone()).into_iter().find_map(|token| match token {
        TokenTree::Ident(ident) => Some(ident.to_string()).filter(|name| KEYWORDS.contains(&name.as_str())),
        _ => None,
    })
}

fn misplaced(keyword: &str, item: TokenStream) -> TokenStream {
    let diagnostics = Diagnostics::new();
    let remedy = if keyword == "fn" { ": put it into `#[validator] impl Accounts { … }`" } else { "" };
    diagnostics.error(
        proc_macro2::Span::call_site(),
        rules::validator::a_validator_is_a_struct_and_a_block_of_hooks.says(&[&keyword, &remedy]),
    );
    let mut tokens = item;
    tokens.extend(diagnostics.into_tokens());
    tokens
}
