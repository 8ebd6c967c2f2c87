//! The rules of fields.

use super::model::Kind;
use crate::choice::{Choice, check_one, choose};
use crate::diagnostics::Diagnostics;
use crate::item::{Helper, Struct};

/// One client sends the requests to the issuer.
pub(super) fn check_http_client<'a>(item: &'a Struct, diagnostics: &Diagnostics) -> Vec<Choice<'a>> {
    let fields = item.with_helper("http_client");
    check_one(&fields, "http_client", "one client sends the requests; remove this one", diagnostics);
    choose(fields)
}

pub(super) fn check_credentials<'a>(
    item: &'a Struct,
    kind: Option<Kind>,
    diagnostics: &Diagnostics,
) -> Vec<Choice<'a>> {
    check_one_client(item, diagnostics);
    match kind {
        Some(Kind::Introspection) => check_caller_is_known(item, diagnostics),
        Some(Kind::Jwks) => check_keys_are_public(item, diagnostics),
        None => {}
    }
    choose(item.with_helper("credentials"))
}

/// RFC 7662 §2.1: the resource server is one protected resource of the issuer's.
fn check_one_client(item: &Struct, diagnostics: &Diagnostics) {
    let remedy = "one client asks the issuer; remove this one";
    check_one(&item.with_helper("credentials"), "credentials", remedy, diagnostics);
}

/// RFC 7662 §2.1: "the endpoint MUST also require some form of authorization to access this endpoint".
fn check_caller_is_known(item: &Struct, diagnostics: &Diagnostics) {
    if item.lacks("credentials") {
        diagnostics.error_over(
            item.ident(),
            "the introspection endpoint authenticates its callers (RFC 7662 §2.1), and no field has the credentials: add `#[credentials] credentials: Credentials`",
        );
    }
}

/// RFC 7517 §5: a JWK Set is a document; credentials would only be sent about.
fn check_keys_are_public(item: &Struct, diagnostics: &Diagnostics) {
    if let Some(helper) = first(item, "credentials") {
        diagnostics.error(
            helper.span,
            "keys are public (RFC 7517 §5), nobody asks for credentials: remove this field, or validate by `introspection`",
        );
    }
}

pub(super) fn check_decryption_key<'a>(
    item: &'a Struct,
    kind: Option<Kind>,
    diagnostics: &Diagnostics,
) -> Vec<Choice<'a>> {
    check_one_decryption_key(item, diagnostics);
    if kind == Some(Kind::Introspection) {
        check_nothing_to_decrypt(item, diagnostics);
    }
    choose(item.with_helper("decryption_key"))
}

/// RFC 9068 §4: "decrypt it using the keys and algorithms that the resource server specified during registration".
fn check_one_decryption_key(item: &Struct, diagnostics: &Diagnostics) {
    let remedy = "tokens are encrypted to one key; remove this one";
    check_one(&item.with_helper("decryption_key"), "decryption_key", remedy, diagnostics);
}

/// RFC 7662 §2.1: who is asked reads the token.
fn check_nothing_to_decrypt(item: &Struct, diagnostics: &Diagnostics) {
    if let Some(helper) = first(item, "decryption_key") {
        diagnostics.error(
            helper.span,
            "the issuer reads the tokens itself (RFC 7662 §2.1), and nothing is decrypted here: remove this field, or validate by `jwks`",
        );
    }
}

/// Where a field is marked, if one is.
fn first<'a>(item: &'a Struct, helper: &str) -> Option<&'a Helper> {
    item.with_helper(helper).first().and_then(|field| field.helper(helper))
}
