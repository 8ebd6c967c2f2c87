//! The rules of an OpenID provider.

use super::attr::Attr;
use super::model::IdTokens;
use crate::choice::{Choice, check_one, choose};
use crate::diagnostics::Diagnostics;
use crate::item::Struct;
use crate::literal::{Seconds, lifetime};
use crate::scope_list::{self, Scope};

/// The scope `openid` makes a server an OpenID provider (OpenID Connect Core §3.1.2.1), and something must sign its ID
/// tokens (§2).
pub(super) fn check_id_tokens<'a>(
    item: &'a Struct,
    scopes: &[Scope],
    diagnostics: &Diagnostics,
) -> IdTokens<'a> {
    let fields = item.with_helper("id_token");
    check_one(&fields, "id_token", "one signer makes the ID tokens; remove this one", diagnostics);
    let openid = scope_list::find(scopes, "openid");
    match (openid, fields.first().and_then(|field| field.helper("id_token"))) {
        (Some(_), Some(_)) => IdTokens::Fields(choose(fields)),
        (Some(openid), None) => {
            if item.lacks("access_token") {
                diagnostics.error(
                    openid.span,
                    "nothing signs the ID tokens that `openid` asks for (OpenID Connect Core §2)\n\
                     add `#[id_token] id_tokens: KeyRing`, or `#[access_token]` with a `#[token_generator(jwt, …)]`, whose keys sign both",
                );
            }
            IdTokens::AccessTokens(openid.span)
        }
        (None, Some(helper)) => {
            diagnostics.error(
                helper.span,
                "the server issues no ID tokens: add `\"openid\"` to `scopes(…)` (OpenID Connect Core §3.1.2.1), or remove this field",
            );
            IdTokens::Absent
        }
        (None, None) => IdTokens::Absent,
    }
}

/// A field that only an OpenID provider reads: one at most.
pub(super) fn check_openid_field<'a>(
    item: &'a Struct,
    helper: &str,
    does: &str,
    id_tokens: &IdTokens<'_>,
    diagnostics: &Diagnostics,
) -> Vec<Choice<'a>> {
    let fields = item.with_helper(helper);
    check_one(&fields, helper, "the server has one; remove this one", diagnostics);
    if let (IdTokens::Absent, Some(helper)) =
        (id_tokens, fields.first().and_then(|field| field.helper(helper)))
    {
        diagnostics.error(
            helper.span,
            format!(
                "only an OpenID provider {does}: add `\"openid\"` to `scopes(…)` (OpenID Connect Core \
                 §3.1.2.1), or remove this field"
            ),
        );
    }
    if fields.is_empty() { Vec::new() } else { choose(fields) }
}

/// An ID token says that someone has just logged in: it is looked at once.
pub(super) fn check_id_token_lifetime(
    attr: &Attr,
    id_tokens: &IdTokens<'_>,
    diagnostics: &Diagnostics,
) -> Option<Seconds> {
    const DAY: (&str, u64) = (
        "it says that someone has just logged in (OpenID Connect Core §2); write a day (`24h`) at most",
        86_400,
    );
    let arg = attr.id_token_lifetime.as_ref()?;
    if matches!(id_tokens, IdTokens::Absent) && !attr.attempted.contains("scopes") {
        diagnostics.error(
            arg.span,
            "`id_token_lifetime` has no effect, for the server issues no ID tokens: add `\"openid\"` to `scopes(…)`, or remove this",
        );
    }
    lifetime(arg, "10m", DAY, diagnostics)
}
