//! Rules about the scopes of a handler, evaluated for each handler that is compiled.

use super::message::Message;
use crate::resource::TokenValidator;
use crate::scope::RequiredScopes;

/// RFC 6749 §3.3: scopes are "defined by the authorization server". A token cannot have one that nobody declares, so that a
/// handler that needs it would never run.
#[track_caller]
pub const fn check_scopes_are_declared<S: RequiredScopes, V: TokenValidator>() {
    let Some(declared) = V::SCOPES else { return };
    if let Some(name) = S::NAMED.undeclared(declared) {
        Message::new(&[
            "a handler asks for the scope `",
            name,
            "`, and its server declares neither it nor an alternative, so that no token could open the handler (RFC 6749 §3.3): \
             add the scope to `scopes(…)` of the `#[resource_server]`, or of the `#[authorization_server]` where both are one program",
        ])
        .fail();
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
        Message::new(&[
            "a handler asks for the scope `",
            wanted.name,
            "` of a type that says \"",
            wanted_words,
            "\", and its server tells people \"",
            words,
            "\", who would have allowed something else (RFC 6749 §3.3): declare that type in `scopes(…)`, or give one of \
             them a scope of its own",
        ])
        .fail();
    }
}
