//! The rules of a resource server.

use proc_macro2::{Span, TokenTree};
use syn::spanned::Spanned as _;

use super::attr::Attr;
use super::model::{Audience, Kind, ValidatedResource, Validation};
use crate::args::{Arg, Text, Value};
use crate::choice::{Choice, check_one, choose};
use crate::diagnostics::Diagnostics;
use crate::issuer::{Issuer, check_field};
use crate::item::Struct;
use crate::literal::{Seconds, duration, lifetime};
use crate::rules;
use crate::scope_list;

pub(super) fn check<'a>(
    attr: &Attr,
    item: &'a Struct,
    diagnostics: &Diagnostics,
) -> Option<ValidatedResource<'a>> {
    item.check_owned("a resource server", diagnostics);
    let issuer = check_issuer(attr, item, diagnostics);
    let audience = check_audience(attr, item, diagnostics);
    let validation = check_validation(attr, item, diagnostics);
    let kind = validation.as_ref().map(|validation| validation.kind);
    check_used(attr, kind, diagnostics);
    let durations = check_durations(attr, diagnostics);
    let algorithms = attr.algorithms.as_ref().and_then(|arg| check_algorithms(arg, diagnostics));
    let realm = attr.realm.as_ref().and_then(|arg| check_realm(arg, diagnostics));
    let resource = attr.resource.as_ref().and_then(|arg| check_resource(arg, diagnostics));
    let scopes = attr
        .scopes
        .as_ref()
        .map(|arg| scope_list::parse(arg, "\"profile\", CalendarRead", false, diagnostics));
    let http_client = check_http_client(item, diagnostics);
    let credentials = check_credentials(item, kind, diagnostics);
    let decryption_key = check_decryption_key(item, kind, diagnostics);
    Some(ValidatedResource {
        item,
        krate: attr.krate.clone(),
        flags: check_flags(attr, diagnostics),
        issuer: issuer?,
        audience: audience?,
        validation: validation?,
        durations,
        algorithms,
        realm,
        resource,
        scopes,
        http_client,
        credentials,
        decryption_key,
    })
}

/// RFC 9068 §4: `iss` "MUST exactly match" the issuer that the resource trusts.
fn check_issuer(attr: &Attr, item: &Struct, diagnostics: &Diagnostics) -> Option<Issuer> {
    match &attr.issuer {
        Some(arg) => Issuer::parse_foreign(arg, &item.fields, diagnostics),
        None if attr.attempted.contains("issuer") => None,
        None => {
            diagnostics.error_over(
                item.ident(),
                "the resource server trusts no issuer (RFC 9068 §4): add `issuer = \"https://auth.example.com\"`, `issuer = env!(\"…\")` or `issuer = self.field`",
            );
            None
        }
    }
}

/// RFC 9068 §4: "The resource server MUST validate that the "aud" claim contains a resource indicator value corresponding
/// to an identifier the resource server expects for itself."
fn check_audience(attr: &Attr, item: &Struct, diagnostics: &Diagnostics) -> Option<Audience> {
    const EXAMPLE: &str = "\"https://api.example.com\"";
    let Some(arg) = &attr.audience else {
        if !attr.attempted.contains("audience") {
            diagnostics.error_over(
                item.ident(),
                format!(
                    "the resource server has no audience, so that a token for any other API would do here (RFC 9068 §4)\n\
                     add `audience = {EXAMPLE}` or `audience = self.field`: what the issuer writes into `aud`"
                ),
            );
        }
        return None;
    };
    let value = arg.assigned(EXAMPLE, diagnostics)?.clone();
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
    let audience = arg.text(EXAMPLE, diagnostics)?;
    if audience.value.trim().is_empty() {
        diagnostics.error(
            audience.span,
            "the audience is empty: name what the issuer writes into `aud` for this API (RFC 9068 §4)",
        );
        return None;
    }
    Some(Audience::Literal(audience))
}

/// One way to validate.
fn check_validation(attr: &Attr, item: &Struct, diagnostics: &Diagnostics) -> Option<Validation> {
    let (kind, arg) = match (&attr.jwks, &attr.introspection) {
        (Some(_), Some(introspection)) => {
            diagnostics.error(
                introspection.span,
                "a resource server validates in one way: keep `jwks`, for signed tokens (RFC 9068), or `introspection`, for any (RFC 7662)",
            );
            return None;
        }
        (Some(jwks), None) => (Kind::Jwks, jwks),
        (None, Some(introspection)) => (Kind::Introspection, introspection),
        (None, None) => {
            if attr.attempted.is_empty() {
                diagnostics.error_over(
                    item.ident(),
                    "nothing says how tokens are validated: add `jwks`, for signed tokens (RFC 9068 §4), or `introspection`, for any (RFC 7662)",
                );
            }
            return None;
        }
    };
    let uri = match &arg.value {
        Value::None => None,
        _ => Some(check_endpoint(arg, diagnostics)?),
    };
    Some(Validation { kind, span: arg.span, uri })
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
    let of_jwks = [&attr.algorithms, &attr.danger_typ_jwt, &attr.jwks_max_age, &attr.jwks_refresh_interval];
    let of_introspection = [&attr.introspection_cache, &attr.danger_absent_audience];
    let (misplaced, needed) = match kind {
        Some(Kind::Introspection) => (of_jwks.into_iter().flatten().collect::<Vec<_>>(), "jwks"),
        Some(Kind::Jwks) => (of_introspection.into_iter().flatten().collect(), "introspection"),
        None => return,
    };
    for arg in misplaced {
        diagnostics.error(arg.span, format!("`{}` has no effect without `{needed}`: remove it", arg.name));
    }
}

