//! The rules of an OpenID provider.

use super::model::IdTokens;
use crate::choice::{Choice, check_one, choose};
use crate::diagnostics::Diagnostics;
use crate::item::{Field, Struct};
use crate::rules;
use crate::scope_list::{self, Scope};

/// The signer of ID tokens: the scope `openid` makes a server an OpenID provider (OpenID Connect Core
/// §3.1.2.1).
pub(super) fn check_id_tokens<'a>(
    item: &'a Struct,
    scopes: &[Scope],
    diagnostics: &Diagnostics,
) -> IdTokens<'a> {
    let fields = item.with_helper("id_token");
    one_signer(&fields, diagnostics);
    let openid = scope_list::find(scopes, "openid");
    match (openid, fields.first().and_then(|field| field.helper("id_token"))) {
        (Some(_), Some(helper)) => IdTokens::Fields { choices: choose(fields), helper: helper.span },
        (Some(openid), None) => IdTokens::AccessTokens(openid.span),
        (None, _) => IdTokens::Absent,
    }
}

fn one_signer(fields: &[&Field], diagnostics: &Diagnostics) {
    check_one(fields, "id_token", rules::openid::one_signer_makes_the_id_tokens.words, diagnostics);
}

/// A field that only an OpenID provider reads: one at most.
pub(super) fn check_openid_field<'a>(
    item: &'a Struct,
    helper: &str,
    diagnostics: &Diagnostics,
) -> Vec<Choice<'a>> {
    let fields = item.with_helper(helper);
    check_one(&fields, helper, rules::openid::a_field_of_openid_is_marked_once.words, diagnostics);
    if fields.is_empty() { Vec::new() } else { choose(fields) }
}
