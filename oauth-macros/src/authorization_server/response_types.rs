//! The rules of `response_types("code", "code id_token")`.

use proc_macro2::Span;

use super::attr::Attr;
use super::grants::Grants;
use super::model::ResponseTypeName;
use crate::args::Arg;
use crate::diagnostics::{Diagnostics, did_you_mean, list};
use crate::scope_list::{self, Scope};

/// `code`, `token` and `id_token` in any combination (Multiple Response Types §3 and §5), or `none` (§4).
const RESPONSE_TYPES: [ResponseTypeName; 8] = [
    ResponseTypeName { name: "code", constant: "CODE" },
    ResponseTypeName { name: "token", constant: "TOKEN" },
    ResponseTypeName { name: "id_token", constant: "ID_TOKEN" },
    ResponseTypeName { name: "id_token token", constant: "ID_TOKEN_TOKEN" },
    ResponseTypeName { name: "code id_token", constant: "CODE_ID_TOKEN" },
    ResponseTypeName { name: "code token", constant: "CODE_TOKEN" },
    ResponseTypeName { name: "code id_token token", constant: "CODE_ID_TOKEN_TOKEN" },
    ResponseTypeName { name: "none", constant: "NONE" },
];

type ResponseTypes = Vec<(&'static ResponseTypeName, Span)>;

const EXAMPLE: &str = "\"code\", \"code id_token\"";

/// Known response types, each once, with what each of their words needs; and of each grant what it is asked for by.
pub(super) fn check(
    attr: &Attr,
    grants: &Grants,
    scopes: &[Scope],
    diagnostics: &Diagnostics,
) -> ResponseTypes {
    let mut response_types = ResponseTypes::new();
    let Some(arg) = &attr.response_types else { return response_types };
    let Some(args) = arg.list(EXAMPLE, diagnostics) else { return response_types };
    let mut all_known = args.is_legible() && !args.is_empty();
    if args.is_empty() {
        reject_empty(arg, diagnostics);
    }
    let is_openid = scope_list::find(scopes, "openid").is_some() || attr.attempted.contains("scopes");
    for arg in args {
        arg.bare(diagnostics);
        let Some(response_type) = known(&arg, diagnostics) else {
            all_known = false;
            continue;
        };
        if is_repeated(response_type, &arg, &response_types, diagnostics) {
            continue;
        }
        let (name, span) = (response_type.name, arg.span);
        // Grants with a mistake are not there: nothing is judged by them.
        if !grants.is_empty()
            && !check_code(name, span, grants, diagnostics)
            && !check_token(name, span, grants, diagnostics)
        {
            check_authorization_endpoint(name, span, grants, diagnostics);
        }
        if !is_openid {
            check_id_token(name, span, diagnostics);
        }
        response_types.push((response_type, arg.span));
    }
    if all_known {
        let named: Vec<_> = response_types.iter().map(|(known, _)| known.name).collect();
        check_code_grant(&named, grants, diagnostics);
        check_implicit_grant(&named, grants, diagnostics);
    }
    response_types
}

/// Whether one of the words of a response type is this (Multiple Response Types §3).
fn has(name: &str, word: &str) -> bool {
    name.split(' ').any(|part| part == word)
}

fn reject_empty(arg: &Arg, diagnostics: &Diagnostics) {
    diagnostics.error(
        arg.span,
        format!("`response_types()` is empty, so the authorization endpoint would answer nothing: write `response_types({EXAMPLE})`, or remove it for all that the grants make up"),
    );
}

/// RFC 6749 §3.1.1: "the order of values does not matter".
fn known(arg: &Arg, diagnostics: &Diagnostics) -> Option<&'static ResponseTypeName> {
    let words = |name: &str| {
        let mut words: Vec<_> = name.split(' ').map(str::to_owned).collect();
        words.sort_unstable();
        words
    };
    let found = RESPONSE_TYPES.iter().find(|known| words(known.name) == words(&arg.name));
    match found {
        None => {
            let names = || RESPONSE_TYPES.iter().map(|known| known.name);
            let (meant, names) = (did_you_mean(&arg.name, names()), list(names()));
            diagnostics.error(
                arg.span,
                format!("there is no response type `{}`{meant}\nthe response types are {names}", arg.name),
            );
        }
        Some(found) if !arg.is_string => {
            let name = found.name;
            diagnostics.error(arg.span, format!("a response type is a string: write `\"{name}\"`"));
        }
        Some(_) => {}
    }
    found
}

