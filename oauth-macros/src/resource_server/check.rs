//! The rules of a resource server.

use proc_macro2::{Span, TokenTree};
use syn::spanned::Spanned as _;

use super::attr::Attr;
use super::fields::{check_credentials, check_decryption_key, check_http_client};
use super::model::{Audience, Kind, ValidatedResource, Validation};
use crate::args::{Arg, Args, Text, Value};
use crate::diagnostics::Diagnostics;
use crate::issuer::{Issuer, check_field};
use crate::item::Struct;
use crate::literal::limited;
use crate::rules;
use crate::rules::number::VERIFICATION_CACHE;
use crate::scope_list;
use crate::token_generator::algorithm_verdict;

pub(super) fn check<'a>(
    attr: &Attr,
    item: &'a Struct,
    diagnostics: &Diagnostics,
) -> Option<ValidatedResource<'a>> {
    item.check_owned(
        "a resource server",
        "write what its fields hold themselves, such as `credentials: Credentials`, without `&` and without this",
        diagnostics,
    );
    let issuer = check_issuer(attr, item, diagnostics);
    let audience = check_audience(attr, item, diagnostics);
    let validation = check_validation(attr, item, diagnostics);
    let kind = validation.as_ref().map(|validation| validation.kind);
    check_used(attr, kind, diagnostics);
    let durations =
        attr.durations.iter().filter_map(|(limits, arg)| limited(arg, limits, diagnostics)).collect();
    let verification_cache =
        attr.verification_cache.as_ref().and_then(|arg| check_verification_cache(arg, diagnostics));
    let algorithms = attr.algorithms.as_ref().and_then(|arg| check_algorithms(arg, diagnostics));
    let realm = attr.realm.as_ref().and_then(|arg| check_realm(arg, diagnostics));
    let resource = attr.resource.as_ref().and_then(|arg| check_resource(arg, diagnostics));
    let scopes = attr.scopes.as_ref().map(|arg| scope_list::parse_types(arg, diagnostics));
    let dpop = attr.dpop.as_ref().and_then(|arg| check_dpop(arg, attr, audience.as_ref(), diagnostics));
    let http_client = check_http_client(item, diagnostics);
    let credentials = check_credentials(item, kind, diagnostics);
    let decryption_key = check_decryption_key(item, kind, diagnostics);
    Some(ValidatedResource {
        item,
        krate: attr.krate.clone(),
        flags: check_flags(attr, diagnostics).into_iter().chain(dpop).collect(),
        issuer: issuer?,
        audience: audience?,
        validation: validation?,
        durations,
        verification_cache,
        algorithms,
        realm,
        resource,
        scopes,
        http_client,
        credentials,
        decryption_key,
    })
}

const AUDIENCE: &str = "\"https://api.example.com\"";

/// RFC 9068 §4: `iss` "MUST exactly match" the issuer that the resource trusts.
fn check_issuer(attr: &Attr, item: &Struct, diagnostics: &Diagnostics) -> Option<Issuer> {
    match &attr.issuer {
        Some(arg) => Issuer::parse_foreign(arg, &item.fields, diagnostics),
        None if attr.attempted.contains("issuer") => None,
        None => {
            diagnostics.error_over(
                item.ident(),
                rules::resource::rfc9068_section_4_a_resource_trusts_an_issuer.words,
            );
            None
        }
    }
}

/// RFC 9068 §4: "The resource server MUST validate that the "aud" claim contains a resource indicator value corresponding
/// to an identifier the resource server expects for itself."
fn check_audience(attr: &Attr, item: &Struct, diagnostics: &Diagnostics) -> Option<Audience> {
    let Some(arg) = &attr.audience else {
        if !attr.attempted.contains("audience") {
            diagnostics.error_over(
                item.ident(),
                rules::resource::rfc9068_section_4_a_resource_has_an_audience.says(&[&AUDIENCE]),
            );
        }
        return None;
    };
    let value = arg.assigned(AUDIENCE, diagnostics)?.clone();
    let mut tokens = value.clone().into_iter();
    if let (Some(TokenTree::Ident(this)), Some(TokenTree::Punct(dot)), Some(field)) =
        (tokens.next(), tokens.next(), tokens.next())
        && this == "self"
        && dot.as_char() == '.'
    {
        check_field(&field, &item.fields, diagnostics)?;
        let path = std::iter::once(field).chain(tokens).collect();
        return Some(Audience::Field { path, span: value.span() });
    }
    check_audience_names_something(arg, diagnostics).map(Audience::Literal)
}

