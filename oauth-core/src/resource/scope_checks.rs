//! Rules about the scopes of a handler, evaluated for each handler that is compiled.

use oauth_rules::claim::{
    rfc6749_section_3_3_a_handler_asks_for_scopes_that_its_server_declares,
    rfc6749_section_3_3_a_handler_means_what_people_allowed,
};

use super::TokenValidator;
use crate::error::Message;
use crate::scope::RequiredScopes;

/// RFC 6749 §3.3: scopes are "defined by the authorization server". A token cannot have one that nobody declares, so that a
/// handler that needs it would never run.
#[track_caller]
pub const fn check_scopes_are_declared<S: RequiredScopes, V: TokenValidator>() {
    let Some(declared) = V::SCOPES else { return };
    let rule = &rfc6749_section_3_3_a_handler_asks_for_scopes_that_its_server_declares;
    if let Some(name) = S::NAMED.undeclared(declared) {
        Message::of(rule, &[name]).fail();
    }
}

/// RFC 6749 §3.3: what a person allowed is what the server's words said. A handler with other words for the scope would do
/// what nobody was asked for.
#[track_caller]
pub const fn check_scopes_are_described_alike<S: RequiredScopes, V: TokenValidator>() {
    let Some(declared) = V::SCOPES else { return };
    if let Some((wanted, other)) = S::NAMED.described_otherwise(declared)
        && let (Some(wanted_words), Some(words)) = (wanted.description, other.description)
    {
        let rule = &rfc6749_section_3_3_a_handler_means_what_people_allowed;
        Message::of(rule, &[wanted.name, wanted_words, words]).fail();
    }
}
