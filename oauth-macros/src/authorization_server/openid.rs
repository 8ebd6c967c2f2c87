//! The rules of an OpenID provider.

use super::attr::Attr;
use super::model::IdTokens;
use crate::args::{Arg, Text};
use crate::choice::{Choice, check_one, choose};
use crate::diagnostics::Diagnostics;
use crate::item::{Field, Helper, Struct};
use crate::literal::{Seconds, lifetime};
use crate::scope_list::{self, Scope};

/// What signs ID tokens: the scope `openid` makes a server an OpenID provider (OpenID Connect Core §3.1.2.1).
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
        (Some(openid), None) => {
            require_signer(item, openid, diagnostics);
            IdTokens::AccessTokens(openid.span)
        }
        (None, Some(helper)) => {
            id_tokens_are_issued(helper, diagnostics);
            IdTokens::Absent
        }
        (None, None) => IdTokens::Absent,
    }
}

fn one_signer(fields: &[&Field], diagnostics: &Diagnostics) {
    check_one(fields, "id_token", "one signer makes the ID tokens; remove this one", diagnostics);
}

/// OpenID Connect Core §2: "ID Tokens MUST be signed using JWS".
fn require_signer(item: &Struct, openid: &Text, diagnostics: &Diagnostics) {
    if item.lacks("access_token") {
        diagnostics.error(
            openid.span,
            "nothing signs the ID tokens that `openid` asks for (OpenID Connect Core §2)\n\
             add `#[id_token] id_tokens: KeyRing` with a key for RS256 (§15.1), or `#[access_token]` with a `#[token_generator(jwt, …)]`, whose keys, RS256 among them, sign both",
        );
    }
}

/// OpenID Connect Core §3.1.2.1: without the scope, nobody can ask for one.
fn id_tokens_are_issued(helper: &Helper, diagnostics: &Diagnostics) {
    diagnostics.error(
        helper.span,
        "the server issues no ID tokens: add `\"openid\"` to `scopes(…)` (OpenID Connect Core §3.1.2.1), or remove this field",
    );
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
    one_openid_field(&fields, helper, diagnostics);
    if let (IdTokens::Absent, Some(helper)) =
        (id_tokens, fields.first().and_then(|field| field.helper(helper)))
    {
        field_is_read(helper, does, diagnostics);
    }
    if fields.is_empty() { Vec::new() } else { choose(fields) }
}

fn one_openid_field(fields: &[&Field], helper: &str, diagnostics: &Diagnostics) {
    check_one(fields, helper, "the server has one; remove this one", diagnostics);
}

/// OpenID Connect Core §8.1, Back-Channel Logout §2.
fn field_is_read(helper: &Helper, does: &str, diagnostics: &Diagnostics) {
    diagnostics.error(
        helper.span,
        format!(
            "only an OpenID provider {does}: add `\"openid\"` to `scopes(…)` (OpenID Connect Core \
             §3.1.2.1), or remove this field"
        ),
    );
}

pub(super) fn check_id_token_lifetime(
    attr: &Attr,
    id_tokens: &IdTokens<'_>,
    diagnostics: &Diagnostics,
) -> Option<Seconds> {
    let arg = attr.id_token_lifetime.as_ref()?;
    if matches!(id_tokens, IdTokens::Absent) && !attr.attempted.contains("scopes") {
        id_token_lifetime_is_used(arg, diagnostics);
    }
    short_lived(arg, diagnostics)
}

fn id_token_lifetime_is_used(arg: &Arg, diagnostics: &Diagnostics) {
    diagnostics.error(
        arg.span,
        "`id_token_lifetime` has no effect, for the server issues no ID tokens: add `\"openid\"` to `scopes(…)`, or remove this",
    );
}

/// OpenID Connect Core §2: an ID token says that someone has just logged in, and is looked at once.
fn short_lived(arg: &Arg, diagnostics: &Diagnostics) -> Option<Seconds> {
    const DAY: (&str, u64) = (
        "it says that someone has just logged in (OpenID Connect Core §2); write a day (`24h`) at most",
        86_400,
    );
    lifetime(arg, "10m", DAY, diagnostics)
}
