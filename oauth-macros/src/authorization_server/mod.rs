//! `#[authorization_server(…)]`: a table of types and constants.

mod agreement;
mod attr;
mod check;
mod client_authentication;
mod dpop;
mod endpoints;
mod expand;
mod fields;
mod foreign;
mod grants;
mod judge;
mod lints;
mod model;
mod openid;
mod origins;
mod presets;
mod pushed;
mod registration;
mod resources;
mod response_types;
mod scopes;

use proc_macro2::{Span, TokenStream};
use quote::quote;

use self::attr::Attr;
use crate::diagnostics::Diagnostics;
use crate::item::Struct;
use crate::krate::Krate;
use crate::misplaced::{keyword_of_no_type, remedy};
use crate::rules;
use crate::salvage::salvage;

/// Beside errors, a struct is what it was meant to be, so that nothing that uses it is an error too.
pub(crate) fn stand_in(input: &Struct, krate: &Krate) -> TokenStream {
    expand::fallback(input, krate)
}

pub(crate) fn expand(args: TokenStream, item: &TokenStream) -> TokenStream {
    let diagnostics = Diagnostics::new();
    if let Some(keyword) = keyword_of_no_type(item) {
        reject_keyword(&keyword, &diagnostics);
        let errors = diagnostics.into_tokens();
        return quote!(#item #errors);
    }
    let Some(mut input) = Struct::parse("authorization_server", item.clone(), &diagnostics) else {
        let krate = Krate::of(args);
        return salvage(item, diagnostics, |input| expand::fallback(input, &krate));
    };
    let attr = Attr::parse(args, &diagnostics);
    input.note(&attr.attempted);
    let validated = check::check(&attr, &input, &diagnostics);
    let found = lints::find(&attr, &validated);
    let by_profile = lints::profile_denial(&validated);
    let impls = match attr.decisions.judge(&found, by_profile.as_ref(), &diagnostics) {
        Some(outcome) => expand::expand(&validated, &outcome),
        None => expand::fallback(&input, &attr.krate),
    };
    let (errors, input) = (diagnostics.into_tokens(), &input.input);
    quote!(#input #impls #errors)
}

/// A server is a struct, whose fields are its parts.
fn reject_keyword(keyword: &str, diagnostics: &Diagnostics) {
    diagnostics.error(
        Span::call_site(),
        rules::parts::a_server_is_a_struct.says(&[&keyword, &remedy("authorization_server", keyword)]),
    );
}