/// RFC 9068 §4: an empty one is nobody's.
fn check_audience_names_something(arg: &Arg, diagnostics: &Diagnostics) -> Option<Text> {
    let audience = arg.text(AUDIENCE, diagnostics)?;
    if audience.value.trim().is_empty() {
        diagnostics.error(
            audience.span,
            rules::resource::rfc9068_section_4_the_audience_of_a_resource_is_named.words,
        );
        return None;
    }
    Some(audience)
}

/// The way in which the resource server validates.
fn check_validation(attr: &Attr, item: &Struct, diagnostics: &Diagnostics) -> Option<Validation> {
    let (kind, arg) = match (&attr.jwks, &attr.introspection) {
        (Some(_), Some(introspection)) => {
            check_one_validation(introspection, diagnostics);
            return None;
        }
        (Some(jwks), None) => (Kind::Jwks, jwks),
        (None, Some(introspection)) => (Kind::Introspection, introspection),
        (None, None) => {
            check_validation_given(attr, item, diagnostics);
            return None;
        }
    };
    let uri = match &arg.value {
        Value::None => None,
        _ => Some(check_endpoint(arg, diagnostics)?),
    };
    Some(Validation { kind, span: arg.span, uri })
}

/// RFC 9068 and RFC 7662 answer the same question: of two answers, which would count?
fn check_one_validation(introspection: &Arg, diagnostics: &Diagnostics) {
    diagnostics.error(introspection.span, rules::resource::tokens_are_validated_in_one_way.words);
}

/// RFC 6749 §7: "The resource server MUST validate the access token"; how, depends on what it looks like.
fn check_validation_given(attr: &Attr, item: &Struct, diagnostics: &Diagnostics) {
    if attr.attempted.is_empty() {
        diagnostics.error_over(item.ident(), rules::resource::rfc6749_section_7_tokens_are_validated.words);
    }
}

fn check_endpoint(arg: &Arg, diagnostics: &Diagnostics) -> Option<Text> {
    let uri = arg.text("\"https://auth.example.com/…\"", diagnostics)?;
    if let Err(reason) = rules::url::check_endpoint(&uri.value) {
        diagnostics.error(uri.span, format!("the URI `{}` {reason}", uri.value));
        return None;
    }
    Some(uri)
}

/// An argument of the other way would be read by nobody.
fn check_used(attr: &Attr, kind: Option<Kind>, diagnostics: &Diagnostics) {
    let of_jwks = [&attr.algorithms, &attr.danger_typ_jwt, &attr.verification_cache];
    let flags =
        of_jwks.into_iter().map(|arg| ("jwks", arg)).chain([("introspection", &attr.danger_absent_audience)]);
    let flags = flags.filter_map(|(of, arg)| Some((of, arg.as_ref()?)));
    let durations = attr.durations.iter().filter_map(|(limits, arg)| Some((limits.of?, arg)));
    let way = match kind {
        Some(Kind::Introspection) => "introspection",
        Some(Kind::Jwks) => "jwks",
        None => return,
    };
    for (of, arg) in flags.chain(durations).filter(|(of, _)| *of != way) {
        diagnostics.error(arg.span, rules::resource::an_argument_has_an_effect.says(&[&arg.name, &of]));
    }
}

/// Whoever has many tokens would have an API remember them all.
fn check_verification_cache(arg: &Arg, diagnostics: &Diagnostics) -> Option<(u64, Span)> {
    let (tokens, span) = arg.integer(&VERIFICATION_CACHE, diagnostics)?;
    if VERIFICATION_CACHE.takes(tokens) {
        return Some((tokens, span));
    }
    diagnostics.error(span, rules::resource::what_an_api_remembers_is_bounded.says(&[&tokens]));
    None
}

fn check_algorithms(arg: &Arg, diagnostics: &Diagnostics) -> Option<Vec<Text>> {
    let args = arg.list("\"ES256\"", diagnostics)?;
    check_some_algorithms(arg, &args, diagnostics);
    let mut algorithms: Vec<Text> = Vec::new();
    for arg in args {
        if let Some(algorithm) = check_algorithm(&arg, diagnostics)
            && check_algorithm_once(&algorithm, &algorithms, diagnostics)
        {
            algorithms.push(algorithm);
        }
    }
    Some(algorithms)
}

/// RFC 8725 §3.1: "Libraries MUST enable the caller to specify a supported set of algorithms and MUST NOT use any other
/// algorithms when performing cryptographic operations."
fn check_some_algorithms(arg: &Arg, algorithms: &Args, diagnostics: &Diagnostics) {
    if algorithms.is_empty() {
        diagnostics.error(arg.span, rules::resource::rfc8725_section_3_1_an_algorithm_signs.words);
    }
}

