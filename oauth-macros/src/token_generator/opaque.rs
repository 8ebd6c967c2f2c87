//! What makes a token `opaque`: it carries nothing, and nobody guesses it.

use proc_macro2::Span;

use super::attr::Attr;
use super::check::check_audience;
use super::encryption;
use super::model::ValidatedFormat;
use crate::args::{Arg, Text};
use crate::diagnostics::Diagnostics;
use crate::item::Struct;
use crate::rules;

pub(super) fn check<'a>(attr: &Attr, item: &Struct, diagnostics: &Diagnostics) -> ValidatedFormat<'a> {
    check_carries_nothing(attr, diagnostics);
    check_no_issuer(attr, diagnostics);
    check_unsigned(item, diagnostics);
    encryption::check_misplaced(attr, item, "opaque", diagnostics);
    ValidatedFormat::Opaque {
        prefix: attr.prefix.as_ref().and_then(|arg| check_prefix(arg, diagnostics)),
        entropy: attr.entropy.as_ref().and_then(|arg| check_entropy(arg, diagnostics)),
        audience: attr.audience.as_ref().and_then(|arg| check_audience(arg, diagnostics)),
    }
}

const CARRIES_NOTHING: &str = "an `opaque` token carries nothing, what it stands for is in the store";

/// RFC 6749 §1.4: a token "may denote an identifier used to retrieve the authorization information".
fn check_carries_nothing(attr: &Attr, diagnostics: &Diagnostics) {
    for arg in [&attr.algorithm, &attr.claims].into_iter().flatten() {
        diagnostics.error(arg.span, format!("{CARRIES_NOTHING}: remove `{}`, or write `jwt`", arg.name));
    }
}

/// RFC 7662 §2.2: of such a token, the server tells the issuer, and its own.
fn check_no_issuer(attr: &Attr, diagnostics: &Diagnostics) {
    if let Some(arg) = &attr.issuer {
        diagnostics.error(
            arg.span,
            format!("{CARRIES_NOTHING}: write `issuer` on the `#[authorization_server]`, or `jwt` here"),
        );
    }
}

/// Nothing would use the key: a signature is a `jwt`'s (RFC 9068 §2.1).
fn check_unsigned(item: &Struct, diagnostics: &Diagnostics) {
    for field in item.with_helper("signing_key") {
        if let Some(helper) = field.helper("signing_key") {
            diagnostics.error(helper.span, "an `opaque` token is not signed: remove the key, or write `jwt`");
        }
    }
}

fn check_prefix(arg: &Arg, diagnostics: &Diagnostics) -> Option<Text> {
    let prefix = arg.text("\"acme_at_\"", diagnostics)?;
    if let Err(reason) = rules::token_prefix::check(&prefix.value) {
        diagnostics.error(prefix.span, format!("the prefix `{}` {reason}", prefix.value));
        return None;
    }
    Some(prefix)
}

fn check_entropy(arg: &Arg, diagnostics: &Diagnostics) -> Option<(u16, Span)> {
    let (bits, span) = arg.integer("256", diagnostics)?;
    match rules::entropy::check(bits) {
        Ok(bits) => Some((bits, span)),
        Err(reason) => {
            diagnostics.error(span, format!("`entropy = {bits}` {reason}"));
            None
        }
    }
}

/// Reports what only an `opaque` token has.
pub(super) fn check_misplaced(attr: &Attr, format: &str, diagnostics: &Diagnostics) {
    check_no_prefix(attr, format, diagnostics);
    check_nothing_to_guess(attr, format, diagnostics);
}

/// RFC 7519 §3 and RFC 7516 §3.1 fix the form of the others.
fn check_no_prefix(attr: &Attr, format: &str, diagnostics: &Diagnostics) {
    if let Some(prefix) = &attr.prefix {
        diagnostics.error(
            prefix.span,
            format!(
                "a `{format}` has no prefix, its form is fixed by RFC 7519 §3: remove `prefix`, or write `opaque`"
            ),
        );
    }
}

/// RFC 6749 §10.10: a signature cannot be guessed, whatever else is in the token.
fn check_nothing_to_guess(attr: &Attr, format: &str, diagnostics: &Diagnostics) {
    if let Some(entropy) = &attr.entropy {
        diagnostics.error(
            entropy.span,
            format!("`entropy` is of tokens that are random, and a `{format}` is signed instead: remove it, or write `opaque`"),
        );
    }
}
