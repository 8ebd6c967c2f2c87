//! The rules of `#[token_generator]`.

use super::{Rule, RuleKind};

const fn error(name: &'static str) -> Rule {
    Rule::new(RuleKind::CompileTime, "token_generator", name)
}

/// Each with the function that enforces it, a mistake that it refuses, and what it accepts.
pub(super) const RULES: &[Rule] = &[
    error("rfc9068_section_2_2_a_signed_token_names_its_issuer")
        .enforced_by("oauth-macros/src/token_generator/check.rs", "check_issuer")
        .refuses(
            "token_generator/issuer",
            "#[token_generator(jwt)]",
            "a `jwt` names its issuer (RFC 9068 §2.2)",
        )
        .accepts("token_generator/formats", r#"#[token_generator(jwt, issuer = ISSUER)]"#),
    error("rfc9068_section_2_1_a_signed_token_has_a_key")
        .enforced_by("oauth-macros/src/token_generator/check.rs", "check_signing_key")
        .refuses("token_generator/literals", "struct NoKey;", "a `jwt` is signed (RFC 9068 §2.1)")
        .accepts("token_generator/formats", "#[signing_key]"),
    error("rfc6750_section_2_1_a_prefix_fits_bearer_tokens")
        .enforced_by("oauth-macros/src/rules/token_prefix.rs", "check")
        .refuses("token_generator/literals", r#"prefix = "acme at ""#, "a bearer token has letters, digits")
        .accepts("token_generator/formats", r#"prefix = "acme_at_""#),
];
