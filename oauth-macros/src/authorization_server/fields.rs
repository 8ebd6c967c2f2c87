//! The rules of a server's fields.

use super::grants::Grants;
use crate::choice::{Choice, check_one, choose};
use crate::diagnostics::Diagnostics;
use crate::item::Struct;

/// One validator decides.
pub(super) fn check_validator<'a>(item: &'a Struct, diagnostics: &Diagnostics) -> Vec<Choice<'a>> {
    let fields = item.with_helper("validator");
    check_one(&fields, "validator", "one validator decides; remove this one", diagnostics);
    if item.lacks("validator") {
        diagnostics.error_over(
            item.ident(),
            "no field is the validator, which knows clients and tokens: mark one, such as `#[validator] accounts: Accounts`",
        );
    }
    choose(fields)
}

pub(super) fn check_access_token<'a>(item: &'a Struct, diagnostics: &Diagnostics) -> Vec<Choice<'a>> {
    let fields = item.with_helper("access_token");
    check_one(&fields, "access_token", "one generator makes the access tokens; remove this one", diagnostics);
    choose(fields)
}

/// Refresh tokens come with the grant `refresh_token` only. With a preset the field may stand idle, so that one preset
/// can be exchanged for another.
pub(super) fn check_refresh_token<'a>(
    item: &'a Struct,
    grants: &Grants,
    has_preset: bool,
    diagnostics: &Diagnostics,
) -> Vec<Choice<'a>> {
    let fields = item.with_helper("refresh_token");
    check_one(
        &fields,
        "refresh_token",
        "one generator makes the refresh tokens; remove this one",
        diagnostics,
    );
    let is_used = has_preset || grants.is_empty() || grants.span("refresh_token").is_some();
    if let (false, Some(helper)) = (is_used, fields.first().and_then(|field| field.helper("refresh_token"))) {
        diagnostics.error(
            helper.span,
            "no grant issues refresh tokens (RFC 6749 §6): add `refresh_token` to `grants(…)`, or remove this field",
        );
    }
    choose(fields)
}

/// RFC 6749 §3.1: the authorization endpoint must "first verify the identity of the resource owner"; a grant that uses
/// it needs an interaction, and nothing else does.
pub(super) fn check_interaction<'a>(
    item: &'a Struct,
    grants: &Grants,
    diagnostics: &Diagnostics,
) -> Vec<Choice<'a>> {
    let fields = item.with_helper("interaction");
    check_one(&fields, "interaction", "one interaction asks people; remove this one", diagnostics);
    let interactive = grants.interactive();
    let helper = fields.first().and_then(|field| field.helper("interaction"));
    match (interactive, helper) {
        (Some((grant, span)), None) if item.lacks("interaction") && !item.is_unmarked() => diagnostics.error(
            span,
            format!(
                "the grant `{}` asks a person to log in and to agree (RFC 6749 §3.1), and no field does that\n\
                 add `#[interaction] pages: LoginPages`, or a type of your own that implements `Interaction`",
                grant.name
            ),
        ),
        (None, Some(helper)) if !grants.is_empty() => diagnostics.error(
            helper.span,
            "no grant asks people: add `authorization_code` to `grants(…)`, or remove this field",
        ),
        _ => {}
    }
    choose(fields)
}
