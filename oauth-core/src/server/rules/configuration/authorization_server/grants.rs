//! The rules of `#[authorization_server]`: grants, presets and profiles, and what grants need.

use super::error;
use crate::server::rules::{Feature, Rule};

/// Each with what enforces it, a mistake that it refuses, and what it accepts.
pub(in super::super) const RULES: &[Rule] = &[
    error("rfc6749_section_4_a_server_has_grants")
        .enforced_by("oauth-macros/src/authorization_server/grants.rs", "require_grants")
        .refuses(
            "authorization_server/arguments",
            r#"#[authorization_server(issuer = "https://auth.example.com")]"#,
            "the server has no grants",
        )
        .accepts("authorization_server/rules", "grants(client_credentials)"),
    error("a_list_of_grants_is_not_empty")
        .enforced_by("oauth-macros/src/authorization_server/grants.rs", "reject_empty")
        .refuses("authorization_server/arguments", "grants()", "`grants()` is empty")
        .accepts("authorization_server/rules", "grants(client_credentials)"),
    error("rfc6749_section_1_3_a_grant_is_a_known_one")
        .enforced_by("oauth-macros/src/authorization_server/grants.rs", "known")
        .refuses("authorization_server/arguments", "client_credential,", "did you mean `client_credentials`?")
        .accepts("authorization_server/rules", "grants(client_credentials)"),
    error("a_grant_is_given_once")
        .enforced_by("oauth-macros/src/authorization_server/grants.rs", "is_repeated")
        .refuses(
            "authorization_server/arguments",
            "client_credentials, client_credentials",
            "the grant `client_credentials` is given twice",
        )
        .accepts("authorization_server/rules", "grants(client_credentials)"),
    error("rfc6749_section_4_4_3_refresh_tokens_have_a_grant_that_issues_them")
        .enforced_by("oauth-macros/src/authorization_server/grants.rs", "check_refresh_token_grant")
        .refuses(
            "authorization_server/arguments",
            "grants(client_credentials, refresh_token)",
            "no grant here issues refresh tokens",
        )
        .accepts(
            "authorization_server/rules",
            "grants(authorization_code, refresh_token, device_code, jwt_bearer)",
        ),
    error("an_argument_has_its_grant")
        .enforced_by("oauth-macros/src/authorization_server/grants.rs", "check_used")
        .refuses(
            "authorization_server/arguments",
            r#"code_lifetime = "60s""#,
            "has no effect without the grant",
        )
        .accepts("authorization_server/rules", r#"code_lifetime = "30s""#),
    error("rfc9700_section_2_1_2_access_tokens_stay_out_of_urls")
        .enforced_by("oauth-macros/src/authorization_server/profile/mod.rs", "no_implicit_grant")
        .refuses(
            "authorization_server/profiles",
            "grants(implicit, password)",
            "is gone from OAuth 2.1 (RFC 9700 §2.1.2)",
        )
        .accepts("authorization_server/rules", r#"profile = "oauth2.0""#),
    error("rfc9700_section_2_4_passwords_are_not_for_clients")
        .enforced_by("oauth-macros/src/authorization_server/profile/mod.rs", "no_password_grant")
        .refuses(
            "authorization_server/profiles",
            "grants(authorization_code, password, refresh_token)",
            "must not be used (RFC 9700 §2.4)",
        )
        .accepts("authorization_server/rules", r#"profile = "oauth2.0""#),
    error("a_profile_is_a_known_one")
        .enforced_by("oauth-macros/src/authorization_server/profile/mod.rs", "known")
        .refuses("authorization_server/profiles", r#"profile = "oauth2""#, "there is no profile `oauth2`")
        .accepts("authorization_server/rules", r#"profile = "openid""#),
    error("oidc_core_section_3_an_openid_provider_authenticates_people")
        .enforced_by("oauth-macros/src/authorization_server/profile/openid.rs", "authenticates_people")
        .refuses(
            "authorization_server/profiles",
            r#"profile = "openid", grants(password)"#,
            "authenticates people at the authorization endpoint",
        )
        .accepts("authorization_server/rules", r#"profile = "openid""#),
    error("oidc_core_section_3_1_2_1_the_profile_openid_has_its_scope")
        .enforced_by("oauth-macros/src/authorization_server/profile/openid.rs", "has_scope_openid")
        .refuses(
            "authorization_server/profiles",
            r#"profile = "openid""#,
            "every OpenID request has the scope `openid`",
        )
        .accepts(
            "authorization_server/rules",
            r#"scopes("openid", "profile" = "See your name", Calendar, Offline)"#,
        ),
    error("a_preset_is_a_known_one")
        .enforced_by("oauth-macros/src/authorization_server/presets.rs", "known")
        .refuses(
            "authorization_server/presets",
            r#"preset = "web_aplication""#,
            "did you mean `web_application`?",
        )
        .accepts("authorization_server/rules", r#"preset = "web_application""#),
    error("a_preset_is_a_closed_list")
        .enforced_by("oauth-macros/src/authorization_server/presets.rs", "check_alone")
        .refuses("authorization_server/presets", "grants(authorization_code)", "says which grants there are")
        .accepts("authorization_server/rules", r#"preset = "web_application""#),
    error("oidc_core_section_3_1_2_1_the_preset_openid_has_its_scope")
        .enforced_by("oauth-macros/src/authorization_server/presets.rs", "check_openid")
        .refuses(
            "authorization_server/presets",
            r#"preset = "openid", profile = "oauth2.0""#,
            "every OpenID request has the scope `openid`",
        )
        .accepts("authorization_server/rules", r#"preset = "openid""#),
    error("rfc6749_section_4_1_a_code_has_a_store")
        .enforced_by("oauth-core/src/store/mod.rs", "CodeStore")
        .refuses(
            "authorization_server/missing_codes",
            "grants(client_credentials, authorization_code, refresh_token)",
            "cannot keep authorization codes",
        )
        .accepts(
            "authorization_server/rules",
            "grants(authorization_code, refresh_token, device_code, jwt_bearer)",
        )
        .needs(&[Feature::AuthorizationCode]),
    error("rfc8628_section_3_2_a_device_code_has_a_store")
        .enforced_by("oauth-core/src/store/mod.rs", "DeviceStore")
        .refuses(
            "authorization_server/missing_devices",
            "grants(device_code)",
            "cannot keep device authorizations",
        )
        .accepts(
            "authorization_server/rules",
            "grants(authorization_code, refresh_token, device_code, jwt_bearer)",
        )
        .needs(&[Feature::DeviceCode]),
    error("rfc7523_section_3_an_assertion_has_a_store_for_its_identifier")
        .enforced_by("oauth-core/src/store/mod.rs", "ReplayStore")
        .refuses(
            "authorization_server/missing_replay_ids",
            "grants(jwt_bearer)",
            "cannot keep the identifiers of used assertions",
        )
        .accepts(
            "authorization_server/rules",
            "grants(authorization_code, refresh_token, device_code, jwt_bearer)",
        ),
    error("login_pages_have_a_store_of_users")
        .enforced_by("oauth-core/src/store/mod.rs", "UserStore")
        .refuses(
            "authorization_server/missing_users",
            "pages: LoginPages",
            "cannot keep users, which `LoginPages` need",
        )
        .accepts("authorization_server/rules", "pages: LoginPages")
        .needs(&[Feature::AuthorizationEndpoint]),
];
