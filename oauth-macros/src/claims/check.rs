//! The rules of `#[derive(Claims)]`.

use syn::spanned::Spanned as _;
use syn::{Data, DeriveInput, Fields, FieldsNamed};

use super::model::{ClaimField, ValidatedClaims};
use super::{attr, serde};
use crate::args::Text;
use crate::diagnostics::Diagnostics;
use crate::krate::Krate;
use crate::rules;

/// `None`: this has no fields that could be claims.
pub(super) fn check<'a>(
    input: &'a DeriveInput,
    krate: Krate,
    diagnostics: &Diagnostics,
) -> Option<ValidatedClaims<'a>> {
    check_owned(input, diagnostics);
    let named = check_struct(input, diagnostics)?;
    serde::check(input, named, diagnostics);
    let mut fields: Vec<ClaimField<'a>> = Vec::new();
    for field in &named.named {
        let Some(ident) = &field.ident else { continue };
        let Some(name) = attr::claim_name(field, ident, diagnostics) else { continue };
        check_name(&name, diagnostics);
        check_is_new(&name, &fields, diagnostics);
        fields.push(ClaimField { ident, ty: &field.ty, name });
    }
    Some(ValidatedClaims { input, krate, fields })
}

/// Checks that the item is a struct: what is one of several is the value of a claim, and no set of them.
fn check_struct<'a>(input: &'a DeriveInput, diagnostics: &Diagnostics) -> Option<&'a FieldsNamed> {
    let (what, span) = match &input.data {
        Data::Struct(data) => return check_fields(input, &data.fields, diagnostics),
        Data::Enum(data) => ("an enum", data.enum_token.span()),
        Data::Union(data) => ("a union", data.union_token.span()),
    };
    diagnostics.error(span, rules::claim::a_set_of_claims_is_a_struct.says(&[&what]));
    None
}

fn check_fields<'a>(
    input: &DeriveInput,
    fields: &'a Fields,
    diagnostics: &Diagnostics,
) -> Option<&'a FieldsNamed> {
    check_has_fields(input, fields, diagnostics);
    check_fields_have_names(input, fields, diagnostics);
    match fields {
        Fields::Named(fields) => Some(fields),
        Fields::Unnamed(_) | Fields::Unit => None,
    }
}

/// Refuses a struct without fields: for a token without private claims there is `()`.
fn check_has_fields(input: &DeriveInput, fields: &Fields, diagnostics: &Diagnostics) {
    if fields.is_empty() {
        let name = &input.ident;
        diagnostics.error_over(name, rules::claim::a_set_of_claims_is_not_empty.says(&[&name]));
    }
}

/// RFC 7519 §4: each member of the claims set is "a Claim Name and a Claim Value".
fn check_fields_have_names(input: &DeriveInput, fields: &Fields, diagnostics: &Diagnostics) {
    if matches!(fields, Fields::Unnamed(_)) && !fields.is_empty() {
        let name = &input.ident;
        diagnostics
            .error_over(fields, rules::claim::rfc7519_section_4_each_field_names_its_claim.says(&[&name]));
    }
}

/// Refuses lifetimes: what is read from a token outlives the request that brought it.
fn check_owned(input: &DeriveInput, diagnostics: &Diagnostics) {
    for parameter in input.generics.lifetimes() {
        diagnostics
            .error_over(parameter, rules::claim::claims_outlive_the_request_that_they_are_read_from.words);
    }
}

/// RFC 7519 §4.1, RFC 9068 §2.2, RFC 7662 §2.2: what the framework says itself, a handler reads from the token.
fn check_name(name: &Text, diagnostics: &Diagnostics) {
    let Err(reason) = rules::claim::check(&name.value) else { return };
    let accessor = match name.value.as_str() {
        "iss" => "token.issuer()",
        "sub" => "token.subject()",
        "client_id" => "token.client_id()",
        "scope" => "token.scopes()",
        "exp" => "token.expires_at()",
        "auth_time" => "token.auth_time()",
        "acr" => "token.acr()",
        "nbf" | "iat" | "jti" | "cnf" => &format!("token.claims().get(\"{}\")", name.value),
        _ => "",
    };
    let hint = if accessor.is_empty() {
        String::new()
    } else {
        format!("\na handler reads it without a field: `{accessor}`")
    };
    diagnostics.error(name.span, format!("the claim `{}` {reason}{hint}", name.value));
}

/// RFC 7519 §4: "The Claim Names within a JWT Claims Set MUST be unique".
fn check_is_new(name: &Text, earlier: &[ClaimField<'_>], diagnostics: &Diagnostics) {
    if let Some(other) = earlier.iter().find(|field| field.name.value == name.value) {
        diagnostics.error(
            name.span,
            rules::claim::rfc7519_section_4_the_claims_of_a_struct_have_different_names
                .says(&[&name.value, &other.ident]),
        );
    }
}
