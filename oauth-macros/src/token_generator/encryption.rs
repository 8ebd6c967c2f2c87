//! What makes a `jwt` a `jwe`.

use proc_macro2::Span;

use super::attr::Attr;
use super::check::choices;
use super::model::Encryption;
use crate::args::{Arg, Value};
use crate::choice::{Choice, check_one};
use crate::diagnostics::Diagnostics;
use crate::item::Struct;
use crate::rules;
use crate::rules::encryption::{content_encryption, key_management};

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
            "a `jwe` is encrypted (RFC 7516), and no field has the recipient's key: mark one, such as `#[encryption_key] resource: EncryptionKey`",
        );
    }
    choices(item, "encryption_key")
}

/// RFC 7516 §3.1: the compact serialization has one encrypted key.
fn check_one_recipient(item: &Struct, diagnostics: &Diagnostics) {
    let remedy = "a compact JWE has one recipient (RFC 7516 §3.1); remove this one";
    check_one(&item.with_helper("encryption_key"), "encryption_key", remedy, diagnostics);
}

pub(super) fn check_algorithms(attr: &Attr, diagnostics: &Diagnostics) -> (Option<Variant>, Option<Variant>) {
    let variant = |arg: &Option<Arg>, example, rule: fn(&str) -> Result<&'static str, String>| {
        let text = arg.as_ref()?.text(example, diagnostics)?;
        match rule(&text.value) {
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
            format!(
                "`{}` says how a token is encrypted, and `{format}` is not: write `jwe`, or remove it",
                arg.name
            ),
        );
    }
}

/// A key that nothing uses: whoever marked it believes that the token is secret.
fn check_nothing_to_encrypt(item: &Struct, format: &str, diagnostics: &Diagnostics) {
    for field in item.with_helper("encryption_key") {
        if let Some(helper) = field.helper("encryption_key") {
            diagnostics.error(
                helper.span,
                format!("a token of the format `{format}` is not encrypted: write `jwe`, or remove the key"),
            );
        }
    }
}

/// `alg` is the header parameter of either (RFC 7515 §4.1.1, RFC 7516 §4.1.1): where its value signs, that is what was meant.
fn signature_algorithm(arg: &Arg) -> Option<String> {
    let Value::Assigned(value) = &arg.value else { return None };
    let name = value.to_string().trim_matches('"').to_owned();
    match rules::algorithm::check(&name) {
        Ok(()) => Some(format!(
            "`{}` says how a token is encrypted, and `{name}` signs: write `algorithm = \"{name}\"`",
            arg.name
        )),
        Err(reason) if name.eq_ignore_ascii_case("none") => Some(reason),
        Err(_) => None,
    }
}
