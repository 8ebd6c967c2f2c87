//! The rules of `#[authorization_server]`.

use super::{Rule, RuleKind};

const fn error(name: &'static str) -> Rule {
    Rule::new(RuleKind::CompileTime, "authorization_server", name)
}

/// Each with the function that enforces it, a mistake that it refuses, and what it accepts.
pub(super) const RULES: &[Rule] = &[
    error("rfc6749_section_3_3_a_scope_is_a_scope_token")
        .enforced_by("oauth-macros/src/rules/scope.rs", "check")
        .refuses(
            "authorization_server/arguments",
            r#""pro file""#,
            "has a space, which separates scopes (RFC 6749 §3.3)",
        )
        .accepts("authorization_server/servers", "scopes(\"profile\""),
    error("rfc9700_section_2_4_passwords_are_not_for_clients")
        .enforced_by("oauth-macros/src/authorization_server/profile/mod.rs", "no_password_grant")
        .refuses(
            "authorization_server/profiles",
            "grants(implicit, password)",
            "must not be used (RFC 9700 §2.4)",
        )
        .accepts("authorization_server/servers", "grants("),
];
