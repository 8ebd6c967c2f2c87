//! The results of the lints: warnings, and what the run-time crate is told.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};

use super::decisions::Denied;
use super::lint::Finding;
use crate::args::Text;
use crate::krate::{Krate, at};
use crate::literal::string;
use crate::rules::{Rule, RuleKind};

pub(crate) struct Outcome {
    /// The findings without an exception that are no errors.
    pub(super) unnamed: Vec<Finding>,
    pub(super) exceptions: Vec<(&'static Rule, Text)>,
    pub(super) denied: Vec<Denied>,
}

impl Outcome {
    /// An item for each warning.
    pub(crate) fn warnings(&self) -> TokenStream {
        let warned = self.unnamed.iter().filter(|finding| finding.lint.kind == RuleKind::Warning);
        warned.map(Finding::warning).collect()
    }

    /// A slice of the run-time `Exception`, if there is any.
    pub(crate) fn exceptions(&self, krate: &Krate) -> Option<TokenStream> {
        let exceptions = self.exceptions.iter().map(|(lint, reason)| {
            let (span, private, name) = (at(reason.span), krate.private(reason.span), lint.name);
            let reason = string(reason);
            quote_spanned!(span=> #private::Exception::new(#name, #reason))
        });
        (!self.exceptions.is_empty()).then(|| quote!(&[#(#exceptions),*]))
    }

    /// The constants of a token generator, `EXCEPTIONS` and `WARNINGS`: its servers report the ones and may deny the others.
    pub(crate) fn constants(&self, krate: &Krate, item: &Ident) -> TokenStream {
        let span = at(item.span());
        let private = krate.private(item.span());
        let exceptions = self.exceptions(krate).map(|exceptions| {
            quote_spanned!(span=> const EXCEPTIONS: &'static [#private::Exception] = #exceptions;)
        });
        let warnings = (!self.unnamed.is_empty()).then(|| {
            let warnings = self.unnamed.iter().map(|finding| finding.for_servers(krate, item));
            quote_spanned!(span=> const WARNINGS: &'static [#private::Warning] = &[#(#warnings),*];)
        });
        quote!(#exceptions #warnings)
    }

    /// The names that are denied, where they are.
    pub(crate) fn denied(&self) -> impl Iterator<Item = (&'static str, Span)> {
        self.denied.iter().map(|denied| (denied.name, denied.span))
    }
}