fn check_algorithm(arg: &Arg, diagnostics: &Diagnostics) -> Option<Text> {
    arg.bare(diagnostics);
    let name = &arg.name;
    let verdict = if arg.is_string {
        algorithm_verdict(name).and_then(|()| is_asymmetric(name))
    } else {
        Err(format!("an algorithm is a string: write `\"{name}\"`"))
    };
    if let Err(reason) = verdict {
        diagnostics.error(arg.span, reason);
        return None;
    }
    Some(Text { value: name.clone(), span: arg.span })
}

/// RFC 9068 §2.1 wants asymmetric keys: who checks an HMAC can make one.
fn is_asymmetric(name: &str) -> Result<(), String> {
    let rule = &rules::resource::rfc9068_section_2_1_no_secret_is_shared_with_the_issuer;
    if rules::algorithm::is_symmetric(name) { Err(rule.says(&[&name])) } else { Ok(()) }
}

/// A second one would change nothing: probably another was meant.
fn check_algorithm_once(algorithm: &Text, known: &[Text], diagnostics: &Diagnostics) -> bool {
    let is_repeated = known.iter().any(|known| known.value == algorithm.value);
    if is_repeated {
        let name = &algorithm.value;
        diagnostics.error(algorithm.span, rules::resource::an_algorithm_is_given_once.says(&[&name]));
    }
    !is_repeated
}

/// RFC 9110 §11.5: a quoted string; RFC 6750 §3 shows it in ASCII.
fn check_realm(arg: &Arg, diagnostics: &Diagnostics) -> Option<Text> {
    let realm = arg.text("\"calendar\"", diagnostics)?;
    match realm.value.chars().find(|c| !matches!(c, '\x20'..='\x21' | '\x23'..='\x5B' | '\x5D'..='\x7E')) {
        Some(c) => {
            diagnostics.error(
                realm.span,
                rules::resource::rfc9110_section_11_5_a_realm_is_printable_ascii.says(&[&format!("{c:?}")]),
            );
            None
        }
        None => Some(realm),
    }
}

/// RFC 9728 §1.2.
fn check_resource(arg: &Arg, diagnostics: &Diagnostics) -> Option<Text> {
    let resource = arg.text("\"https://api.example.com\"", diagnostics)?;
    if let Err(reason) = rules::url::check_resource(&resource.value) {
        diagnostics.error(resource.span, format!("the resource identifier `{}` {reason}", resource.value));
        return None;
    }
    Some(resource)
}

/// RFC 9728 §2, `dpop_bound_access_tokens_required`: it is a resource's choice.
fn check_dpop(
    arg: &Arg,
    attr: &Attr,
    audience: Option<&Audience>,
    diagnostics: &Diagnostics,
) -> Option<(&'static str, Span)> {
    let text = arg.text("\"required\"", diagnostics)?;
    if text.value != "required" {
        let rule = &rules::resource::rfc9728_section_2_a_resource_requires_bound_tokens_or_takes_others_too;
        diagnostics.error(text.span, rule.says(&[&text.value]));
        return None;
    }
    check_proofs_name_a_url(&text, attr, audience, diagnostics);
    Some(("dpop_required", text.span))
}

/// RFC 9449 §4.3: a proof is for a URL.
fn check_proofs_name_a_url(text: &Text, attr: &Attr, audience: Option<&Audience>, diagnostics: &Diagnostics) {
    let is_nameless =
        matches!(audience, Some(Audience::Literal(name)) if rules::url::check_resource(&name.value).is_err());
    if is_nameless && attr.resource.is_none() {
        let rule = &rules::resource::rfc9449_section_4_3_a_resource_that_requires_proofs_can_check_them;
        diagnostics.error(text.span, rule.words);
    }
}

fn check_flags(attr: &Attr, diagnostics: &Diagnostics) -> Vec<(&'static str, Span)> {
    let flags = [
        ("danger_typ_jwt", &attr.danger_typ_jwt),
        ("danger_absent_audience", &attr.danger_absent_audience),
        ("body_token", &attr.body_token),
        ("danger_query_token", &attr.danger_query_token),
    ];
    let given = flags.into_iter().filter_map(|(name, arg)| Some((name, arg.as_ref()?)));
    given.inspect(|(_, arg)| arg.bare(diagnostics)).map(|(name, arg)| (name, arg.span)).collect()
}
