//! The rules of `#[claim]` and `#[claims]` methods.

use proc_macro2::{Span, TokenStream};
use syn::Type;

use super::check::check_signature;
use super::method::Method;
use super::model::{Claim, Claims, DESTINATIONS, Destination};
use crate::args::{Arg, Args, Text, Value};
use crate::diagnostics::{Diagnostics, did_you_mean, list};
use crate::rules;

pub(super) fn check_claim<'a>(
    method: &'a Method,
    args: TokenStream,
    span: Span,
    claims: &[Claim<'_>],
    diagnostics: &Diagnostics,
) -> Option<Claim<'a>> {
    let mut args = Args::parse(args, diagnostics);
    let name = args.take_first(|arg| arg.is_string);
    let (scope, to) = check_scope_and_destinations(&mut args, diagnostics);
    let name = name.or_else(|| misplaced_name(&mut args, diagnostics));
    if let (Some(_), Some(scope)) =
        (&name, args.take_first(|arg| arg.is_string && matches!(arg.value, Value::None)))
    {
        let message =
            format!("the scope that a claim belongs to is named: write `scope = \"{}\"`", scope.name);
        diagnostics.error(scope.span, message);
    }
    let is_legible = args.is_legible();
    args.finish("#[claim]", &["scope", "to"], diagnostics);
    if is_legible {
        check_has_name(name.as_ref(), span, diagnostics);
    }
    let name = name?;
    if name.is_string && !matches!(name.value, Value::None) {
        diagnostics.error(name.span, "the name of a claim has no value here: the method returns it");
    }
    let name = Text { value: name.name, span: name.span };
    if let Err(reason) = rules::claim::check(&name.value) {
        diagnostics.error(name.span, format!("the claim `{}` {reason}", name.value));
    } else {
        check_is_new(&name, claims, diagnostics);
    }
    check_id_token_claim(&name, to.as_deref().unwrap_or_default(), diagnostics);
    let expected = format!("fn {}(&self, request: &Request) -> Option<String>", method.ident);
    let is_fallible = matches!(&method.output, Some(Type::Path(path))
        if path.path.segments.last().is_some_and(|segment| segment.ident == "Result"));
    check_signature(method, &expected, &[("request", "&Request")], diagnostics).then_some(Claim {
        method,
        name,
        scope,
        to,
        is_fallible,
    })
}

/// A name without its quotes, or after `name =`: what it is, is clear.
fn misplaced_name(args: &mut Args, diagnostics: &Diagnostics) -> Option<Arg> {
    let is_misplaced = |arg: &Arg| arg.name == "name" || matches!(arg.value, Value::None);
    let arg = args.take_first(is_misplaced)?;
    let name = match arg.single_token() {
        Some(value) => value.to_string().trim_matches('"').to_owned(),
        None => arg.name.clone(),
    };
    diagnostics
        .error(arg.span, format!("the name of a claim is a string, and stands alone: write `\"{name}\"`"));
    Some(Arg { name, ..arg })
}

/// A method that returns a struct of claims.
pub(super) fn check_claims<'a>(
    method: &'a Method,
    args: TokenStream,
    span: Span,
    diagnostics: &Diagnostics,
) -> Option<Claims<'a>> {
    let mut args = Args::parse(args, diagnostics);
    let has_names = check_names_itself(&mut args, diagnostics);
    let (scope, to) = check_scope_and_destinations(&mut args, diagnostics);
    args.finish("#[claims]", &["scope", "to"], diagnostics);
    let expected = format!("fn {}(&self, request: &Request) -> Result<Tenancy>", method.ident);
    if !has_names || !check_signature(method, &expected, &[("request", "&Request")], diagnostics) {
        return None;
    }
    let output = method.output.as_ref()?;
    check_output_is_named(method, output, diagnostics).then_some(Claims { method, output, span, scope, to })
}

/// The fields of a struct are the names of its claims.
fn check_names_itself(args: &mut Args, diagnostics: &Diagnostics) -> bool {
    let name = args.take_first(|arg| arg.is_string);
    if let Some(name) = &name {
        diagnostics.error(name.span, rules::claim::a_struct_names_its_claims_itself.says(&[&name.name]));
    }
    name.is_none()
}

