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
    start_up("every_mistake_is_told_at_once")
        .enforced_by("oauth-core/src/server/configuration_error.rs", "check")
        .proved_by("tests/server/configuration.rs", "every_mistake_is_reported_at_once"),
];
