//! Rules about the hooks of a validator and the parts of its server that ask them, evaluated while the user's crate compiles.

use oauth_rules::Rule;
use oauth_rules::hook::{
    self, Hook, OF_A_CUSTOM_VALIDATOR, OF_A_PLAIN_VALIDATOR, a_hook_is_asked_by_its_server,
};
use oauth_rules::text::first_line;

use crate::error::Message;
use crate::frame::AuthorizationServer;
use crate::server::asking::{features_that_ask, judged_hooks};
use crate::store::StoreRoles;
use crate::validator::{Hooks, RequestValidator};

/// The bytes that are kept for what to do, below the hooks.
const ADVICE: usize = 512;

/// A hook that nothing asks never runs. Each has a line, and all of them have one advice.
#[track_caller]
pub const fn check_hooks_are_asked<S: AuthorizationServer>() {
    let features = features_that_ask::<S>();
    let (what, instead) = first_line(a_hook_is_asked_by_its_server.words);
    let (mut message, mut are_more) = (Message::new(&[]), false);
    let mut hooks = judged_hooks::<S>();
    while let [hook, rest @ ..] = hooks {
        if !hook.is_asked(features) {
            if message.has_room(ADVICE) {
                message.add(what, &[hook.name, hook.asks]);
            } else {
                are_more = true;
            }
        }
        hooks = rest;
    }
    if message.is_empty() {
        return;
    }
    if are_more {
        message.add("and other hooks likewise", &[]);
    }
    message.add(instead, &[]);
    message.fail();
}

/// RFC 7523 §3: "The JWT MUST be digitally signed or have a Message Authentication Code (MAC) applied by the issuer. The authorization server
/// MUST reject JWTs with an invalid signature or MAC." Whose they are, the application knows.
#[track_caller]
pub const fn check_assertions_are_verified<S: AuthorizationServer>() {
    // Without a store, that is told.
    if !<S::Validator as StoreRoles>::KEEPS_REPLAY_IDS {
        return;
    }
    let rule = &hook::rfc7523_section_3_assertions_are_verified_by_a_hook;
    check_is_there::<S>(Hook::VALIDATE_JWT_BEARER_TOKEN, rule);
}

/// RFC 7591 §3: the initial access token is "intended to be provisioned out of band".
#[track_caller]
pub const fn check_initial_access_tokens_are_known<S: AuthorizationServer>() {
    let rule = &hook::rfc7591_section_3_initial_access_tokens_are_known_to_a_hook;
    check_is_there::<S>(Hook::VALIDATE_INITIAL_ACCESS_TOKEN, rule);
}

#[track_caller]
const fn check_is_there<S: AuthorizationServer>(hook: Hook, rule: &Rule) {
    let place = match <S::Validator as RequestValidator>::HOOKS {
        Hooks::Plain => OF_A_PLAIN_VALIDATOR,
        Hooks::These(hooks) if !hook.is_in(hooks) => OF_A_CUSTOM_VALIDATOR,
        Hooks::These(_) | Hooks::Unsaid => return,
    };
    Message::of(rule, &[place]).fail();
}
