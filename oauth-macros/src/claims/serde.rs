//! `#[serde(…)]` on a struct of claims. The claims are written field by field, and serde is asked for the value of each only:
//! what it would leave out, rename or spread is in the token all the same.

use quote::ToTokens as _;
use syn::punctuated::Punctuated;
use syn::spanned::Spanned as _;
use syn::{Attribute, DeriveInput, Expr, ExprLit, Field, FieldsNamed, Ident, Lit, Meta, Token, Type};

use crate::diagnostics::Diagnostics;
use crate::rules::claim;

/// The options that say nothing of the value, on the struct and on a field.
const HARMLESS: [&str; 6] = ["bound", "borrow", "crate", "deny_unknown_fields", "expecting", "rename"];

/// Checks what a struct of claims says to serde, which is not asked.
pub(super) fn check(input: &DeriveInput, fields: &FieldsNamed, diagnostics: &Diagnostics) {
    let is_named = fields.named.iter().all(has_name);
    for option in options(&input.attrs) {
        check_struct(&option, is_named, diagnostics);
    }
    for field in &fields.named {
        let Some(ident) = &field.ident else { continue };
        for option in options(&field.attrs) {
            check_field(&option, ident, field, diagnostics);
        }
    }
}

/// RFC 7519 §4: a claims set is a flat object, whose members the fields name.
fn check_struct(option: &Meta, is_named: bool, diagnostics: &Diagnostics) {
    let name = name_of(option);
    let remedy = match name.as_str() {
        name if HARMLESS.contains(&name) => return,
        "rename_all" if is_named => return,
        "rename_all" => "the claims would be called as the fields are; name each with `#[claim(\"…\")]`",
        "default" => {
            "a token without one of the claims would be refused all the same; make the fields that may be absent an `Option`"
        }
        _ => {
            "the claims would be the fields of this struct all the same; write those that are meant, and remove this"
        }
    };
    let rule = &claim::rfc7519_section_4_serde_is_not_told_what_the_claims_are;
    diagnostics.error(option.path().span(), rule.says(&[&name, &remedy]));
}

/// Refuses some options: what serde would leave out of JSON, such as the hash of a password, would be in every
/// access token.
fn check_field(option: &Meta, ident: &Ident, field: &Field, diagnostics: &Diagnostics) {
    let name = name_of(option);
    let remedy = match name.as_str() {
        "rename" if has_name(field) => return,
        "rename" => match text(option) {
            Some(renamed) => format!("the claim would be `{ident}`; name it with `#[claim({renamed:?})]`"),
            None => format!("the claim would be `{ident}`; name it with `#[claim(\"…\")]`"),
        },
        name if HARMLESS.contains(&name) => return,
        // An `Option` that is `None` is no claim, and a claim that is absent is `None`.
        "skip_serializing_if" if is_option(&field.ty) && leaves_out_none(option) => return,
        "default" if is_option(&field.ty) && matches!(option, Meta::Path(_)) => return,
        "skip" | "skip_serializing" | "skip_deserializing" => {
            format!("`{ident}` would be in every token all the same; move the field out of this struct")
        }
        "skip_serializing_if" => {
            format!("`{ident}` would be in every token; make the field an `Option`, whose `None` is no claim")
        }
        "default" => format!(
            "a token without `{ident}` would be refused all the same; make the field an `Option`, without this"
        ),
        "flatten" => {
            format!("`{ident}` would be one claim with the others in it; write the fields of that type here")
        }
        "alias" => format!("the claim would be `{ident}` alone; name it with `#[claim(\"…\")]`"),
        _ => format!("`{ident}` would be what its type says; give it a type that is written as you mean it"),
    };
    let rule = &claim::serde_is_not_told_to_leave_a_claim_out;
    diagnostics.error(option.path().span(), rule.says(&[&name, &remedy]));
}

/// The options of all `#[serde(…)]`. Those that serde does not understand either, it reports.
fn options(attrs: &[Attribute]) -> impl Iterator<Item = Meta> {
    let lists = attrs
        .iter()
        .filter(|attr| attr.path().is_ident("serde"))
        .filter_map(|attr| attr.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated).ok());
    lists.flatten()
}

fn name_of(option: &Meta) -> String {
    option.path().to_token_stream().to_string()
}

/// Tells whether the user says what the claim of the field is called.
fn has_name(field: &Field) -> bool {
    field.attrs.iter().any(|attr| attr.path().is_ident("claim"))
}

/// The text of `name = "text"`.
fn text(option: &Meta) -> Option<String> {
    match option {
        Meta::NameValue(pair) => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        Meta::Path(_) | Meta::List(_) => None,
    }
}

fn leaves_out_none(option: &Meta) -> bool {
    text(option).is_some_and(|path| path.ends_with("Option::is_none"))
}

fn is_option(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Option"))
}
