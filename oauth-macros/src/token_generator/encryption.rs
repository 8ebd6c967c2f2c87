//! The arguments that make a `jwt` a `jwe`.

use proc_macro2::Span;

use super::attr::Attr;
use super::check::{algorithm_verdict, choices};
use super::model::Encryption;
use crate::args::{Arg, Value};
use crate::choice::{Choice, check_one};
use crate::diagnostics::{Diagnostics, did_you_mean};
use crate::item::Struct;
use crate::rules;
use crate::rules::encryption::{Meant, Named, content_encryption, key_management};

/// A variant of a run-time enum, at the user's literal.
type Variant = (&'static str, Span);

pub(super) fn check<'a>(attr: &Attr, item: &'a Struct, diagnostics: &Diagnostics) -> Option<Encryption<'a>> {
    let (alg, enc) = check_algorithms(attr, diagnostics);
    Some(Encryption { alg, enc, key: check_key(item, diagnostics)? })
}

/// RFC 7516 §5.1: who encrypts has the recipient's key.
fn check_key<'a>(item: &'a Struct, diagnostics: &Diagnostics) -> Option<Vec<Choice<'a>>> {
    check_one_recipient(item, diagnostics);
    if item.lacks("encryption_key") {
        diagnostics.error_over(
            item.ident(),
            rules::token_generator::rfc7516_section_2_an_encrypted_token_has_a_recipient.words,
        );
    }
    choices(item, "encryption_key")
}

/// RFC 7516 §3.1: the compact serialization has one encrypted key.
fn check_one_recipient(item: &Struct, diagnostics: &Diagnostics) {
    let remedy = rules::token_generator::rfc7516_section_3_1_an_encrypted_token_has_one_recipient.words;
    check_one(&item.with_helper("encryption_key"), "encryption_key", remedy, diagnostics);
}

pub(super) fn check_algorithms(attr: &Attr, diagnostics: &Diagnostics) -> (Option<Variant>, Option<Variant>) {
    let variant = |arg: &Option<Arg>, example, rule: fn(&str, Meant) -> Result<&'static str, String>| {
        let text = arg.as_ref()?.text(example, diagnostics)?;
        match rule(&text.value, meant) {
            Ok(variant) => Some((variant, text.span)),
            Err(reason) => {
                diagnostics.error(text.span, reason);
                None
            }
        }
    };
    (
        variant(&attr.alg, "\"ECDH-ES+A256KW\"", key_management),
        variant(&attr.enc, "\"A256GCM\"", content_encryption),
    )
}

/// The words for a name that is not known. Names are compared in capitals; one is in small letters.
fn meant(name: &str, known: &'static [Named]) -> String {
    let names = || known.iter().map(|(name, _)| *name);
    if name.eq_ignore_ascii_case("dir") && names().any(|known| known == "dir") {
        return ": did you mean `dir`?".to_owned();
    }
    did_you_mean(&name.to_ascii_uppercase(), names().filter(|known| *known != "dir"))
}

/// Reports what only a `jwe` has.
pub(super) fn check_misplaced(attr: &Attr, item: &Struct, format: &str, diagnostics: &Diagnostics) {
    check_no_algorithms(attr, format, diagnostics);
    check_nothing_to_encrypt(item, format, diagnostics);
}

/// RFC 7516 §4.1: `alg` and `enc` say how a token is encrypted.
fn check_no_algorithms(attr: &Attr, format: &str, diagnostics: &Diagnostics) {
    for arg in [&attr.alg, &attr.enc].into_iter().flatten() {
        if let Some(reason) = signature_algorithm(arg) {
            diagnostics.error(arg.span, reason);
            continue;
        }
        diagnostics.error(
            arg.span,
            rules::token_generator::rfc7516_section_4_1_only_a_jwe_says_how_it_is_encrypted
                .says(&[&arg.name, &format]),
        );
    }
}

/// A key that nothing uses: whoever marked it believes that the token is secret.
fn check_nothing_to_encrypt(item: &Struct, format: &str, diagnostics: &Diagnostics) {
    for field in item.with_helper("encryption_key") {
        if let Some(helper) = field.helper("encryption_key") {
            diagnostics.error(
                helper.span,
                rules::token_generator::rfc7516_section_4_1_only_a_jwe_is_encrypted.says(&[&format]),
            );
        }
    }
}

/// `alg` is the header parameter of either (RFC 7515 §4.1.1, RFC 7516 §4.1.1): where its value signs, that is what was meant.
fn signature_algorithm(arg: &Arg) -> Option<String> {
    let Value::Assigned(value) = &arg.value else { return None };
    let name = value.to_string().trim_matches('"').to_owned();
    match algorithm_verdict(&name) {
        Ok(()) => Some(format!(
            "`{}` says how a token is encrypted, and `{name}` signs: write `algorithm = \"{name}\"`",
            arg.name
        )),
        Err(reason) if name.eq_ignore_ascii_case("none") => Some(reason),
        Err(_) => None,
    }
}
