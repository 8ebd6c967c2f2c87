//! The rules of fields.

use super::model::Kind;
use crate::choice::{Choice, check_one, choose};
use crate::diagnostics::Diagnostics;
use crate::helpers::Helper;
use crate::item::Struct;
use crate::rules;

/// One client sends the requests to the issuer.
pub(super) fn check_http_client<'a>(item: &'a Struct, diagnostics: &Diagnostics) -> Vec<Choice<'a>> {
    let fields = item.with_helper("http_client");
    check_one(&fields, "http_client", rules::resource::one_client_sends_the_requests.words, diagnostics);
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
    let remedy = rules::resource::rfc7662_section_2_1_introspection_has_one_client.words;
    check_one(&item.with_helper("credentials"), "credentials", remedy, diagnostics);
}

/// RFC 7662 §2.1: "the endpoint MUST also require some form of authorization to access this endpoint".
fn check_caller_is_known(item: &Struct, diagnostics: &Diagnostics) {
    if item.lacks("credentials") {
        diagnostics.error_over(
            item.ident(),
            rules::resource::rfc7662_section_2_1_introspection_has_credentials.words,
        );
    }
}

/// RFC 7517 §5: a JWK Set is a document; credentials would only be sent about.
fn check_keys_are_public(item: &Struct, diagnostics: &Diagnostics) {
    if let Some(helper) = first(item, "credentials") {
        diagnostics.error(helper.span, rules::resource::rfc7517_section_5_keys_are_public.words);
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
    let remedy = rules::resource::rfc9068_section_4_tokens_are_encrypted_to_one_key.words;
    check_one(&item.with_helper("decryption_key"), "decryption_key", remedy, diagnostics);
}

/// RFC 7662 §2.1: who is asked reads the token.
fn check_nothing_to_decrypt(item: &Struct, diagnostics: &Diagnostics) {
    if let Some(helper) = first(item, "decryption_key") {
        diagnostics
            .error(helper.span, rules::resource::rfc7662_section_2_1_introspection_decrypts_nothing.words);
    }
}

/// The place where a field is marked, if one is.
fn first<'a>(item: &'a Struct, helper: &str) -> Option<&'a Helper> {
    item.with_helper(helper).first().and_then(|field| field.helper(helper))
}
