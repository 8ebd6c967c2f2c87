//! Values of arguments that several attributes take, read and checked.

use oauth_rules::lifetime::Limits;
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens as _, quote_spanned};

use crate::args::{Arg, Text};
use crate::diagnostics::Diagnostics;
use crate::krate::at;
use crate::rules;

/// A duration that could be read.
#[derive(Clone)]
#[expect(clippy::struct_field_names, reason = "they are what it is")]
pub(crate) struct Seconds {
    pub(crate) limits: &'static Limits,
    pub(crate) seconds: u64,
    /// The text as it was written.
    pub(crate) text: Text,
    /// The place of the argument's name.
    pub(crate) name: Span,
}

impl Seconds {
    /// The setter of it.
    pub(crate) fn setter(&self, private: &TokenStream) -> TokenStream {
        let name = Ident::new(self.limits.name, at(self.name));
        let duration = self.tokens(private);
        quote_spanned!(at(self.name)=> .#name(#duration))
    }

    pub(crate) fn tokens(&self, private: &TokenStream) -> TokenStream {
        let seconds = self.seconds;
        quote_spanned!(at(self.text.span)=> #private::Duration::from_secs(#seconds))
    }
}

/// Reads a duration.
pub(crate) fn duration(arg: &Arg, limits: &'static Limits, diagnostics: &Diagnostics) -> Option<Seconds> {
    let text = arg.text(&format!("\"{}\"", limits.example), diagnostics)?;
    match rules::lifetime::parse(&text.value) {
        Ok(seconds) => Some(Seconds { limits, seconds, text, name: arg.span }),
        Err(reason) => {
            diagnostics.error(text.span, format!("`{} = \"{}\"` {reason}", arg.name, text.value));
            None
        }
    }
}

/// Reads a duration within its limits.
pub(crate) fn limited(arg: &Arg, limits: &'static Limits, diagnostics: &Diagnostics) -> Option<Seconds> {
    let duration = duration(arg, limits, diagnostics)?;
    match limits.check(duration.seconds, &duration.text.value) {
        Ok(()) => Some(duration),
        Err((_, words)) => {
            diagnostics.error(duration.text.span, words);
            None
        }
    }
}

/// A string literal at the user's own.
pub(crate) fn string(text: &Text) -> TokenStream {
    let mut literal = Literal::string(&text.value);
    literal.set_span(at(text.span));
    literal.to_token_stream()
}