fn check_durations(attr: &Attr, diagnostics: &Diagnostics) -> [(&'static str, Option<Seconds>); 4] {
    const LEEWAY: (&str, u64) = (
        "an expired token would work on for as long, and RFC 9068 §4 allows \"no more than a few minutes\"; write five (`5m`) at most",
        300,
    );
    const CACHE: (&str, u64) =
        ("a revoked token would work on for as long (RFC 7662 §4); write five minutes (`5m`) at most", 300);
    const AGE: (&str, u64) =
        ("a key that the issuer withdraws would work on for as long; write a day (`1d`) at most", 86_400);
    const INTERVAL: (&str, u64) =
        ("a new key would be unknown for as long; write an hour (`1h`) at most", 3600);
    let leeway = attr.leeway.as_ref().and_then(|arg| duration(arg, "60s", LEEWAY, diagnostics));
    let cache = attr.introspection_cache.as_ref().and_then(|arg| duration(arg, "30s", CACHE, diagnostics));
    let age = attr.jwks_max_age.as_ref().and_then(|arg| lifetime(arg, "5m", AGE, diagnostics));
    let interval =
        attr.jwks_refresh_interval.as_ref().and_then(|arg| lifetime(arg, "10s", INTERVAL, diagnostics));
    [
        ("leeway", leeway),
        ("introspection_cache", cache),
        ("jwks_max_age", age),
        ("jwks_refresh_interval", interval),
    ]
}

/// RFC 8725 §3.1: "Libraries MUST enable the caller to specify a supported set of algorithms and MUST NOT use any other
/// algorithms".
fn check_algorithms(arg: &Arg, diagnostics: &Diagnostics) -> Option<Vec<Text>> {
    let args = arg.list("\"ES256\"", diagnostics)?;
    if args.is_empty() {
        diagnostics.error(
            arg.span,
            "`algorithms()` is empty, so that no token is valid (RFC 8725 §3.1): name those that the issuer signs with",
        );
    }
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

fn check_algorithm(arg: &Arg, diagnostics: &Diagnostics) -> Option<Text> {
    arg.bare(diagnostics);
    let name = &arg.name;
    let verdict = if arg.is_string {
        rules::algorithm::check(name).and_then(|()| rules::algorithm::is_asymmetric(name))
    } else {
        Err(format!("an algorithm is a string: write `\"{name}\"`"))
    };
    if let Err(reason) = verdict {
        diagnostics.error(arg.span, reason);
        return None;
    }
    Some(Text { value: name.clone(), span: arg.span })
}

/// A second one would change nothing: probably another was meant.
fn check_algorithm_once(algorithm: &Text, known: &[Text], diagnostics: &Diagnostics) -> bool {
    let is_repeated = known.iter().any(|known| known.value == algorithm.value);
    if is_repeated {
        let name = &algorithm.value;
        diagnostics.error(algorithm.span, format!("the algorithm `{name}` is given twice: keep one"));
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
                format!("the realm has the character {c:?}: use printable ASCII without `\"` and `\\` (RFC 9110 §11.5)"),
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

fn check_http_client<'a>(item: &'a Struct, diagnostics: &Diagnostics) -> Vec<Choice<'a>> {
    let fields = item.with_helper("http_client");
    check_one(&fields, "http_client", "one client sends the requests; remove this one", diagnostics);
    choose(fields)
}

/// RFC 7662 §2.1: "the endpoint MUST also require some form of authorization to access this endpoint".
fn check_credentials<'a>(item: &'a Struct, kind: Option<Kind>, diagnostics: &Diagnostics) -> Vec<Choice<'a>> {
    let fields = item.with_helper("credentials");
    check_one(&fields, "credentials", "one client asks the issuer; remove this one", diagnostics);
    let helper = fields.first().and_then(|field| field.helper("credentials"));
    match (kind, helper) {
        (Some(Kind::Introspection), None) if item.lacks("credentials") => diagnostics.error_over(
            item.ident(),
            "the introspection endpoint asks who asks (RFC 7662 §2.1), and no field knows: add `#[credentials] credentials: Credentials`",
        ),
        (Some(Kind::Jwks), Some(helper)) => diagnostics.error(
            helper.span,
            "keys are public (RFC 7517 §5), nobody asks for credentials: remove this field, or validate by `introspection`",
        ),
        _ => {}
    }
    choose(fields)
}

/// RFC 9068 §4: encrypted tokens are signed tokens inside.
fn check_decryption_key<'a>(
    item: &'a Struct,
    kind: Option<Kind>,
    diagnostics: &Diagnostics,
) -> Vec<Choice<'a>> {
    let fields = item.with_helper("decryption_key");
    check_one(&fields, "decryption_key", "tokens are encrypted to one key; remove this one", diagnostics);
    let helper = fields.first().and_then(|field| field.helper("decryption_key"));
    if let (Some(Kind::Introspection), Some(helper)) = (kind, helper) {
        diagnostics.error(
            helper.span,
            "the issuer reads the tokens itself (RFC 7662 §2.1), and nothing is decrypted here: remove this field, or validate by `jwks`",
        );
    }
    choose(fields)
}