fn is_repeated(
    response_type: &ResponseTypeName,
    arg: &Arg,
    earlier: &ResponseTypes,
    diagnostics: &Diagnostics,
) -> bool {
    let is_repeated = earlier.iter().any(|(known, _)| *known == response_type);
    if is_repeated {
        diagnostics
            .error(arg.span, format!("the response type `{}` is given twice: keep one", response_type.name));
    }
    is_repeated
}

/// RFC 6749 §4.1. Whether there was an error, as of the next.
fn check_code(name: &str, span: Span, grants: &Grants, diagnostics: &Diagnostics) -> bool {
    let lacks_grant = has(name, "code") && grants.span("authorization_code").is_none();
    if lacks_grant {
        diagnostics.error(
            span,
            format!("the response type `{name}` yields a code (RFC 6749 §4.1): add the grant `authorization_code`, or remove this"),
        );
    }
    lacks_grant
}

/// RFC 6749 §4.2.
fn check_token(name: &str, span: Span, grants: &Grants, diagnostics: &Diagnostics) -> bool {
    let lacks_grant = has(name, "token") && grants.span("implicit").is_none();
    if lacks_grant {
        diagnostics.error(
            span,
            format!("the response type `{name}` puts an access token into a URL (RFC 6749 §4.2): remove this, or add the grant `implicit` and `profile = \"oauth2.0\"`"),
        );
    }
    lacks_grant
}

/// RFC 6749 §3.1.1.
fn check_authorization_endpoint(name: &str, span: Span, grants: &Grants, diagnostics: &Diagnostics) {
    if !grants.use_authorization_endpoint() {
        diagnostics.error(
            span,
            format!("the response type `{name}` is one of the authorization endpoint (RFC 6749 §3.1.1), which no grant here uses: add `authorization_code`, or remove this"),
        );
    }
}

/// OpenID Connect Core §3.2.2.1.
fn check_id_token(name: &str, span: Span, diagnostics: &Diagnostics) {
    if has(name, "id_token") {
        diagnostics.error(
            span,
            format!("the response type `{name}` yields an ID token (OpenID Connect Core §3.2.2.1): add `\"openid\"` to `scopes(…)`, or remove this"),
        );
    }
}

/// RFC 6749 §4.1.1: `response_type` "MUST be set to "code"", or to one with it: else nobody gets a code.
fn check_code_grant(response_types: &[&str], grants: &Grants, diagnostics: &Diagnostics) {
    let is_served = response_types.iter().any(|name| has(name, "code"));
    if let (false, Some(grant)) = (is_served, grants.span("authorization_code")) {
        diagnostics.error(
            grant,
            "no response type of `response_types(…)` yields a code, so that nobody can use the grant `authorization_code` (RFC 6749 §4.1.1): add `\"code\"` there, or remove the grant",
        );
    }
}

/// RFC 6749 §4.2.1: `response_type` "MUST be set to "token"", or to one with it or with `id_token`: else nothing comes back.
fn check_implicit_grant(response_types: &[&str], grants: &Grants, diagnostics: &Diagnostics) {
    let is_served = response_types.iter().any(|name| has(name, "token") || has(name, "id_token"));
    if let (false, Some(grant)) = (is_served, grants.span("implicit")) {
        diagnostics.error(
            grant,
            "no response type of `response_types(…)` yields a token, so that nobody can use the grant `implicit` (RFC 6749 §4.2.1): add `\"token\"` there, or remove the grant",
        );
    }
}
