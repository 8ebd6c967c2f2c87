//! The rules of a token generator.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use syn::Lit;
use syn::spanned::Spanned as _;

use super::attr::{Attr, Format};
use super::encryption;
use super::model::{ClaimValue, Jwt, ValidatedFormat, ValidatedGenerator};
use crate::args::{Arg, Text, Value};
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
        Some((Format::Opaque, _)) => check_opaque(attr, item, diagnostics),
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
    if let Some(prefix) = &attr.prefix {
        diagnostics.error(
            prefix.span,
            format!(
                "a `{name}` has no prefix, its form is fixed by RFC 7519 §3: remove `prefix`, or write `opaque`"
            ),
        );
    }
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

/// RFC 9068 §2.2 and §4: `aud` is REQUIRED, and a resource refuses a token that does not name it.
fn check_audience(arg: &Arg, diagnostics: &Diagnostics) -> Option<Text> {
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

/// A JWT is signed by one `#[signing_key]` field; more keys are a `KeyRing`.
fn check_signing_key<'a>(item: &'a Struct, name: &str, diagnostics: &Diagnostics) -> Option<Vec<Choice<'a>>> {
    let missing = format!(
        "a `{name}` is signed (RFC 9068 §2.1), and no field has the key: mark one, such as `#[signing_key] keys: KeyRing`"
    );
    let second = "one key signs; for several, one active, use one field of type `KeyRing`";
    check_key(item, "signing_key", &missing, second, diagnostics)
}

/// The one field with a key of a kind.
pub(super) fn check_key<'a>(
    item: &'a Struct,
    helper: &str,
    missing: &str,
    second: &str,
    diagnostics: &Diagnostics,
) -> Option<Vec<Choice<'a>>> {
    let fields = item.with_helper(helper);
    check_one(&fields, helper, second, diagnostics);
    if item.lacks(helper) {
        diagnostics.error_over(item.ident(), missing);
    }
    if fields.is_empty() {
        return None;
    }
    Some(choose(fields))
}

fn check_opaque<'a>(attr: &Attr, item: &Struct, diagnostics: &Diagnostics) -> ValidatedFormat<'a> {
    const FOR_JWT: &str = "an `opaque` token carries nothing, what it stands for is in the store";
    let misplaced = [&attr.audience, &attr.algorithm, &attr.claims];
    for arg in misplaced.into_iter().flatten() {
        diagnostics.error(arg.span, format!("{FOR_JWT}: remove `{}`, or write `jwt`", arg.name));
    }
    if let Some(arg) = &attr.issuer {
        diagnostics.error(
            arg.span,
            format!("{FOR_JWT}: write `issuer` on the `#[authorization_server]`, or `jwt` here"),
        );
    }
    for field in item.with_helper("signing_key") {
        if let Some(helper) = field.helper("signing_key") {
            diagnostics.error(helper.span, "an `opaque` token is not signed: remove the key, or write `jwt`");
        }
    }
    encryption::check_misplaced(attr, item, "opaque", diagnostics);
    let prefix = attr.prefix.as_ref().and_then(|arg| arg.text("\"acme_at_\"", diagnostics));
    if let Some(prefix) = &prefix
        && let Err(reason) = rules::token_prefix::check(&prefix.value)
    {
        diagnostics.error(prefix.span, format!("the prefix `{}` {reason}", prefix.value));
    }
    ValidatedFormat::Opaque { prefix }
}

/// Static claims: not reserved, not repeated, of a type that JSON has.
fn check_claims(attr: &Attr, diagnostics: &Diagnostics) -> Vec<(Text, ClaimValue)> {
    let Some(args) = attr.claims.as_ref().and_then(|arg| arg.list("tier = 3, plan = \"gold\"", diagnostics))
    else {
        return Vec::new();
    };
    let mut claims: Vec<(Text, ClaimValue)> = Vec::new();
    let mut lacks_value = false;
    for arg in args {
        // Whoever forgot one value forgot them all.
        if matches!(arg.value, Value::None) && std::mem::replace(&mut lacks_value, true) {
            continue;
        }
        let name = Text { value: arg.name.clone(), span: arg.span };
        if let Err(reason) = rules::claim::check(&name.value) {
            diagnostics.error(name.span, format!("the claim `{}` {reason}", name.value));
        } else if name.value == "aud" {
            diagnostics.error(
                name.span,
                "the audience is an argument of its own: write `audience = \"…\"` (RFC 9068 §2.2)",
            );
        } else if claims.iter().any(|(known, _)| known.value == name.value) {
            diagnostics.error(name.span, format!("the claim `{}` is given twice: keep one", name.value));
        } else if let Some(tokens) = arg.assigned("3", diagnostics) {
            match claim_value(tokens.clone()) {
                Some(value) => claims.push((name, value)),
                None => diagnostics.error_over(
                    tokens,
                    format!(
                        "the static claim `{}` is a literal: a string, a number, `true`, `false`, or a list of them in `[…]`\n\
                         for a value that depends on the request, write a `#[claim]` method in the `#[validator] impl`",
                        name.value
                    ),
                ),
            }
        }
    }
    claims
}

fn claim_value(tokens: TokenStream) -> Option<ClaimValue> {
    let span = tokens.span();
    let mut iter = tokens.clone().into_iter();
    if let (Some(TokenTree::Group(group)), None) = (iter.next(), iter.next()) {
        return match group.delimiter() {
            Delimiter::Bracket => list(group.stream()).map(ClaimValue::List),
            Delimiter::None => claim_value(group.stream()),
            _ => None,
        };
    }
    let (negative, literal) = negated(tokens)?;
    Some(match literal {
        Lit::Str(text) if !negative => ClaimValue::Str(Text { value: text.value(), span }),
        Lit::Bool(value) if !negative => ClaimValue::Bool(value.value),
        Lit::Int(number) if number.suffix().is_empty() => {
            let value: i128 = number.base10_parse().ok()?;
            ClaimValue::Int(i64::try_from(if negative { -value } else { value }).ok()?)
        }
        Lit::Float(number) if number.suffix().is_empty() => {
            let value: f64 = number.base10_parse().ok()?;
            // JSON has no infinity (RFC 8259 §6).
            if !value.is_finite() {
                return None;
            }
            ClaimValue::Float(if negative { -value } else { value })
        }
        _ => return None,
    })
}

/// A literal, and whether a minus stands before it.
fn negated(tokens: TokenStream) -> Option<(bool, Lit)> {
    let mut iter = tokens.clone().into_iter();
    match iter.next()? {
        TokenTree::Punct(minus) if minus.as_char() == '-' => Some((true, syn::parse2(iter.collect()).ok()?)),
        _ => Some((false, syn::parse2(tokens).ok()?)),
    }
}

fn list(tokens: TokenStream) -> Option<Vec<ClaimValue>> {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
    let mut items: Vec<_> = tokens.split(is_comma).collect();
    // A trailing comma, or an empty list.
    if items.last().is_some_and(|last| last.is_empty()) {
        items.pop();
    }
    items.into_iter().map(|item| claim_value(item.iter().cloned().collect())).collect()
}
