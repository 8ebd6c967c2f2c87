//! `#[validator]` on an `impl` block: hooks, claims and token generators.

mod assignments;
mod attr;
mod check;
mod claim_setters;
mod claims;
mod expand;
mod foreign;
mod generators;
mod method;
mod model;
mod names;
mod siblings;
mod signature;
mod table;
mod typed;

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};

use self::assignments::check_assignments;
use self::attr::Attr;
pub(crate) use self::method::HELPERS;
use self::method::ImplBlock;
use crate::diagnostics::Diagnostics;
use crate::rules;

pub(super) fn expand(args: TokenStream, item: &TokenStream) -> TokenStream {
    let diagnostics = Diagnostics::new();
    let attr = Attr::parse(args, &diagnostics);
    let Some(mut block) = diagnostics.ok(syn::parse2::<ImplBlock>(item.clone())) else {
        let errors = diagnostics.into_tokens();
        return quote!(#item #errors);
    };
    if siblings::is_second(&block) {
        reject_second(&block, &diagnostics);
        let (errors, block) = (diagnostics.into_tokens(), expand::inherent(&block));
        return quote!(#block #errors);
    }
    check_assignments(&mut block, &attr.krate, &diagnostics);
    let hooks = match check::check(&attr, &block, &diagnostics) {
        // The struct then has no `custom`, most likely, and is a validator without its hooks.
        Some(validated) if attr.is_custom => expand::needed_hooks(&validated).unwrap_or_default(),
        // Beside errors, the hooks that are right are emitted all the same: the struct stays a validator.
        Some(validated) => {
            // What a mistake left out is no mistake of its own.
            let checks = if diagnostics.has_errors() { None } else { expand::claim_checks(&validated) };
            let warnings = if diagnostics.has_errors() { None } else { Some(expand::warnings(&validated)) };
            let hooks = expand::expand(&validated, !diagnostics.has_errors());
            quote!(#hooks #checks #warnings)
        }
        None => expand::fallback(&attr.krate, &block),
    };
    let (errors, typed) = (diagnostics.into_tokens(), typed::offer(&block, &attr.krate));
    let block = expand::inherent(&block);
    quote!(#typed #block #hooks #errors)
}

/// The hooks of a type are one `impl`.
fn reject_second(block: &ImplBlock, diagnostics: &Diagnostics) {
    let self_ty = block.self_ty.to_token_stream().to_string().replace(' ', "");
    diagnostics
        .error_over(&block.self_ty, rules::validator::the_hooks_of_a_type_are_one_block.says(&[&self_ty]));
}
