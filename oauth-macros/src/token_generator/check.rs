//! The rules of a token generator.

use proc_macro2::Span;

use super::attr::Attr;
use super::claims::check_claims;
use super::encryption;
use super::format::Format;
use super::model::{Jwt, ValidatedFormat, ValidatedGenerator};
use super::{opaque, self_contained};
use crate::args::{Arg, Text};
use crate::choice::{Choice, check_one, choose};
use crate::diagnostics::{Diagnostics, did_you_mean};
use crate::issuer::Issuer;
use crate::item::Struct;
use crate::literal::limited;
use crate::rules;

pub(super) fn check<'a>(
    attr: &Attr,
    item: &'a Struct,
    diagnostics: &Diagnostics,
) -> Option<ValidatedGenerator<'a>> {
    item.check_owned(
        "a token generator",
        "write the keys themselves, such as `keys: KeyRing`, without `&` and without this\n\
         a clone of a `KeyRing` is the same ring",
        diagnostics,
    );
    let expires_in =
        attr.expires_in.as_ref().and_then(|arg| limited(arg, &rules::lifetime::EXPIRES_IN, diagnostics));
    let format = match attr.format {
        Some((Format::Opaque, _)) => opaque::check(attr, item, diagnostics),
        Some((format, span)) => {
            ValidatedFormat::Jwt(Box::new(check_jwt(attr, item, format, span, diagnostics)?))
        }
        // The arguments are checked all the same.
        None => {
            attr.issuer.as_ref().and_then(|arg| Issuer::parse(arg, &item.fields, diagnostics));
            check_algorithm(attr, diagnostics);
            check_claims(attr, diagnostics);
            encryption::check_algorithms(attr, diagnostics);
            return None;
        }
    };
    Some(ValidatedGenerator { item, krate: attr.krate.clone(), expires_in, format })
}

/// A `jwt` or a `jwe`, which is one that is encrypted.
fn check_jwt<'a>(
    attr: &Attr,
    item: &'a Struct,
    format: Format,
    span: Span,
    diagnostics: &Diagnostics,
) -> Option<Jwt<'a>> {
    let name = format.name();
    opaque::check_misplaced(attr, name, diagnostics);
    let audience = attr.audience.as_ref().and_then(|arg| check_audience(arg, diagnostics));
    let algorithm = check_algorithm(attr, diagnostics);
    let claims = check_claims(attr, diagnostics);
    let key = check_signing_key(item, name, diagnostics);
    let encryption = if format == Format::Jwe {
        encryption::check(attr, item, diagnostics).map(Some)
    } else {
        encryption::check_misplaced(attr, item, name, diagnostics);
        Some(None)
    };
    let is_right = self_contained::check(attr, format, algorithm.as_ref(), diagnostics);
    let issuer = check_issuer(attr, item, name, span, diagnostics)?;
    let self_contained = attr.self_contained.as_ref().map(|arg| arg.span);
    is_right.then_some(Jwt {
        issuer,
        audience,
        algorithm,
        claims,
        key: key?,
        self_contained,
        encryption: encryption?,
    })
}

/// RFC 9068 §2.2: `iss` is REQUIRED.
fn check_issuer(
    attr: &Attr,
    item: &Struct,
    name: &str,
    format: Span,
    diagnostics: &Diagnostics,
) -> Option<Issuer> {
    match &attr.issuer {
        Some(arg) => Issuer::parse(arg, &item.fields, diagnostics),
        None if attr.attempted.contains("issuer") => None,
        None => {
            diagnostics.error(
                format,
                rules::token_generator::rfc9068_section_2_2_a_signed_token_names_its_issuer.says(&[&name]),
            );
            None
        }
    }
}

/// RFC 9068 §2.2: `aud` is REQUIRED; and RFC 7662 §2.2 has it for tokens that carry nothing. An empty one names nobody.
pub(super) fn check_audience(arg: &Arg, diagnostics: &Diagnostics) -> Option<Text> {
    let audience = arg.text("\"https://api.example.com\"", diagnostics)?;
    if audience.value.trim().is_empty() {
        diagnostics
            .error(audience.span, rules::token_generator::rfc9068_section_2_2_the_audience_is_named.words);
        return None;
    }
    Some(audience)
}

fn check_algorithm(attr: &Attr, diagnostics: &Diagnostics) -> Option<Text> {
    let algorithm = attr.algorithm.as_ref()?.text("\"ES256\"", diagnostics)?;
    match algorithm_verdict(&algorithm.value) {
        Ok(()) => Some(algorithm),
        Err(reason) => {
            diagnostics.error(algorithm.span, reason);
            None
        }
    }
}

/// The verdict about the name of an algorithm.
pub(crate) fn algorithm_verdict(name: &str) -> Result<(), String> {
    let meant = || {
        if name.eq_ignore_ascii_case("eddsa") {
            return ": did you mean `EdDSA`?".to_owned();
        }
        let others = rules::algorithm::KNOWN.iter().copied().filter(|known| *known != "EdDSA");
        did_you_mean(&name.to_ascii_uppercase(), others)
    };
    rules::algorithm::check(name, meant)
}

/// RFC 9068 §2.1: "JWT access tokens MUST be signed."
fn check_signing_key<'a>(item: &'a Struct, name: &str, diagnostics: &Diagnostics) -> Option<Vec<Choice<'a>>> {
    check_one_signing_key(item, diagnostics);
    if item.lacks("signing_key") {
        diagnostics.error_over(
            item.ident(),
            rules::token_generator::rfc9068_section_2_1_a_signed_token_has_a_key.says(&[&name]),
        );
    }
    choices(item, "signing_key")
}

/// RFC 7515 §4.1.4: one key signs, and `kid` says which; more keys, which are published, are a `KeyRing`.
fn check_one_signing_key(item: &Struct, diagnostics: &Diagnostics) {
    let remedy = rules::token_generator::rfc7515_section_4_1_4_one_key_signs.words;
    check_one(&item.with_helper("signing_key"), "signing_key", remedy, diagnostics);
}

/// The field with a key of a kind, if there is one.
pub(super) fn choices<'a>(item: &'a Struct, helper: &str) -> Option<Vec<Choice<'a>>> {
    let fields = item.with_helper(helper);
    (!fields.is_empty()).then(|| choose(fields))
}
