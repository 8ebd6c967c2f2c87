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

/// Known response types, each once, with what each of their words needs.
pub(super) fn check(
    attr: &Attr,
    grants: &Grants,
    scopes: &[Scope],
    diagnostics: &Diagnostics,
) -> ResponseTypes {
    const EXAMPLE: &str = "\"code\", \"code id_token\"";
    let mut response_types = ResponseTypes::new();
    let Some(arg) = &attr.response_types else { return response_types };
    let Some(args) = arg.list(EXAMPLE, diagnostics) else { return response_types };
    if args.is_empty() {
        diagnostics.error(
            arg.span,
            format!("`response_types()` is empty, so the authorization endpoint would answer nothing: write `response_types({EXAMPLE})`, or remove it for all that the grants make up"),
        );
    }
    let is_openid = scope_list::find(scopes, "openid").is_some() || attr.attempted.contains("scopes");
    for arg in args {
        arg.bare(diagnostics);
        let Some(response_type) = known(&arg, diagnostics) else { continue };
        if !arg.is_string {
            let name = response_type.name;
            diagnostics.error(arg.span, format!("a response type is a string: write `\"{name}\"`"));
        }
        if response_types.iter().any(|(earlier, _)| *earlier == response_type) {
            diagnostics.error(
                arg.span,
                format!("the response type `{}` is given twice: keep one", response_type.name),
            );
            continue;
        }
        check_needs(response_type, arg.span, grants, is_openid, diagnostics);
        response_types.push((response_type, arg.span));
    }
    response_types
}

/// RFC 6749 §3.1.1: "the order of values does not matter".
fn known(arg: &Arg, diagnostics: &Diagnostics) -> Option<&'static ResponseTypeName> {
    let words = |name: &str| {
        let mut words: Vec<_> = name.split(' ').map(str::to_owned).collect();
        words.sort_unstable();
        words
    };
    let found = RESPONSE_TYPES.iter().find(|known| words(known.name) == words(&arg.name));
    if found.is_none() {
        let names = || RESPONSE_TYPES.iter().map(|known| known.name);
        let (meant, names) = (did_you_mean(&arg.name, names()), list(names()));
        diagnostics.error(
            arg.span,
            format!("there is no response type `{}`{meant}\nthe response types are {names}", arg.name),
        );
    }
    found
}

fn check_needs(
    response_type: &ResponseTypeName,
    span: Span,
    grants: &Grants,
    is_openid: bool,
    diagnostics: &Diagnostics,
) {
    let name = response_type.name;
    let has = |word| name.split(' ').any(|part| part == word);
    // Grants with a mistake are not there: nothing is judged by them.
    if !grants.is_empty() {
        if has("code") && grants.span("authorization_code").is_none() {
            diagnostics.error(
                span,
                format!("the response type `{name}` yields a code (RFC 6749 §4.1): add the grant `authorization_code`, or remove this"),
            );
        } else if has("token") && grants.span("implicit").is_none() {
            diagnostics.error(
                span,
                format!("the response type `{name}` puts an access token into a URL (RFC 6749 §4.2): remove this, or add the grant `implicit` and `profile = \"oauth2.0\"`"),
            );
        } else if !grants.use_authorization_endpoint() {
            diagnostics.error(
                span,
                format!("the response type `{name}` is one of the authorization endpoint, which no grant here uses: add `authorization_code`, or remove this"),
            );
        }
    }
    if has("id_token") && !is_openid {
        diagnostics.error(
            span,
            format!("the response type `{name}` yields an ID token (OpenID Connect Core §3.2.2.1): add `\"openid\"` to `scopes(…)`, or remove this"),
        );
    }
}
