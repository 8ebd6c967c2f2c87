//! The rules of `token_endpoint_auth_methods("client_secret_basic", "private_key_jwt")`.

use proc_macro2::Span;

use super::attr::Attr;
use super::endpoints;
use crate::args::Arg;
use crate::diagnostics::{Diagnostics, did_you_mean, list};
use crate::rules;

/// A client authentication method.
#[derive(PartialEq, Eq)]
pub(super) struct AuthMethod {
    /// The registered name of the method.
    pub(super) name: &'static str,
    /// The variant of the run-time crate's `ClientAuthMethod`.
    pub(super) variant: &'static str,
    /// The checks that the compiler makes of the validator.
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

/// Methods that are known, each where it was given.
pub(super) struct AuthMethods {
    pub(super) asked: Vec<(&'static AuthMethod, Span)>,
    /// True if these methods are all, and at least one.
    pub(super) are_all: bool,
}

/// Known methods. What each needs of the validator, the compiler checks.
pub(super) fn check(attr: &Attr, diagnostics: &Diagnostics) -> AuthMethods {
    let mut methods = AuthMethods { asked: Vec::new(), are_all: false };
    let Some(arg) = &attr.token_endpoint_auth_methods else { return methods };
    let Some(args) = arg.list(EXAMPLE, diagnostics) else { return methods };
    methods.are_all = args.is_legible() && !args.is_empty();
    if args.is_empty() {
        reject_empty(arg, diagnostics);
    }
    for arg in args {
        arg.bare(diagnostics);
        match known(&arg, diagnostics) {
            Some(method) => methods.asked.push((method, arg.span)),
            None => methods.are_all = false,
        }
    }
    methods
}

/// Then nobody could authenticate.
fn reject_empty(arg: &Arg, diagnostics: &Diagnostics) {
    diagnostics.error(arg.span, rules::parts::rfc6749_section_2_3_clients_can_authenticate.says(&[&EXAMPLE]));
}

/// RFC 8414 §2: the values are those registered by RFC 7591 §2 and OpenID Connect Core §9.
fn known(arg: &Arg, diagnostics: &Diagnostics) -> Option<&'static AuthMethod> {
    let names = || METHODS.iter().map(|method| method.name);
    let method = METHODS.iter().find(|method| method.name == arg.name);
    match method {
        None => {
            let (meant, names) = (did_you_mean(&arg.name, names()), list(names()));
            let rule = &rules::parts::rfc7591_section_2_a_client_authentication_method_is_a_known_one;
            diagnostics.error(arg.span, rule.says(&[&arg.name, &meant, &names]));
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

/// Tells whether `endpoints(…)` has `name = off`.
pub(super) fn is_off(attr: &Attr, name: &str) -> bool {
    let quiet = Diagnostics::new();
    let endpoint = attr.endpoints.as_ref().and_then(|arg| arg.list("", &quiet)?.take(name, &quiet));
    let is_off = endpoint.is_some_and(|arg| endpoints::is_off(&arg).is_some());
    // What is wrong there is told there.
    drop(quiet.into_tokens());
    is_off
}
