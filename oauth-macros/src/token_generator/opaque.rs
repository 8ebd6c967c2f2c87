//! The arguments of a token that is `opaque`: it carries nothing, and nobody guesses it.

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

/// RFC 6749 §1.4: a token "may denote an identifier used to retrieve the authorization information".
fn check_carries_nothing(attr: &Attr, diagnostics: &Diagnostics) {
    for arg in [&attr.algorithm, &attr.claims, &attr.self_contained].into_iter().flatten() {
        diagnostics.error(
            arg.span,
            rules::token_generator::rfc6749_section_1_4_an_opaque_token_carries_nothing.says(&[&arg.name]),
        );
    }
}

/// RFC 7662 §2.2: of such a token, the server tells the issuer, and its own.
fn check_no_issuer(attr: &Attr, diagnostics: &Diagnostics) {
    if let Some(arg) = &attr.issuer {
        diagnostics.error(
            arg.span,
            rules::token_generator::rfc7662_section_2_2_the_server_tells_the_issuer_of_an_opaque_token.words,
        );
    }
}

/// Nothing would use the key: a signature is a `jwt`'s (RFC 9068 §2.1).
fn check_unsigned(item: &Struct, diagnostics: &Diagnostics) {
    for field in item.with_helper("signing_key") {
        if let Some(helper) = field.helper("signing_key") {
            diagnostics.error(helper.span, rules::token_generator::an_opaque_token_is_not_signed.words);
        }
    }
}

fn check_prefix(arg: &Arg, diagnostics: &Diagnostics) -> Option<Text> {
    let prefix = arg.text("\"acme_at_\"", diagnostics)?;
    if let Err(words) = rules::token_prefix::check(&prefix.value) {
        diagnostics.error(prefix.span, words);
        return None;
    }
    Some(prefix)
}

fn check_entropy(arg: &Arg, diagnostics: &Diagnostics) -> Option<(u16, Span)> {
    let (bits, span) = arg.integer(&rules::number::ENTROPY, diagnostics)?;
    match rules::entropy::check(bits) {
        Ok(bits) => Some((bits, span)),
        Err(words) => {
            diagnostics.error(span, words);
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
            rules::token_generator::rfc7519_section_3_a_signed_token_has_no_prefix.says(&[&format]),
        );
    }
}

/// RFC 6749 §10.10: a signature cannot be guessed, whatever else is in the token.
fn check_nothing_to_guess(attr: &Attr, format: &str, diagnostics: &Diagnostics) {
    if let Some(entropy) = &attr.entropy {
        diagnostics.error(
            entropy.span,
            rules::token_generator::rfc6749_section_10_10_a_signed_token_is_not_guessed.says(&[&format]),
        );
    }
}
