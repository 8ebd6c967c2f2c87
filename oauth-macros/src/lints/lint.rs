//! What a lint is, and what is said where it is found.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote_spanned;

use crate::krate::{Krate, at};

/// A piece of advice.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Lint {
    /// What is done against the advice: what `allow(…)` takes. Where an argument does it by name, the argument's.
    pub(crate) name: &'static str,
    /// The attribute in which it is done.
    pub(crate) attribute: &'static str,
    pub(crate) level: Level,
    /// Where it is advised against: the document as `deny(…)` takes it, and the section.
    pub(crate) sections: &'static [(&'static str, &'static str)],
    /// What is wrong with it.
    pub(crate) what: &'static str,
    /// What to write.
    pub(crate) instead: &'static str,
}

/// What happens unless the user has decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    Warn,
    /// The configuration names the decision already.
    Silent,
}

/// Every lint that warns, as `deny(…)` takes them.
pub(crate) const WARNINGS: &str = "warnings";

impl Lint {
    /// The names by which `deny(…)` makes it an error.
    pub(crate) fn denied_by(&self) -> impl Iterator<Item = &'static str> {
        let documents = self.sections.iter().map(|(document, _)| *document);
        let warnings = (self.level == Level::Warn).then_some(WARNINGS);
        std::iter::once(self.name).chain(documents).chain(warnings)
    }

    /// `RFC 6750 §5.3, RFC 9700 §2.1`.
    pub(crate) fn stated_by(&self) -> String {
        let section = |(document, section): &(&str, &str)| format!("{} §{section}", title(document));
        self.sections.iter().map(section).collect::<Vec<_>>().join(", ")
    }

    fn advice(&self) -> String {
        format!("{} ({})\n{}", self.what, self.stated_by(), self.instead)
    }

    fn exception(&self) -> String {
        format!("`allow({}, reason = \"…\")`", self.name)
    }
}

/// `rfc6750` as it is written in text.
pub(crate) fn title(document: &str) -> String {
    document.strip_prefix("rfc").map_or_else(|| document.to_owned(), |number| format!("RFC {number}"))
}

/// A lint, at the user's token that does it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Finding {
    pub(crate) lint: &'static Lint,
    pub(crate) span: Span,
}

impl Finding {
    /// A warning of the compiler: the use of something deprecated, whose note says what is to be said. A macro, for its
    /// name is shown without a path.
    pub(super) fn warning(&self) -> TokenStream {
        let span = at(self.span);
        let name = Ident::new(self.lint.name, span);
        let note =
            format!("{}\nto keep it, name the decision: {}", self.lint.advice(), self.lint.exception());
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

    /// The error that `because`, such as "`deny(rfc9700)`", makes of it.
    pub(super) fn error(&self, because: &str) -> String {
        format!(
            "{}\n{because} makes this an error; to keep it, name the decision: {}",
            self.lint.advice(),
            self.lint.exception()
        )
    }

    /// What a server is told of it whose `deny(…)` refuses it: an expression of the run-time `Warning`.
    pub(super) fn for_servers(&self, krate: &Krate, item: &Ident) -> TokenStream {
        let (span, private) = (at(self.span), krate.private(self.span));
        let names = self.lint.denied_by();
        let message = format!(
            "of `{item}`: {}\nto keep it, name the decision in `#[{}(…)]` of `{item}`: {}",
            self.lint.advice(),
            self.lint.attribute,
            self.lint.exception()
        );
        quote_spanned!(span=> #private::Warning::new(&[#(#names),*], #message))
    }
}
