//! The rules of `#[authorization_server]`: response types.

use super::error;
use crate::server::rules::Rule;

/// Each with what enforces it, a mistake that it refuses, and what it accepts.
pub(in super::super) const RULES: &[Rule] = &[
    error("rfc6749_section_3_1_1_a_response_type_is_a_known_one")
        .enforced_by("oauth-macros/src/authorization_server/response_types.rs", "known")
        .refuses("authorization_server/response_types", r#""cod""#, "did you mean `code`?")
        .accepts("authorization_server/rules", r#"response_types("code", "none")"#),
    error("a_response_type_is_given_once")
        .enforced_by("oauth-macros/src/authorization_server/response_types.rs", "is_repeated")
        .refuses(
            "authorization_server/response_types",
            r#""code", code"#,
            "the response type `code` is given twice",
        )
        .accepts("authorization_server/rules", r#"response_types("code", "none")"#),
    error("a_list_of_response_types_is_not_empty")
        .enforced_by("oauth-macros/src/authorization_server/response_types.rs", "reject_empty")
        .refuses("authorization_server/response_types", "response_types()", "`response_types()` is empty")
        .accepts("authorization_server/rules", r#"response_types("code", "none")"#),
    error("rfc6749_section_4_1_the_response_type_code_has_its_grant")
        .enforced_by("oauth-macros/src/authorization_server/response_types.rs", "check_code")
        .refuses(
            "authorization_server/response_types",
            r#"response_types("code", "none")"#,
            "the response type `code` yields a code (RFC 6749 §4.1)",
        )
        .accepts("authorization_server/rules", r#"response_types("code", "none")"#),
    error("rfc6749_section_4_2_the_response_type_token_has_its_grant")
        .enforced_by("oauth-macros/src/authorization_server/response_types.rs", "check_token")
        .refuses(
            "authorization_server/response_types",
            r#""code token""#,
            "puts an access token into a URL (RFC 6749 §4.2)",
        )
        .accepts("authorization_server/rules", r#"response_types("code", "token")"#),
    error("rfc6749_section_3_1_1_the_response_type_none_has_its_endpoint")
        .enforced_by(
            "oauth-macros/src/authorization_server/response_types.rs",
            "check_authorization_endpoint",
        )
        .refuses(
            "authorization_server/response_types",
            r#"response_types("code", "none")"#,
            "the response type `none` is one of the authorization endpoint",
        )
        .accepts("authorization_server/rules", r#"response_types("code", "none")"#),
    error("oidc_core_section_3_2_2_1_the_response_type_id_token_has_its_provider")
        .enforced_by("oauth-macros/src/authorization_server/response_types.rs", "check_id_token")
        .refuses(
            "authorization_server/response_types",
            r#""id_token code""#,
            "yields an ID token (OpenID Connect Core §3.2.2.1)",
        )
        .accepts(
            "authorization_server/openid_provider",
            r#"response_types("code", "id_token code", "none")"#,
        ),
    error("rfc6749_section_4_1_1_the_grant_authorization_code_has_a_response_type")
        .enforced_by("oauth-macros/src/authorization_server/response_types.rs", "check_code_grant")
        .refuses(
            "authorization_server/response_types",
            r#"response_types("none")"#,
            "yields a code, so that nobody can use the grant `authorization_code`",
        )
        .accepts("authorization_server/rules", r#"response_types("code", "none")"#),
    error("rfc6749_section_4_2_1_the_grant_implicit_has_a_response_type")
        .enforced_by("oauth-macros/src/authorization_server/response_types.rs", "check_implicit_grant")
        .refuses(
            "authorization_server/response_types",
            r#"response_types("code")"#,
            "yields a token, so that nobody can use the grant `implicit`",
        )
        .accepts("authorization_server/rules", r#"response_types("code", "token")"#),
];
