//! The hooks of a validator, and what asks them.

use oauth_rules::hook::{
    Hook, OF_A_CUSTOM_VALIDATOR, OF_A_PLAIN_VALIDATOR, a_hook_is_asked_by_its_server,
    constants_and_hooks_of_a_validator_agree, rfc7523_section_3_assertions_are_verified_by_a_hook,
    rfc7591_section_3_initial_access_tokens_are_known_to_a_hook,
};
use oauth_rules::{Feature, Rule};

use crate::client::ClientAuthMethod;
use crate::frame::{AuthorizationServer, ListedEndpoint};
use crate::server::asking::{features_that_ask, has_endpoints_from_outside, judged_hooks};
use crate::validator::{Hooks, RequestValidator};

pub(super) fn check<S: AuthorizationServer>(
    server: &S,
    endpoints: &[(&'static str, ListedEndpoint<S>)],
    outside: &[ClientAuthMethod],
    mistakes: &mut Vec<String>,
) {
    let contradictions = contradictions::<S::Validator>();
    if contradictions.is_empty() {
        mistakes.extend(nothing_asks(server, endpoints, outside));
    }
    mistakes.extend(contradictions);
    let needed: [(_, _, &Rule); 2] = [
        (
            Feature::JwtBearer,
            Hook::VALIDATE_JWT_BEARER_TOKEN,
            &rfc7523_section_3_assertions_are_verified_by_a_hook,
        ),
        (
            Feature::InitialAccessTokens,
            Hook::VALIDATE_INITIAL_ACCESS_TOKEN,
            &rfc7591_section_3_initial_access_tokens_are_known_to_a_hook,
        ),
    ];
    let features = const { features_that_ask::<S>() };
    // That a store keeps the identifiers of assertions, the types of a server by hand say.
    let missing = needed.iter().filter(|(feature, ..)| features.has(*feature));
    mistakes.extend(missing.filter_map(|(_, hook, rule)| Some(rule.says(&[&place_for::<S>(*hook)?]))));
}

/// The constants that say something else of a hook than `HOOKS`, which only a validator by hand can have. Generators may be asked in
/// vain, so that of one which is among `HOOKS` nothing follows.
fn contradictions<V: RequestValidator>() -> Vec<String> {
    if !matches!(V::HOOKS, Hooks::These(_)) {
        return Vec::new();
    }
    let constants = [
        ("GENERATES_ACCESS_TOKENS", V::GENERATES_ACCESS_TOKENS, Hook::GENERATE_ACCESS_TOKEN),
        ("GENERATES_REFRESH_TOKENS", V::GENERATES_REFRESH_TOKENS, Hook::GENERATE_REFRESH_TOKEN),
        ("KNOWS_CLIENT_SECRETS", V::KNOWS_CLIENT_SECRETS, Hook::GET_CLIENT_SECRET),
        ("DECIDES_ROTATION", V::DECIDES_ROTATION, Hook::ROTATE_REFRESH_TOKEN),
    ];
    let found = constants.iter().filter(|(_, is_true, hook)| *is_true && !V::HOOKS.has(*hook));
    let found =
        found.map(|(name, _, hook)| constants_and_hooks_of_a_validator_agree.says(&[name, &hook.name]));
    found.collect()
}

/// A hook that nothing asks never runs. An endpoint of the application's own may ask any; a way of its own to authenticate clients may
/// want their secrets.
fn nothing_asks<S: AuthorizationServer>(
    server: &S,
    endpoints: &[(&'static str, ListedEndpoint<S>)],
    outside: &[ClientAuthMethod],
) -> Vec<String> {
    if has_endpoints_from_outside(server, endpoints) {
        return Vec::new();
    }
    let features = const { features_that_ask::<S>() };
    let features = features.with(Feature::ClientSecretJwt, !outside.is_empty());
    let idle = const { judged_hooks::<S>() }.iter().filter(|hook| !hook.is_asked(features));
    idle.map(|hook| a_hook_is_asked_by_its_server.says(&[&hook.name, &hook.asks])).collect()
}

/// The place for a hook that is missing; `None`: it is there, or nobody knows.
fn place_for<S: AuthorizationServer>(hook: Hook) -> Option<&'static str> {
    match S::Validator::HOOKS {
        Hooks::Plain => Some(OF_A_PLAIN_VALIDATOR),
        Hooks::These(hooks) => (!hook.is_in(hooks)).then_some(OF_A_CUSTOM_VALIDATOR),
        Hooks::Unsaid => None,
    }
}
