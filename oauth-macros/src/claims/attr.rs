//! `#[claims(crate = …)]` on the struct, `#[claim("name")]` on a field.

use proc_macro2::Span;
use quote::ToTokens as _;
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{Attribute, Field, Ident, Meta};

use crate::args::{Args, Text, Value};
use crate::diagnostics::Diagnostics;
use crate::krate::Krate;
use crate::rules;

const EXAMPLE: &str = "#[claim(\"https://example.com/roles\")]";

/// The path of the run-time crate.
pub(super) fn krate(attrs: &[Attribute], diagnostics: &Diagnostics) -> Krate {
    let mut tokens = proc_macro2::TokenStream::new();
    for attr in attrs {
        if attr.path().is_ident("claim") {
            diagnostics.error(
                attr.path().span(),
                format!("`#[claim(…)]` names the claim of one field: write `{EXAMPLE}` above the field"),
            );
        }
        if attr.path().is_ident("claims") {
            match &attr.meta {
                Meta::List(list) => tokens.extend(list.tokens.clone()),
                Meta::Path(_) | Meta::NameValue(_) => diagnostics.error_over(
                    attr.path(),
                    "`#[claims]` on the struct says where `oauth_core` is: write `#[claims(crate = renamed)]`, or remove it",
                ),
            }
        }
    }
    let mut args = Args::parse(tokens, diagnostics);
    let krate = Krate::take(&mut args, diagnostics);
    for name in ["scope", "to"] {
        if let Some(arg) = args.take(name, diagnostics) {
            report_argument_of_method(name, arg.span, diagnostics);
        }
    }
    args.finish("#[claims]", &["crate"], diagnostics);
    krate
}

/// The name of a field's claim: what `#[claim("…")]` says, or else the field's own.
pub(super) fn claim_name(field: &Field, ident: &Ident, diagnostics: &Diagnostics) -> Option<Text> {
    let mut named = None;
    let mut is_named = false;
    for attr in &field.attrs {
        if attr.path().is_ident("claims") {
            diagnostics.error(
                attr.path().span(),
                format!("`#[claims(…)]` stands on the struct: a field's claim is named by `{EXAMPLE}`"),
            );
            is_named = true;
        }
        if attr.path().is_ident("claim") {
            if is_named {
                diagnostics.error(attr.path().span(), rules::claim::a_field_has_one_claim.words);
                continue;
            }
            is_named = true;
            named = given_name(attr, diagnostics);
        }
    }
    if is_named { named } else { Some(Text { value: ident.unraw().to_string(), span: ident.span() }) }
}

/// `#[claim("name")]`.
fn given_name(attr: &Attribute, diagnostics: &Diagnostics) -> Option<Text> {
    let list = match &attr.meta {
        Meta::List(list) => list,
        Meta::Path(path) => {
            diagnostics.error_over(
                path,
                format!("the name of the claim is missing: write `{EXAMPLE}`, or remove this for the field's own name"),
            );
            return None;
        }
        Meta::NameValue(pair) => {
            let value = pair.value.to_token_stream();
            diagnostics.error_over(
                &pair.value,
                format!("the name stands in parentheses: write `#[claim({value})]`"),
            );
            return None;
        }
    };
    let mut args = Args::parse(list.tokens.clone(), diagnostics);
    let is_legible = args.is_legible();
    let name = args.take_first(|arg| arg.is_string);
    for name in ["scope", "to"] {
        if let Some(arg) = args.take(name, diagnostics) {
            report_argument_of_method(name, arg.span, diagnostics);
        }
    }
    let is_alone = args.is_empty();
    for arg in args {
        let message = match &arg.value {
            Value::Assigned(value) if arg.single_token().is_some() && !arg.is_string => {
                format!("the name is the only argument: write `#[claim({value})]`")
            }
            _ if arg.is_string => "the claim of a field has one name: remove this".to_owned(),
            _ if name.is_none() => rules::claim::the_name_of_a_claim_is_a_string.says(&[&arg.name]),
            _ => format!("`#[claim]` on a field takes a name alone: write `{EXAMPLE}`"),
        };
        diagnostics.error(arg.span, message);
    }
    let Some(name) = name else {
        if is_legible && is_alone && !diagnostics.has_errors() {
            diagnostics
                .error_over(attr.path(), format!("the name of the claim is missing: write `{EXAMPLE}`"));
        }
        return None;
    };
    name.bare(diagnostics);
    Some(Text { value: name.name, span: name.span })
}

/// Refuses an argument of a method: what a server decides is said where it is said for all of the claims.
fn report_argument_of_method(name: &str, span: Span, diagnostics: &Diagnostics) {
    let example = if name == "scope" { "scope = \"profile\"" } else { "to(access_token)" };
    diagnostics
        .error(span, rules::claim::the_server_decides_about_scopes_and_destinations.says(&[&name, &example]));
}
