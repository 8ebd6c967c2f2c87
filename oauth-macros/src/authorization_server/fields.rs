//! The rules of a server's fields.

use syn::Type;

use super::grants::Grants;
use crate::choice::{Choice, check_one, choose};
use crate::diagnostics::Diagnostics;
use crate::item::{Field, Struct};
use crate::rules;

/// One validator decides.
pub(super) fn check_validator<'a>(item: &'a Struct, diagnostics: &Diagnostics) -> Vec<Choice<'a>> {
    let fields = item.with_helper("validator");
    one_validator(&fields, diagnostics);
    require_validator(item, diagnostics);
    choose(fields)
}

fn one_validator(fields: &[&Field], diagnostics: &Diagnostics) {
    check_one(fields, "validator", rules::parts::one_validator_decides.words, diagnostics);
}

fn require_validator(item: &Struct, diagnostics: &Diagnostics) {
    if item.lacks("validator") {
        let name = item.ident();
        let write = match (item.is_tuple(), item.is_unmarked()) {
            (false, _) => "mark one, such as `#[validator] accounts: Accounts`".to_owned(),
            (true, false) => "mark one, such as `#[validator] Accounts`".to_owned(),
            (true, true) => format!(
                "mark the fields, such as `struct {name}(#[validator] Accounts, #[access_token] AccessTokens, #[interaction] LoginPages);`"
            ),
        };
        diagnostics.error_over(name, rules::parts::a_server_has_a_validator.says(&[&write]));
    }
}

/// The bound of a validator of any type: it keeps what the grants and the pages need.
pub(super) fn validator_bound(item: &Struct, grants: &Grants) -> String {
    let has = |name| grants.span(name).is_some();
    let is_pages = |field: &&Field| matches!(&field.ty, Type::Path(ty) if ty.path.segments.last().is_some_and(|last| last.ident == "LoginPages"));
    let has_pages = item.with_helper("interaction").iter().any(is_pages);
    let roles = [
        (has("authorization_code"), "Codes: oauth_core::store::CodeStore"),
        (has("device_code"), "Devices: oauth_core::store::DeviceStore"),
        (has("jwt_bearer"), "ReplayIds: oauth_core::store::ReplayStore"),
        (has_pages || has("password"), "Users: oauth_core::store::UserStore"),
        (has_pages, "Sessions: oauth_core::store::SessionStore"),
        (has_pages, "Consents: oauth_core::store::ConsentStore"),
    ];
    let needed: Vec<_> = roles.iter().filter(|(is_needed, _)| *is_needed).map(|(_, role)| *role).collect();
    let bound = match needed.as_slice() {
        [] => "RequestValidator".to_owned(),
        roles => format!("RequestValidator<{}>", roles.join(", ")),
    };
    if has("token_exchange") { format!("{bound} + oauth_core::grant::TokenExchangePolicy") } else { bound }
}

/// One generator makes the access tokens.
pub(super) fn check_access_token<'a>(item: &'a Struct, diagnostics: &Diagnostics) -> Vec<Choice<'a>> {
    let fields = item.with_helper("access_token");
    check_one(
        &fields,
        "access_token",
        rules::parts::one_generator_makes_the_access_tokens.words,
        diagnostics,
    );
    choose(fields)
}

/// The generator that makes the refresh tokens, and nothing else.
pub(super) fn check_refresh_token<'a>(
    item: &'a Struct,
    grants: &Grants,
    has_preset: bool,
    diagnostics: &Diagnostics,
) -> Vec<Choice<'a>> {
    let fields = item.with_helper("refresh_token");
    one_refresh_token_generator(&fields, diagnostics);
    for field in &fields {
        not_the_access_token_generator(field, diagnostics);
    }
    if !has_preset {
        refresh_tokens_are_issued(&fields, grants, diagnostics);
    }
    choose(fields)
}

fn one_refresh_token_generator(fields: &[&Field], diagnostics: &Diagnostics) {
    check_one(
        fields,
        "refresh_token",
        rules::parts::one_generator_makes_the_refresh_tokens.words,
        diagnostics,
    );
}

/// RFC 6749 §1.5: "Unlike access tokens, refresh tokens are intended for use only with authorization servers and are never sent
/// to resource servers." One that looks like an access token would be taken there.
fn not_the_access_token_generator(field: &Field, diagnostics: &Diagnostics) {
    if let (Some(_), Some(helper)) = (field.helper("access_token"), field.helper("refresh_token")) {
        diagnostics
            .error(helper.span, rules::parts::rfc6749_section_1_5_one_field_does_not_make_both_tokens.words);
    }
}

/// RFC 6749 §6: refresh tokens come with the grant `refresh_token` only. With a preset the field may stand idle, so that one
/// preset can be exchanged for another.
fn refresh_tokens_are_issued(fields: &[&Field], grants: &Grants, diagnostics: &Diagnostics) {
    let is_used = grants.are_unknown() || grants.span("refresh_token").is_some();
    if let (false, Some(helper)) = (is_used, fields.first().and_then(|field| field.helper("refresh_token"))) {
        diagnostics.error(
            helper.span,
            rules::parts::rfc6749_section_6_a_generator_of_refresh_tokens_has_their_grant.words,
        );
    }
}

/// The interaction that asks people, where a grant does.
pub(super) fn check_interaction<'a>(
    item: &'a Struct,
    grants: &Grants,
    diagnostics: &Diagnostics,
) -> Vec<Choice<'a>> {
    let fields = item.with_helper("interaction");
    one_interaction(&fields, diagnostics);
    require_interaction(item, grants, diagnostics);
    interaction_is_used(&fields, grants, diagnostics);
    choose(fields)
}

fn one_interaction(fields: &[&Field], diagnostics: &Diagnostics) {
    check_one(fields, "interaction", rules::parts::one_interaction_asks_people.words, diagnostics);
}

/// RFC 6749 §3.1: the authorization endpoint must "first verify the identity of the resource owner".
fn require_interaction(item: &Struct, grants: &Grants, diagnostics: &Diagnostics) {
    if let (Some((grant, span)), true) =
        (grants.interactive(), item.lacks("interaction") && !item.is_unmarked())
    {
        diagnostics.error(span, rules::parts::rfc6749_section_3_1_people_are_asked.says(&[&grant.name]));
    }
}

/// Pages that nobody would see.
fn interaction_is_used(fields: &[&Field], grants: &Grants, diagnostics: &Diagnostics) {
    let helper = fields.first().and_then(|field| field.helper("interaction"));
    if let (None, Some(helper), false) = (grants.interactive(), helper, grants.are_unknown()) {
        diagnostics.error(helper.span, rules::parts::an_interaction_has_somebody_to_ask.words);
    }
}
