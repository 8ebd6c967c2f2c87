//! The words where something is done against advice.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote_spanned;

use crate::krate::{Krate, at};
use crate::rules::{self, Rule};

/// The words about advice.
fn advice(rule: &Rule) -> String {
    format!("{} ({})\n{}", rule.words, rule.section().unwrap_or_default(), rule.instead)
}

fn exception(rule: &Rule) -> String {
    format!("`allow({}, reason = \"…\")`", rule.name)
}

/// A warning of the compiler in these words: the use of something deprecated, whose note says what is to be said. A macro, for its
/// name is shown without a path.
pub(crate) fn warning(rule: &Rule, note: &str, span: Span) -> TokenStream {
    let span = at(span);
    let name = Ident::new(rule.name, span);
    quote_spanned! {span=>
        const _: () = {
            #[deprecated(note = #note)]
            macro_rules! #name {
                () => {};
            }
            #name! {}
        };
    }
}

/// Advice, at the user's token that does it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Finding {
    pub(crate) lint: &'static Rule,
    pub(crate) span: Span,
}

impl Finding {
    /// The warning that it is, unless somebody decides.
    pub(super) fn warning(&self) -> TokenStream {
        let note = format!("{}\nto keep it, name the decision: {}", advice(self.lint), exception(self.lint));
        warning(self.lint, &note, self.span)
    }

    /// The error that `because`, such as "`deny(rfc9700)`", makes of it.
    pub(super) fn error(&self, because: &str) -> String {
        format!(
            "{}\n{because} makes this an error; to keep it, name the decision: {}",
            advice(self.lint),
            exception(self.lint)
        )
    }

    /// The report to a server whose `deny(…)` refuses it: an expression of the run-time `Warning`.
    pub(super) fn for_servers(&self, krate: &Krate, item: &Ident) -> TokenStream {
        let (span, private) = (at(self.span), krate.private(self.span));
        let names = self.lint.denied_by();
        let (advice, exception) = (advice(self.lint), exception(self.lint));
        let message = rules::decisions::a_server_answers_for_its_token_generators.says(&[
            &item,
            &advice,
            &self.lint.subject,
            &item,
            &exception,
        ]);
        quote_spanned!(span=> #private::Warning::new(&[#(#names),*], #message))
    }
}
