//! What is advised against, under the names that `allow` and `deny` take, and the rules of these two.

use super::{Rule, RuleKind};
use crate::server::Feature;

const OF_GENERATORS: &str = "oauth-macros/src/token_generator/lints.rs";
const OF_SERVERS: &str = "oauth-macros/src/authorization_server/lints.rs";
const OF_RESOURCES: &str = "oauth-macros/src/resource_server/lints.rs";
const DECISIONS: &str = "oauth-macros/src/lints/decisions.rs";

/// A warning of the compiler.
const fn warning(subject: &'static str, file: &'static str, name: &'static str) -> Rule {
    Rule::new(RuleKind::Warning, subject, name).enforced_by(file, name)
}

/// Silent, for the configuration names it; an error where it is denied.
const fn by_name(subject: &'static str, file: &'static str, name: &'static str) -> Rule {
    Rule::new(RuleKind::Danger, subject, name).enforced_by(file, name)
}

const fn error(name: &'static str) -> Rule {
    Rule::new(RuleKind::CompileTime, "decisions", name)
}

/// Each with the function that finds it, and what it says.
pub(super) const RULES: &[Rule] = &[
    warning("token_generator", OF_GENERATORS, "long_lived_access_tokens")
        .stated_by("RFC 6750 §5.3")
        .refuses(
            "lints/warnings",
            r#"expires_in = "1d1s""#,
            "use of deprecated macro `long_lived_access_tokens`",
        )
        .accepts("lints/decisions", r#"expires_in = "1d""#),
    warning("token_generator", OF_GENERATORS, "hmac_access_tokens")
        .stated_by("RFC 9068 §2.1")
        .refuses("lints/warnings", r#"algorithm = "HS512""#, "use of deprecated macro `hmac_access_tokens`")
        .accepts("token_generator/formats", r#"algorithm = "ES256""#),
    warning("authorization_server", OF_SERVERS, "long_lived_refresh_tokens")
        .stated_by("RFC 9700 §4.14.2")
        .needs(&[Feature::RefreshToken])
        .refuses(
            "lints/warnings",
            r#"refresh_token_lifetime = "366d""#,
            "use of deprecated macro `long_lived_refresh_tokens`",
        )
        .accepts("authorization_server/servers", r#"refresh_token_lifetime = "90d""#),
    warning("authorization_server", OF_SERVERS, "irrevocable_refresh_tokens")
        .stated_by("RFC 7009 §2")
        .needs(&[Feature::RefreshToken])
        .refuses(
            "lints/warnings",
            "endpoints(revocation = off)",
            "use of deprecated macro `irrevocable_refresh_tokens`",
        )
        .accepts(
            "lints/decisions",
            r#"allow(irrevocable_refresh_tokens, reason = "televisions have no log-out")"#,
        ),
    by_name("authorization_server", OF_SERVERS, "implicit_grant")
        .stated_by("RFC 9700 §2.1.2")
        .refuses("lints/denied", "deny(implicit_grant)", "access tokens travel in URLs")
        .accepts("lints/decisions", "allow(implicit_grant,"),
    by_name("authorization_server", OF_SERVERS, "password_grant")
        .stated_by("RFC 9700 §2.4")
        .refuses(
            "lints/denied",
            "password, refresh_token), deny(rfc9700),",
            "clients get to see people's passwords",
        )
        .accepts("lints/decisions", "password_grant,"),
    by_name("authorization_server", OF_SERVERS, "danger_pkce_optional")
        .stated_by("RFC 9700 §2.1.1")
        .needs(&[Feature::AuthorizationCode])
        .refuses(
            "lints/denied",
            "danger_pkce_optional, deny(danger_pkce_optional)",
            "a confidential client may go without PKCE",
        )
        .accepts("authorization_server/servers", "danger_pkce_optional,"),
    by_name("resource_server", OF_RESOURCES, "body_token")
        .stated_by("RFC 6750 §2.2")
        .refuses("lints/denied", "body_token, deny(rfc6750)", "access tokens are read from forms")
        .accepts("resource_server/servers", "body_token,"),
    by_name("resource_server", OF_RESOURCES, "danger_query_token")
        .stated_by("RFC 9700 §4.3.2, RFC 6750 §2.3")
        .refuses(
            "lints/denied",
            "danger_query_token, deny(danger_query_token)",
            "access tokens are read from URLs",
        )
        .accepts("resource_server/servers", "danger_query_token,"),
    by_name("resource_server", OF_RESOURCES, "danger_typ_jwt")
        .stated_by("RFC 9068 §4, RFC 8725 §3.11")
        .refuses("lints/denied", "danger_typ_jwt, deny(rfc9068)", "tokens of the type `JWT` pass")
        .accepts("resource_server/servers", "danger_typ_jwt,"),
    by_name("resource_server", OF_RESOURCES, "danger_absent_audience")
        .stated_by("RFC 9700 §2.3")
        .refuses(
            "lints/denied",
            "danger_absent_audience, deny(danger_absent_audience)",
            "a token that names no audience passes",
        )
        .accepts("resource_server/servers", "danger_absent_audience,"),
    error("an_exception_has_its_reason")
        .enforced_by(DECISIONS, "check_reason")
        .refuses("lints/allow", "allow(long_lived_access_tokens))", "an exception needs its reason")
        .accepts("lints/decisions", r#"reason = "televisions""#),
    error("an_exception_is_to_a_rule_that_is_advice")
        .enforced_by(DECISIONS, "allowable")
        .refuses("lints/allow", "allow(long_live_access_tokens", "did you mean `long_lived_access_tokens`?")
        .accepts("lints/decisions", "allow(long_lived_refresh_tokens,"),
    error("an_exception_is_for_something_that_is_done")
        .enforced_by(DECISIONS, "check_exceptions_are_needed")
        .refuses(
            "lints/allow",
            r#"expires_in = "1d", allow(long_lived_access_tokens"#,
            "an exception for nothing misleads",
        )
        .accepts("lints/decisions", r#"expires_in = "30d""#),
    error("what_is_denied_is_a_rule_or_a_document")
        .enforced_by(DECISIONS, "deniable")
        .refuses("lints/deny", "deny(rfc6570)", "did you mean `rfc6750`?")
        .accepts("lints/decisions", "deny(rfc6750, rfc9068, warnings)"),
    error("a_server_answers_for_its_token_generators")
        .enforced_by("oauth-core/src/__private/checks.rs", "check_denied")
        .refuses(
            "lints/denied_generators",
            "deny(rfc9700, rfc6750, rfc9068)",
            "name the decision in `#[token_generator(…)]` of `Monthly`",
        )
        .accepts("lints/decisions", "deny(rfc9700, rfc7009, rfc6750, warnings)"),
];
