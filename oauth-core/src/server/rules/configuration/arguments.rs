//! The rules of how an argument is written, the same in every macro.

use super::{Rule, RuleKind};

const fn error(name: &'static str) -> Rule {
    Rule::new(RuleKind::CompileTime, "authorization_server", name)
}

/// Each with the function that enforces it, a mistake that it refuses, and what it accepts.
pub(super) const RULES: &[Rule] = &[
    error("an_argument_with_a_value_has_one")
        .enforced_by("oauth-macros/src/args.rs", "assigned")
        .refuses("authorization_server/profiles", "profile(openid)", "`profile` needs a value")
        .accepts("authorization_server/rules", "profile = \"oauth2.0\""),
    error("an_argument_of_text_is_a_string_literal")
        .enforced_by("oauth-macros/src/args.rs", "text")
        .refuses(
            "authorization_server/endpoints",
            "introspection = true",
            "the value of `introspection` must be a string",
        )
        .accepts("authorization_server/rules", "issuer = \"https://auth.example.com\""),
    error("an_argument_of_several_is_a_list")
        .enforced_by("oauth-macros/src/args.rs", "list")
        .refuses(
            "authorization_server/client_authentication",
            "token_endpoint_auth_methods = \"client_secret_basic\"",
            "`token_endpoint_auth_methods` is a list",
        )
        .accepts("authorization_server/rules", "token_endpoint_auth_methods(\"none\")"),
    error("an_argument_that_is_a_flag_has_no_value")
        .enforced_by("oauth-macros/src/args.rs", "bare")
        .refuses(
            "authorization_server/arguments",
            "danger_pkce_optional = true",
            "`danger_pkce_optional` takes no value",
        )
        .accepts("authorization_server/rules", "danger_pkce_optional"),
];