/// The names of the claims are read from the type.
fn check_output_is_named(method: &Method, output: &Type, diagnostics: &Diagnostics) -> bool {
    let is_named = !matches!(output, Type::ImplTrait(_));
    if !is_named {
        diagnostics.error_over(
            output,
            rules::claim::the_type_of_a_struct_of_claims_is_written_out.says(&[&method.ident]),
        );
    }
    is_named
}

/// The destinations of a claim, each with its place.
type Destinations = Vec<(&'static Destination, Span)>;

/// `scope = "…"` and `to(…)`.
fn check_scope_and_destinations(
    args: &mut Args,
    diagnostics: &Diagnostics,
) -> (Option<Text>, Option<Destinations>) {
    let scope = args.take("scope", diagnostics).and_then(|arg| arg.text("\"profile\"", diagnostics));
    if let Some(scope) = &scope
        && let Err(words) = rules::scope::check(&scope.value)
    {
        diagnostics.error(scope.span, words);
    }
    (scope, args.take("to", diagnostics).map(|arg| check_destinations(&arg, diagnostics)))
}

fn check_destinations(arg: &Arg, diagnostics: &Diagnostics) -> Destinations {
    let mut destinations: Destinations = Vec::new();
    let Some(args) = arg.list("id_token, userinfo", diagnostics) else { return destinations };
    check_goes_somewhere(&args, arg.span, diagnostics);
    for arg in args {
        arg.bare(diagnostics);
        let Some(destination) = check_is_destination(&arg, diagnostics) else { continue };
        if arg.is_string {
            diagnostics.error(
                arg.span,
                format!("destinations are names, not strings: write `{}`", destination.name),
            );
        }
        if destinations.iter().any(|(known, _)| known.name == destination.name) {
            diagnostics.error(arg.span, format!("the destination `{}` is given twice: keep one", arg.name));
            continue;
        }
        destinations.push((destination, arg.span));
    }
    destinations
}

fn destination_names() -> impl Iterator<Item = &'static str> {
    DESTINATIONS.iter().map(|destination| destination.name)
}

/// A claim that nobody sees need not be made.
fn check_goes_somewhere(destinations: &Args, span: Span, diagnostics: &Diagnostics) {
    if destinations.is_empty() {
        let names = list(destination_names());
        diagnostics.error(span, rules::claim::a_claim_goes_somewhere.says(&[&names]));
    }
}

/// Checks a destination: where a token, a response or a record has claims (RFC 9068 §2.2, OpenID Connect Core
/// §2, §5.3).
fn check_is_destination(arg: &Arg, diagnostics: &Diagnostics) -> Option<&'static Destination> {
    let known = DESTINATIONS.iter().find(|destination| destination.name == arg.name);
    if known.is_none() {
        let (meant, names) = (did_you_mean(&arg.name, destination_names()), list(destination_names()));
        diagnostics.error(
            arg.span,
            rules::claim::a_claim_goes_to_a_known_destination.says(&[&arg.name, &meant, &names]),
        );
    }
    known
}

/// OpenID Connect Core §2 says what these mean.
fn check_id_token_claim(name: &Text, to: &[(&Destination, Span)], diagnostics: &Diagnostics) {
    let is_own = |destination: &Destination| matches!(destination.name, "id_token" | "userinfo");
    if rules::claim::is_of_id_tokens(&name.value) && to.iter().any(|(destination, _)| is_own(destination)) {
        let rule = &rules::claim::oidc_core_section_2_a_method_declares_no_claim_of_the_protocol;
        diagnostics.error(name.span, rule.says(&[&name.value]));
    }
}

/// RFC 7519 §4: a claim is "a Claim Name and a Claim Value".
fn check_has_name(name: Option<&Arg>, span: Span, diagnostics: &Diagnostics) {
    if name.is_none() {
        diagnostics.error(span, rules::claim::rfc7519_section_4_a_declared_claim_has_a_name.words);
    }
}

/// RFC 7519 §4: "The Claim Names within a JWT Claims Set MUST be unique".
fn check_is_new(name: &Text, claims: &[Claim<'_>], diagnostics: &Diagnostics) {
    if claims.iter().any(|claim| claim.name.value == name.value) {
        diagnostics
            .error(name.span, rules::claim::rfc7519_section_4_a_claim_is_declared_once.says(&[&name.value]));
    }
}
