//! The rules of `token_endpoint_auth_methods("client_secret_basic", "private_key_jwt")`.

use proc_macro2::Span;

use super::attr::Attr;
use super::endpoints;
use super::grants::Grants;
use crate::args::Arg;
use crate::diagnostics::{Diagnostics, did_you_mean, list};

/// A client authentication method.
#[derive(PartialEq, Eq)]
pub(super) struct AuthMethod {
    /// Its registered name.
    pub(super) name: &'static str,
    /// The variant of the run-time crate's `ClientAuthMethod`.
    pub(super) variant: &'static str,
    /// What the compiler checks of the validator.
    pub(super) checks: &'static [&'static str],
}

/// RFC 7591 §2 and OpenID Connect Core §9.
const METHODS: [AuthMethod; 5] = [
    AuthMethod { name: "client_secret_basic", variant: "ClientSecretBasic", checks: &[] },
    AuthMethod { name: "client_secret_post", variant: "ClientSecretPost", checks: &[] },
    AuthMethod {
        name: "client_secret_jwt",
        variant: "ClientSecretJwt",
        checks: &["check_replay_ids_are_kept", "check_client_secrets_are_known"],
    },
    AuthMethod { name: "private_key_jwt", variant: "PrivateKeyJwt", checks: &["check_replay_ids_are_kept"] },
    AuthMethod { name: "none", variant: "None", checks: &[] },
];

const EXAMPLE: &str = "\"client_secret_basic\", \"private_key_jwt\"";

pub(super) type AuthMethods = Vec<(&'static AuthMethod, Span)>;

/// Known methods, each once, with which the clients of every grant can authenticate. What each needs of the validator, the
/// compiler checks.
pub(super) fn check(attr: &Attr, grants: &Grants, diagnostics: &Diagnostics) -> AuthMethods {
    let mut methods = AuthMethods::new();
    let Some(arg) = &attr.token_endpoint_auth_methods else { return methods };
    let Some(args) = arg.list(EXAMPLE, diagnostics) else { return methods };
    let mut all_known = args.is_legible();
    if args.is_empty() {
        reject_empty(arg, diagnostics);
        all_known = false;
    }
    for arg in args {
        arg.bare(diagnostics);
        let Some(method) = known(&arg, diagnostics) else {
            all_known = false;
            continue;
        };
        if is_repeated(method, &arg, &methods, diagnostics) {
            continue;
        }
        methods.push((method, arg.span));
    }
    if all_known && methods.iter().all(|(method, _)| method.name == "none") {
        let span = methods.first().map_or(arg.span, |(_, span)| *span);
        let is_told = check_client_credentials(span, grants, diagnostics);
        if !is_told && !is_off(attr, "introspection") {
            reject_introspection(span, diagnostics);
        }
    }
    methods
}

/// Then nobody could authenticate.
fn reject_empty(arg: &Arg, diagnostics: &Diagnostics) {
    diagnostics.error(
        arg.span,
        format!(
            "`token_endpoint_auth_methods()` is empty, so no client could authenticate (RFC 6749 §2.3): write \
             `token_endpoint_auth_methods({EXAMPLE})`, or remove it for all that the validator can check"
        ),
    );
}

/// RFC 8414 §2: the values are those registered by RFC 7591 §2 and OpenID Connect Core §9.
fn known(arg: &Arg, diagnostics: &Diagnostics) -> Option<&'static AuthMethod> {
    let names = || METHODS.iter().map(|method| method.name);
    let method = METHODS.iter().find(|method| method.name == arg.name);
    match method {
        None => {
            let (meant, names) = (did_you_mean(&arg.name, names()), list(names()));
            diagnostics.error(
                arg.span,
                format!(
                    "there is no client authentication method `{}` (RFC 7591 §2){meant}\nthe methods are {names}, the last for \
                     public clients",
                    arg.name
                ),
            );
        }
        Some(method) if !arg.is_string => {
            let name = method.name;
            diagnostics
                .error(arg.span, format!("a client authentication method is a string: write `\"{name}\"`"));
        }
        Some(_) => {}
    }
    method
}

fn is_repeated(method: &AuthMethod, arg: &Arg, earlier: &AuthMethods, diagnostics: &Diagnostics) -> bool {
    let is_repeated = earlier.iter().any(|(known, _)| *known == method);
    if is_repeated {
        diagnostics.error(
            arg.span,
            format!("the client authentication method `{}` is given twice: keep one", method.name),
        );
    }
    is_repeated
}

/// RFC 6749 §4.4: "The client credentials grant type MUST only be used by confidential clients."
fn check_client_credentials(none: Span, grants: &Grants, diagnostics: &Diagnostics) -> bool {
    let is_offered = grants.span("client_credentials").is_some();
    if is_offered {
        diagnostics.error(
            none,
            "the grant `client_credentials` is for clients that authenticate (RFC 6749 §4.4), and with `none` alone nobody does: \
             add `\"client_secret_basic\"` or `\"private_key_jwt\"`, or remove the grant",
        );
    }
    is_offered
}

/// RFC 7662 §2.1: "the endpoint MUST also require some form of authorization to access this endpoint".
fn reject_introspection(none: Span, diagnostics: &Diagnostics) {
    diagnostics.error(
        none,
        "the introspection endpoint answers only those who authenticate (RFC 7662 §2.1), and with `none` alone nobody does: add \
         `endpoints(introspection = off)`, or another method here",
    );
}

/// Whether `endpoints(…)` has `name = off`.
fn is_off(attr: &Attr, name: &str) -> bool {
    let quiet = Diagnostics::new();
    let endpoint = attr.endpoints.as_ref().and_then(|arg| arg.list("", &quiet)?.take(name, &quiet));
    let is_off = endpoint.is_some_and(|arg| endpoints::is_off(&arg).is_some());
    // What is wrong there is told there.
    drop(quiet.into_tokens());
    is_off
}
