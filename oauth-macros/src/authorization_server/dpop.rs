//! The rules of `dpop` and `dpop(nonces = "required")`.

use proc_macro2::Span;

use super::attr::Attr;
use crate::args::{Arg, Value};
use crate::choice::{Choice, check_one, choose};
use crate::diagnostics::{Diagnostics, did_you_mean};
use crate::item::Struct;
use crate::rules::dpop;

/// The binding of tokens to keys.
pub(super) struct Dpop {
    pub(super) span: Span,
    /// The word of the choice, its variant, and where it was made.
    pub(super) nonces: Option<(&'static str, &'static str, Span)>,
}

impl Dpop {
    /// The word of the choice, or of the default.
    pub(super) fn word(&self) -> &'static str {
        self.nonces.map_or("healing", |(word, ..)| word)
    }
}

const EXAMPLE: &str = "nonces = \"required\"";

pub(super) fn check(attr: &Attr, diagnostics: &Diagnostics) -> Option<Dpop> {
    let arg = attr.dpop.as_ref()?;
    if matches!(arg.value, Value::None) {
        return Some(Dpop { span: arg.span, nonces: None });
    }
    let mut args = arg.list(EXAMPLE, diagnostics)?;
    let nonces = args.take("nonces", diagnostics);
    let is_legible = args.is_legible();
    args.finish("dpop", &["nonces"], diagnostics);
    let nonces = match nonces {
        Some(nonces) => Some(check_nonces(&nonces, diagnostics)?),
        None => None,
    };
    is_legible.then_some(Dpop { span: arg.span, nonces })
}

/// RFC 9449 §8: whether nonces are demanded is the server's choice.
fn check_nonces(arg: &Arg, diagnostics: &Diagnostics) -> Option<(&'static str, &'static str, Span)> {
    let text = arg.text("\"required\"", diagnostics)?;
    let known = dpop::NONCES.into_iter().find(|(word, _)| *word == text.value);
    if known.is_none() {
        let meant = did_you_mean(&text.value, dpop::NONCES.into_iter().map(|(word, _)| word));
        let rule = &dpop::rfc9449_section_8_nonces_are_off_healing_or_required;
        diagnostics.error(text.span, rule.says(&[&text.value, &meant]));
    }
    known.map(|(word, variant)| (word, variant, text.span))
}

/// One key makes the nonces.
pub(super) fn check_key<'a>(item: &'a Struct, diagnostics: &Diagnostics) -> Vec<Choice<'a>> {
    let fields = item.with_helper("dpop_nonce_key");
    check_one(&fields, "dpop_nonce_key", dpop::one_key_makes_the_nonces.words, diagnostics);
    if fields.is_empty() { Vec::new() } else { choose(fields) }
}
