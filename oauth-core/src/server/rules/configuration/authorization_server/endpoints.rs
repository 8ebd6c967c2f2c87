//! The rules of `#[authorization_server]`: paths.

use super::error;
use crate::server::rules::Rule;

/// Each with what enforces it, a mistake that it refuses, and what it accepts.
pub(in super::super) const RULES: &[Rule] = &[
    error("a_path_is_no_url")
        .enforced_by("oauth-macros/src/rules/endpoint_path.rs", "is_no_url")
        .refuses(
            "authorization_server/endpoints",
            r#"revocation = "https://auth.example.com/revoke""#,
            "is a whole URL: write its path alone",
        )
        .accepts("authorization_server/rules", r#"token = "/oauth/token""#),
    error("rfc3986_section_3_3_a_path_begins_with_a_slash")
        .enforced_by("oauth-macros/src/rules/endpoint_path.rs", "starts_with_a_slash")
        .refuses("authorization_server/endpoints", r#"token = "token""#, "is relative: write `/token`")
        .accepts("authorization_server/rules", r#"token = "/oauth/token""#),
    error("rfc6749_section_3_2_a_path_has_no_query_and_no_fragment")
        .enforced_by("oauth-macros/src/rules/endpoint_path.rs", "has_no_query_and_no_fragment")
        .refuses(
            "authorization_server/endpoints",
            r#"token = "/token?tenant=1""#,
            "has a query or a fragment",
        )
        .accepts("authorization_server/rules", r#"token = "/oauth/token""#),
    error("rfc8615_section_3_paths_are_not_well_known_names")
        .enforced_by("oauth-macros/src/rules/endpoint_path.rs", "is_not_well_known")
        .refuses(
            "authorization_server/endpoints",
            r#"introspection = "/.well-known/introspect""#,
            "whose names are registered with IANA (RFC 8615 §3)",
        )
        .accepts("authorization_server/rules", r#"jwks = "/oauth/keys""#),
    error("rfc3986_section_5_2_4_a_path_has_no_empty_and_no_dot_segments")
        .enforced_by("oauth-macros/src/rules/endpoint_path.rs", "has_no_empty_segment")
        .refuses(
            "authorization_server/endpoints",
            r#"revocation = "/oauth//revoke""#,
            "which clients remove (RFC 3986 §5.2.4)",
        )
        .accepts("authorization_server/rules", r#"token = "/oauth/token""#),
    error("rfc3986_section_2_3_paths_have_unreserved_characters")
        .enforced_by("oauth-macros/src/rules/endpoint_path.rs", "has_unreserved_characters")
        .refuses(
            "authorization_server/endpoints",
            r#"introspection = "/{tenant}/introspect""#,
            "use letters, digits, `-`, `.`, `_` and `~` (RFC 3986 §2.3)",
        )
        .accepts("authorization_server/rules", r#"token = "/oauth/token""#),
    error("each_endpoint_has_its_own_path")
        .enforced_by("oauth-macros/src/authorization_server/endpoints.rs", "check_own_path")
        .refuses(
            "authorization_server/endpoints",
            r#"token = "/oauth", revocation = "/oauth""#,
            "is another endpoint's already: each has its own",
        )
        .accepts("authorization_server/rules", r#"token = "/oauth/token""#),
    error("a_path_is_not_the_default_of_another_endpoint")
        .enforced_by("oauth-macros/src/authorization_server/endpoints.rs", "check_default_paths")
        .refuses(
            "authorization_server/endpoints",
            r#"endpoints(token = "/revoke")"#,
            "is the revocation endpoint's by default",
        )
        .accepts("authorization_server/rules", r#"token = "/oauth/token""#),
    error("a_path_is_not_that_of_a_page")
        .enforced_by("oauth-core/src/__private/checks.rs", "check_is_no_page")
        .refuses(
            "authorization_server/endpoints",
            r#"endpoints(token = "/login")"#,
            "is that of a page of the interaction",
        )
        .accepts("authorization_server/rules", r#"token = "/oauth/token""#),
    error("an_endpoint_that_is_needed_is_not_off")
        .enforced_by("oauth-macros/src/authorization_server/endpoints.rs", "check_optional")
        .refuses("authorization_server/endpoints", "token = off", "the token endpoint cannot be off")
        .accepts("authorization_server/rules", "revocation = off"),
    error("rfc6749_section_3_1_the_authorization_endpoint_has_a_grant")
        .enforced_by("oauth-macros/src/authorization_server/endpoints.rs", "authorization_has_a_grant")
        .refuses(
            "authorization_server/endpoints",
            r#"authorization = "/oauth/authorize""#,
            "no grant uses the authorization endpoint",
        )
        .accepts("authorization_server/rules", r#"authorization = "/oauth/authorize""#),
    error("rfc6749_section_3_2_the_token_endpoint_has_a_grant")
        .enforced_by("oauth-macros/src/authorization_server/endpoints.rs", "token_has_a_grant")
        .refuses(
            "authorization_server/endpoints",
            r#"endpoints(token = "/oauth/token")"#,
            "no grant uses the token endpoint (RFC 6749 §3.2)",
        )
        .accepts("authorization_server/rules", r#"token = "/oauth/token""#),
    error("rfc8628_section_3_1_the_device_authorization_endpoint_has_its_grant")
        .enforced_by(
            "oauth-macros/src/authorization_server/endpoints.rs",
            "device_authorization_has_its_grant",
        )
        .refuses(
            "authorization_server/endpoints",
            r#"device_authorization = "/oauth/device""#,
            "no grant uses the device authorization endpoint (RFC 8628 §3.1)",
        )
        .accepts("authorization_server/rules", r#"device_authorization = "/oauth/device""#),
    error("rfc8414_section_2_published_keys_sign_something")
        .enforced_by("oauth-macros/src/authorization_server/endpoints.rs", "jwks_needs_keys")
        .refuses("authorization_server/endpoints", r#"jwks = "/oauth/keys""#, "nothing here signs")
        .accepts("authorization_server/rules", r#"jwks = "/oauth/keys""#),
    error("oidc_core_section_5_3_the_userinfo_endpoint_needs_openid")
        .enforced_by("oauth-macros/src/authorization_server/endpoints.rs", "userinfo_needs_openid")
        .refuses(
            "authorization_server/endpoints",
            r#"userinfo = "/me""#,
            "the userinfo endpoint is an OpenID provider's",
        )
        .accepts("authorization_server/rules", r#"userinfo = "/me""#),
    error("oidc_rp_initiated_logout_section_2_the_end_session_endpoint_needs_openid")
        .enforced_by("oauth-macros/src/authorization_server/endpoints.rs", "end_session_needs_openid")
        .refuses(
            "authorization_server/endpoints",
            r#"end_session = "/bye""#,
            "the end session endpoint is an OpenID provider's",
        )
        .accepts("authorization_server/rules", r#"end_session = "/goodbye""#),
    error("oidc_session_management_section_3_the_page_that_watches_a_session_needs_openid")
        .enforced_by("oauth-macros/src/authorization_server/endpoints.rs", "check_session_needs_openid")
        .refuses(
            "authorization_server/endpoints",
            r#"check_session = "/frame""#,
            "the page that watches a session is an OpenID provider's",
        )
        .accepts("authorization_server/rules", r#"check_session = "/frame""#),
    error("oidc_rp_initiated_logout_section_2_who_is_logged_out_was_logged_in")
        .enforced_by("oauth-core/src/__private/checks.rs", "check_sessions")
        .refuses(
            "authorization_server/endpoints",
            r#"endpoints(end_session = "/goodbye")"#,
            "nobody stays logged in here",
        )
        .accepts("authorization_server/rules", r#"end_session = "/goodbye""#),
];
