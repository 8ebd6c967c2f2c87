//! `#[validator]`: on a struct it maps stores to roles, on an `impl` block it collects hooks.

mod hooks;
mod store_roles;

use proc_macro2::TokenStream;

use crate::args::ungrouped;
use crate::diagnostics::Diagnostics;
use crate::item::Struct;
use crate::misplaced::leading_keyword;
use crate::rules;

/// The attributes of the methods of a block.
pub(crate) use self::hooks::HELPERS;

pub(crate) fn expand(args: TokenStream, item: TokenStream) -> TokenStream {
    let item = ungrouped(item);
    match leading_keyword(&item).as_deref() {
        Some("impl") => hooks::expand(args, &item),
        Some("struct" | "enum" | "union") | None => store_roles::expand(args, &item),
        Some(keyword) => misplaced(keyword, item),
    }
}

/// Beside errors, a struct is a validator all the same.
pub(crate) fn stand_in(input: &Struct) -> TokenStream {
    store_roles::stand_in_of(input)
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
