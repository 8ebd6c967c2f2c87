//! The rules of `#[authorization_server]`: scopes, and the claims that are tied to them.

use super::error;
use crate::server::rules::Rule;

/// Each with what enforces it, a mistake that it refuses, and what it accepts.
pub(in super::super) const RULES: &[Rule] = &[
    error("rfc6749_section_3_3_a_scope_is_not_empty")
        .enforced_by("oauth-macros/src/rules/scope.rs", "is_not_empty")
        .refuses(
            "authorization_server/arguments",
            r#""pro file", """#,
            "is empty: a scope has at least one character",
        )
        .accepts("authorization_server/rules", r#"scopes("openid", "profile" = "See your name""#),
    error("rfc6749_section_3_3_a_scope_is_one_word")
        .enforced_by("oauth-macros/src/rules/scope.rs", "is_one_word")
        .refuses(
            "authorization_server/arguments",
            r#""pro file""#,
            "has a space, which separates scopes (RFC 6749 §3.3)",
        )
        .accepts("authorization_server/rules", r#"scopes("openid", "profile" = "See your name""#),
    error("rfc6749_section_3_3_a_scope_is_a_scope_token")
        .enforced_by("oauth-macros/src/rules/scope.rs", "has_characters_of_scopes")
        .refuses("authorization_server/arguments", r#""caf\u{e9}""#, "RFC 6749 §3.3 allows printable ASCII")
        .accepts("authorization_server/rules", r#"scopes("openid", "profile" = "See your name""#),
    error("a_scope_is_a_string_or_a_type")
        .enforced_by("oauth-macros/src/scope_list.rs", "scope_name")
        .refuses("authorization_server/scopes", "calendar, ,", "a scope is a string or a `#[scope]` type")
        .accepts("authorization_server/rules", r#"scopes("openid", "profile" = "See your name", Calendar"#),
    error("a_scope_is_declared_once")
        .enforced_by("oauth-macros/src/scope_list.rs", "check_once")
        .refuses("authorization_server/scopes", r#""x", "x""#, "the scope `x` is given twice")
        .accepts("authorization_server/rules", r#"scopes("openid", "profile" = "See your name", Calendar"#),
    error("a_type_and_a_string_are_not_one_scope")
        .enforced_by("oauth-core/src/__private/checks.rs", "check_scopes_differ")
        .refuses(
            "authorization_server/scopes",
            r#"scopes(Calendar, "calendar")"#,
            "the scope `calendar` is given twice, once as a type",
        )
        .accepts("authorization_server/rules", r#"scopes("openid", "profile" = "See your name", Calendar"#),
    error("a_list_of_scopes_is_not_empty")
        .enforced_by("oauth-macros/src/authorization_server/scopes.rs", "reject_empty")
        .refuses("authorization_server/scopes", "scopes(), default_scopes()", "`scopes()` is empty")
        .accepts("authorization_server/rules", r#"default_scopes("profile")"#),
    error("a_description_says_something")
        .enforced_by("oauth-macros/src/scope_list.rs", "check_description")
        .refuses("authorization_server/arguments", r#""mail" = """#, "the description is empty")
        .accepts("authorization_server/rules", r#""profile" = "See your name""#),
    error("a_scope_type_has_one_description")
        .enforced_by("oauth-macros/src/scope_list.rs", "reject_description_of_type")
        .refuses(
            "authorization_server/scopes",
            r#"Mail = "Read your mail""#,
            "stands in its own `#[scope(…)]`",
        )
        .accepts("authorization_server/rules", r#""profile" = "See your name", Calendar"#),
    error("rfc6749_section_3_3_default_scopes_are_declared")
        .enforced_by("oauth-macros/src/authorization_server/scopes.rs", "is_declared")
        .refuses(
            "authorization_server/arguments",
            r#"default_scopes("profil""#,
            "is not among `scopes(…)` (RFC 6749 §3.3)",
        )
        .accepts("authorization_server/rules", r#"default_scopes("profile")"#),
    error("rfc6749_section_3_3_default_scopes_that_are_types_are_declared")
        .enforced_by("oauth-core/src/__private/checks.rs", "check_default_scopes")
        .refuses(
            "authorization_server/scopes",
            "default_scopes(Mail)",
            "the default scope `mail` is not among `scopes(…)`",
        )
        .accepts("authorization_server/rules", r#"default_scopes("profile")"#),
    error("oidc_core_section_11_offline_access_needs_refresh_tokens")
        .enforced_by("oauth-macros/src/authorization_server/scopes.rs", "check_offline_access")
        .refuses(
            "authorization_server/arguments",
            r#"scopes("offline_access")"#,
            "`offline_access` asks for a refresh token",
        )
        .accepts("authorization_server/servers", r#"scopes("profile", "offline_access")"#),
    error("oidc_core_section_11_offline_access_as_a_type_needs_refresh_tokens")
        .enforced_by("oauth-core/src/__private/checks.rs", "check_offline_access")
        .refuses(
            "authorization_server/scopes",
            "scopes(Offline)",
            "the scope `offline_access` asks for a refresh token",
        )
        .accepts("authorization_server/rules", "Calendar, Offline)"),
    error("oidc_core_section_3_1_2_1_openid_is_written_where_the_macro_sees_it")
        .enforced_by("oauth-core/src/__private/checks.rs", "check_openid_is_text")
        .refuses("authorization_server/scopes", "scopes(OpenId)", r#"write it as the string `"openid"`"#)
        .accepts("authorization_server/rules", r#"scopes("openid""#),
    error("a_claim_has_a_scope_that_can_be_granted")
        .enforced_by("oauth-core/src/__private/checks.rs", "check_claim_scopes")
        .refuses(
            "authorization_server/agreement",
            r#"#[claim("tenant", scope = "profile")]"#,
            "which this server does not declare",
        )
        .accepts("authorization_server/rules", r#"#[claim("tenant", scope = "profile""#),
    error("oidc_core_section_5_3_a_claim_of_people_has_an_openid_provider")
        .enforced_by("oauth-core/src/__private/checks.rs", "check_claim_destinations")
        .refuses(
            "authorization_server/claim_destinations",
            r#"#[claim("tenant", to(id_token))]"#,
            "goes to ID tokens or userinfo responses",
        )
        .accepts("authorization_server/rules", "to(access_token, id_token))]"),
];
