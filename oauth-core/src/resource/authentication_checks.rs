//! Rules about the logins that a handler requires, evaluated for each handler that is compiled.

use oauth_rules::step_up::{
    self, rfc9470_section_3_a_challenge_names_one_list_of_acr_values, what_asks_for_a_login_has_a_clock,
};

use crate::error::Message;
use crate::scope::RequiredScopes;

/// RFC 9470 §3: a challenge has one list of classes, of which one is enough.
#[track_caller]
pub(super) const fn check_logins_can_be_asked_for<S: RequiredScopes>() {
    let rule = &rfc9470_section_3_a_challenge_names_one_list_of_acr_values;
    if let Some(([one, ..], [another, ..])) = S::AUTHENTICATION.clash() {
        Message::of(rule, &[one, another]).fail();
    }
    let mut acr_values = S::AUTHENTICATION.acceptable_acr_values();
    while let [acr, rest @ ..] = acr_values {
        if let Some(rule) = step_up::broken_by(acr) {
            Message::new(&["the acr `", acr, "` ", rule.words]).fail();
        }
        acr_values = rest;
    }
}

/// Scopes alone do not tell how a person logged in: a check of them that passed over it would be taken for one of both.
#[track_caller]
pub(super) const fn check_no_login_is_asked_for<S: RequiredScopes>() {
    if !S::AUTHENTICATION.are_none() {
        Message::of(&what_asks_for_a_login_has_a_clock, &[]).fail();
    }
}
