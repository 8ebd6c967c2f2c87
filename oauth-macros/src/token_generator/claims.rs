//! Static claims: `claims(tier = 3, plan = "gold")`.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::Lit;
use syn::spanned::Spanned as _;

use super::attr::Attr;
use super::model::ClaimValue;
use crate::args::{Arg, Text, Value};
use crate::diagnostics::Diagnostics;
use crate::rules;

/// The claims that are right.
pub(super) fn check_claims(attr: &Attr, diagnostics: &Diagnostics) -> Vec<(Text, ClaimValue)> {
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
        if check_name(&name, diagnostics)
            && check_no_audience(&name, diagnostics)
            && check_once(&name, &claims, diagnostics)
            && let Some(value) = check_value(&arg, diagnostics)
        {
            claims.push((name, value));
        }
    }
    claims
}

fn check_name(name: &Text, diagnostics: &Diagnostics) -> bool {
    let verdict = rules::claim::check_static(&name.value);
    if let Err(broken) = &verdict {
        diagnostics.error(name.span, format!("the claim `{}` {broken}", name.value));
    }
    verdict.is_ok()
}

/// RFC 9068 §2.2: `aud` is REQUIRED of every token; it is no claim of somebody's own.
fn check_no_audience(name: &Text, diagnostics: &Diagnostics) -> bool {
    let is_audience = name.value == "aud";
    if is_audience {
        diagnostics.error(
            name.span,
            rules::token_generator::rfc9068_section_2_2_the_audience_is_no_static_claim.words,
        );
    }
    !is_audience
}

/// RFC 7519 §4: "The Claim Names within a JWT Claims Set MUST be unique".
fn check_once(name: &Text, claims: &[(Text, ClaimValue)], diagnostics: &Diagnostics) -> bool {
    let is_repeated = claims.iter().any(|(known, _)| known.value == name.value);
    if is_repeated {
        diagnostics.error(
            name.span,
            rules::token_generator::rfc7519_section_4_static_claims_have_different_names.says(&[&name.value]),
        );
    }
    !is_repeated
}

/// RFC 7519 §4: claims are members of a JSON object. What is the same in every token is written down.
fn check_value(arg: &Arg, diagnostics: &Diagnostics) -> Option<ClaimValue> {
    let tokens = arg.assigned("3", diagnostics)?;
    let value = claim_value(tokens.clone());
    if value.is_none() {
        diagnostics.error_over(
            tokens,
            rules::token_generator::rfc7519_section_4_a_static_claim_is_a_json_value.says(&[&arg.name]),
        );
    }
    value
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
