//! The rules of a token generator.

use proc_macro2::Span;

use super::attr::Attr;
use super::claims::check_claims;
use super::encryption;
use super::format::Format;
use super::model::{Jwt, ValidatedFormat, ValidatedGenerator};
use super::opaque;
use crate::args::{Arg, Text};
use crate::choice::{Choice, check_one, choose};
use crate::diagnostics::Diagnostics;
use crate::issuer::Issuer;
use crate::item::Struct;
use crate::literal::{Seconds, lifetime};
use crate::rules;

pub(super) fn check<'a>(
    attr: &Attr,
    item: &'a Struct,
    diagnostics: &Diagnostics,
) -> Option<ValidatedGenerator<'a>> {
    item.check_owned("a token generator", diagnostics);
    let expires_in = check_expires_in(attr, diagnostics);
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

/// RFC 9068 §3 and RFC 6750 §5.3: access tokens are short-lived ("one hour or less").
fn check_expires_in(attr: &Attr, diagnostics: &Diagnostics) -> Option<Seconds> {
    const YEAR: (&str, u64) =
        ("a bearer token is short-lived (RFC 6750 §5.3); write a year (`365d`) at most", 365 * 86_400);
    lifetime(attr.expires_in.as_ref()?, "15m", YEAR, diagnostics)
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
    let issuer = check_issuer(attr, item, name, span, diagnostics)?;
    Some(Jwt { issuer, audience, algorithm, claims, key: key?, encryption: encryption? })
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
                format!("a `{name}` names its issuer (RFC 9068 §2.2): add `issuer = \"https://auth.example.com\"`, `issuer = env!(\"…\")` or `issuer = self.field`"),
            );
            None
        }
    }
}

/// RFC 9068 §2.2: `aud` is REQUIRED; and RFC 7662 §2.2 has it for tokens that carry nothing. An empty one names nobody.
pub(super) fn check_audience(arg: &Arg, diagnostics: &Diagnostics) -> Option<Text> {
    let audience = arg.text("\"https://api.example.com\"", diagnostics)?;
    if audience.value.trim().is_empty() {
        diagnostics.error(audience.span, "the audience is empty: name the resource that accepts the tokens (RFC 9068 §2.2), or leave `audience` out to name the issuer");
        return None;
    }
    Some(audience)
}

fn check_algorithm(attr: &Attr, diagnostics: &Diagnostics) -> Option<Text> {
    let algorithm = attr.algorithm.as_ref()?.text("\"ES256\"", diagnostics)?;
    match rules::algorithm::check(&algorithm.value) {
        Ok(()) => Some(algorithm),
        Err(reason) => {
            diagnostics.error(algorithm.span, reason);
            None
        }
    }
}

/// RFC 9068 §2.1: "JWT access tokens MUST be signed."
fn check_signing_key<'a>(item: &'a Struct, name: &str, diagnostics: &Diagnostics) -> Option<Vec<Choice<'a>>> {
    check_one_signing_key(item, diagnostics);
    if item.lacks("signing_key") {
        diagnostics.error_over(
            item.ident(),
            format!("a `{name}` is signed (RFC 9068 §2.1), and no field has the key: mark one, such as `#[signing_key] keys: KeyRing`"),
        );
    }
    choices(item, "signing_key")
}

/// RFC 7515 §4.1.4: one key signs, and `kid` says which; more keys, which are published, are a `KeyRing`.
fn check_one_signing_key(item: &Struct, diagnostics: &Diagnostics) {
    let remedy = "one key signs; for several, one active, use one field of type `KeyRing`";
    check_one(&item.with_helper("signing_key"), "signing_key", remedy, diagnostics);
}

/// The field with a key of a kind, if there is one.
pub(super) fn choices<'a>(item: &'a Struct, helper: &str) -> Option<Vec<Choice<'a>>> {
    let fields = item.with_helper(helper);
    (!fields.is_empty()).then(|| choose(fields))
}
