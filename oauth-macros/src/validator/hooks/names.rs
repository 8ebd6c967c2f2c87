//! The names of hooks.

use super::foreign;
use super::method::Method;
use super::table::{Hook, hooks};
use crate::diagnostics::{Diagnostics, list, nearest};
use crate::rules;

/// A method without an attribute is a hook; a helper of the application's goes elsewhere.
pub(super) fn check_known(method: &Method, diagnostics: &Diagnostics) -> Option<&'static Hook> {
    let name = method.name();
    let known = hooks().find(|hook| hook.name == name);
    if known.is_none() {
        let message = match name.as_str() {
            "generate_access_token" => "a method that makes tokens is marked: write `#[token_generator]` above it".to_owned(),
            "generate_refresh_token" => {
                "a method that makes tokens is marked: write `#[token_generator(refresh)]` above it".to_owned()
            }
            "declared_claims" => {
                "claims are declared by attributes: write `#[claim(\"name\")] fn name(&self, request: &Request) -> …`, or `#[claims]` above a method that returns a struct of them".to_owned()
            }
            _ => unknown_hook(&name),
        };
        diagnostics.error(method.ident.span(), message);
    }
    known
}

fn unknown_hook(name: &str) -> String {
    if let Some(replacement) = replaced(&foreign::snake_case(name)).or_else(|| foreign::replaced(name)) {
        // Its signature is another, too.
        let named = hooks().filter_map(|hook| Some((replacement.find(&format!("`{}`", hook.name))?, hook)));
        let hook = named.min_by_key(|(at, _)| *at).map(|(_, hook)| hook);
        let write = hook.map(|hook| format!("\nwrite `{}`, or `async fn`", hook.signature()));
        return format!("there is no hook `{name}`: {replacement}{}", write.unwrap_or_default());
    }
    let meant = match nearest(name, hooks().map(|hook| hook.name)) {
        Some(meant) => format!("did you mean `{meant}`?"),
        None => "put a helper method into a plain `impl` block, without `#[validator]`".to_owned(),
    };
    let known = list(hooks().map(|hook| hook.name));
    rules::validator::a_hook_has_a_known_name.says(&[&name, &meant, &known])
}

/// Methods of oauthlib's `RequestValidator` that have no namesake here. RFC 6749 §4.1.2: "The client MUST NOT use the
/// authorization code more than once." What looks at a code, and later uses it up, lets two requests through.
fn replaced(name: &str) -> Option<&'static str> {
    match name {
        "validate_code"
        | "confirm_redirect_uri"
        | "invalidate_authorization_code"
        | "get_code_challenge"
        | "get_code_challenge_method" => {
            Some(rules::validator::rfc6749_section_4_1_2_codes_are_redeemed_in_one_step.words)
        }
        "pre_auth" => Some("`pre_authorization` replaces it"),
        "post_auth" => Some("`post_authorization` replaces it"),
        "save_token" => Some("`save_bearer_token` replaces it"),
        "authenticate_client_id" => Some("`authenticate_client` does this for public clients too"),
        "get_id_token" => Some(
            "`finalize_id_token` adds claims, and the server signs the ID token with its `#[id_token]` keys",
        ),
        "get_jwt_bearer_token" => Some("`#[token_generator(jwt, …)]` makes access tokens that are JWTs"),
        "validate_jwt_bearer_token" => Some("`validate_bearer_token` is asked about every access token"),
        "validate_id_token" => {
            Some("ID tokens are for clients: they open no resource (OpenID Connect Core §2)")
        }
        "get_authorization_code_nonce" | "get_authorization_code_scopes" => {
            Some("the code keeps both, and `peek_authorization_code` returns them")
        }
        "get_original_scopes" => Some("`validate_refresh_token` returns them with the token"),
        _ => None,
    }
}
