//! The rules that only a run can check, and those of servers written by hand.

use super::{Rule, RuleKind};

const fn start_up(name: &'static str) -> Rule {
    Rule::new(RuleKind::StartUp, "start_up", name)
}

/// Each with the function that enforces it, and a test.
pub(super) const RULES: &[Rule] = &[
    start_up("rfc8414_section_2_an_issuer_from_the_environment_keeps_the_same_rules")
        .enforced_by("oauth-core/src/server/prepared.rs", "check_issuers")
        .proved_by("tests/server/configuration.rs", "rfc8414_section_2_what_an_issuer_may_be"),
    start_up("exceptions_of_a_server_by_hand_have_a_rule_and_a_reason")
        .enforced_by("oauth-core/src/server/exception.rs", "check_named")
        .proved_by("tests/server/exceptions.rs", "an_exception_to_no_rule_or_without_a_reason_is_a_mistake"),
    start_up("a_server_answers_for_token_generators_that_are_type_parameters")
        .enforced_by("oauth-core/src/server/exception.rs", "check_denied")
        .proved_by("tests/server/exceptions.rs", "a_server_refuses_what_it_denies_of_its_token_generators"),
    start_up("every_mistake_is_told_at_once")
        .enforced_by("oauth-core/src/server/configuration_error.rs", "check")
        .proved_by("tests/server/configuration.rs", "every_mistake_is_reported_at_once"),
];
