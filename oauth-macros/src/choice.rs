//! The field that plays a part, where `#[cfg(…)]` decides between several.

use proc_macro2::TokenStream;
use quote::quote;

use crate::diagnostics::Diagnostics;
use crate::item::Field;

/// One alternative.
pub(crate) struct Choice<'a> {
    /// `#[cfg(…)]`, or nothing where there is no alternative.
    pub(crate) cfg: TokenStream,
    /// `None`: no field plays the part.
    pub(crate) field: Option<&'a Field>,
}

/// Alternatives of which exactly one is compiled: the first of the candidates whose `#[cfg(…)]` holds.
pub(crate) fn choose<'a>(candidates: impl IntoIterator<Item = &'a Field>) -> Vec<Choice<'a>> {
    let mut choices = Vec::new();
    let mut earlier: Vec<TokenStream> = Vec::new();
    for field in candidates {
        let own = &field.cfg;
        choices.push(Choice { cfg: guard(own, &earlier), field: Some(field) });
        if own.is_empty() {
            return choices;
        }
        earlier.push(quote!(all(#(#own),*)));
    }
    choices.push(Choice { cfg: guard(&[], &earlier), field: None });
    choices
}

fn guard(own: &[TokenStream], earlier: &[TokenStream]) -> TokenStream {
    match (own, earlier) {
        ([], []) => TokenStream::new(),
        (own, []) => quote!(#[cfg(all(#(#own),*))]),
        (own, earlier) => quote!(#[cfg(all(#(#own,)* not(any(#(#earlier),*))))]),
    }
}

/// Reports every candidate after the first, unless each has a `#[cfg(…)]` of its own: they may be alternatives.
pub(crate) fn check_one(candidates: &[&Field], helper: &str, remedy: &str, diagnostics: &Diagnostics) {
    let is_alternative = |field: &&Field| {
        let text = |field: &Field| field.cfg.iter().map(ToString::to_string).collect::<Vec<_>>();
        !field.cfg.is_empty() && candidates.iter().filter(|other| text(other) == text(field)).count() == 1
    };
    if candidates.iter().all(is_alternative) {
        return;
    }
    for field in candidates.iter().skip(1) {
        if let Some(helper) = field.helper(helper) {
            diagnostics
                .error(helper.span, format!("there is a `#[{}]` field already: {remedy}", helper.name));
        }
    }
}
