//! Values of arguments that several attributes take, read and checked.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{ToTokens as _, quote_spanned};

use crate::args::{Arg, Text};
use crate::diagnostics::Diagnostics;
use crate::krate::at;
use crate::rules;

/// A duration that has been checked.
#[derive(Clone, Copy)]
#[expect(clippy::struct_field_names, reason = "they are what it is")]
pub(crate) struct Seconds {
    pub(crate) seconds: u64,
    pub(crate) span: Span,
    /// Where its name stands.
    pub(crate) name: Span,
}

impl Seconds {
    pub(crate) fn tokens(self, private: &TokenStream) -> TokenStream {
        let seconds = self.seconds;
        quote_spanned!(at(self.span)=> #private::Duration::from_secs(#seconds))
    }
}

/// Reads a duration of at most `longest`.
pub(crate) fn duration(
    arg: &Arg,
    example: &str,
    longest: (&str, u64),
    diagnostics: &Diagnostics,
) -> Option<Seconds> {
    let text = arg.text(&format!("\"{example}\""), diagnostics)?;
    let (name, value) = (&arg.name, &text.value);
    match rules::duration::parse(value) {
        Err(reason) => diagnostics.error(text.span, format!("`{name} = \"{value}\"` {reason}")),
        Ok(seconds) if seconds > longest.1 => {
            diagnostics.error(text.span, format!("`{name} = \"{value}\"` is too long: {}", longest.0));
        }
        Ok(seconds) => return Some(Seconds { seconds, span: text.span, name: arg.span }),
    }
    None
}

/// Reads a duration that is not zero.
pub(crate) fn lifetime(
    arg: &Arg,
    example: &str,
    longest: (&str, u64),
    diagnostics: &Diagnostics,
) -> Option<Seconds> {
    let lifetime = duration(arg, example, longest, diagnostics)?;
    check_not_zero(arg, lifetime, example, diagnostics).then_some(lifetime)
}

/// RFC 6749 §5.1: `expires_in` counts the seconds that are left; of nothing, none are.
fn check_not_zero(arg: &Arg, lifetime: Seconds, example: &str, diagnostics: &Diagnostics) -> bool {
    let is_zero = lifetime.seconds == 0;
    if is_zero {
        let name = &arg.name;
        diagnostics.error(
            lifetime.span,
            format!("`{name}` is zero: it would expire before it arrives; write `{name} = \"{example}\"`"),
        );
    }
    !is_zero
}

/// A string literal at the user's own.
pub(crate) fn string(text: &Text) -> TokenStream {
    let mut literal = Literal::string(&text.value);
    literal.set_span(at(text.span));
    literal.to_token_stream()
}
