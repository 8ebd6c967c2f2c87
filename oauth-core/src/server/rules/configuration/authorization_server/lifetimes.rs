//! The rules of `#[authorization_server]`: lifetimes and limits.

use super::error;
use crate::server::rules::{Feature, Rule};

/// Each with what enforces it, a mistake that it refuses, and what it accepts.
pub(in super::super) const RULES: &[Rule] = &[
    error("rfc6749_section_4_1_2_a_code_lives_ten_minutes_at_most")
        .enforced_by("oauth-macros/src/authorization_server/check.rs", "check_code_lifetime")
        .refuses(
            "authorization_server/arguments",
            r#"code_lifetime = "11m""#,
            "RFC 6749 §4.1.2 allows ten minutes",
        )
        .accepts("authorization_server/rules", r#"code_lifetime = "30s""#)
        .needs(&[Feature::AuthorizationCode]),
    error("rfc9700_section_4_14_2_refresh_tokens_expire")
        .enforced_by("oauth-macros/src/authorization_server/check.rs", "check_refresh_token_lifetime")
        .refuses(
            "authorization_server/lifetimes",
            r#"refresh_token_lifetime = "4000d""#,
            "wants unused refresh tokens to expire",
        )
        .accepts("authorization_server/rules", r#"refresh_token_lifetime = "14d""#)
        .needs(&[Feature::RefreshToken]),
    error("rfc9700_section_4_14_2_a_lost_response_is_asked_for_at_once")
        .enforced_by("oauth-macros/src/authorization_server/check.rs", "check_refresh_token_grace")
        .refuses(
            "authorization_server/arguments",
            r#"refresh_token_grace = "5m""#,
            "meanwhile a stolen token works (RFC 9700 §4.14.2)",
        )
        .accepts("authorization_server/rules", r#"refresh_token_grace = "5s""#)
        .needs(&[Feature::RefreshToken]),
    error("rfc8628_section_5_1_a_user_code_is_hard_to_guess")
        .enforced_by("oauth-macros/src/authorization_server/grants.rs", "check_user_code_lifetime")
        .refuses(
            "authorization_server/missing_devices",
            r#"device_code_lifetime = "2h""#,
            "the better it can be guessed (RFC 8628 §5.1)",
        )
        .accepts("authorization_server/rules", r#"device_code_lifetime = "5m""#)
        .needs(&[Feature::DeviceCode]),
    error("rfc8628_section_3_5_devices_pause_between_polls")
        .enforced_by("oauth-macros/src/authorization_server/grants.rs", "check_interval")
        .refuses(
            "authorization_server/missing_devices",
            r#"device_polling_interval = "0s""#,
            "devices would ask without a pause (RFC 8628 §3.5)",
        )
        .accepts("authorization_server/rules", r#"device_polling_interval = "10s""#)
        .needs(&[Feature::DeviceCode]),
    error("oidc_core_section_2_an_id_token_is_looked_at_once")
        .enforced_by("oauth-macros/src/authorization_server/openid.rs", "short_lived")
        .refuses(
            "authorization_server/response_types",
            r#"id_token_lifetime = "25h""#,
            "it says that someone has just logged in",
        )
        .accepts("authorization_server/rules", r#"id_token_lifetime = "5m""#)
        .needs(&[Feature::OpenId]),
    error("oidc_core_section_3_1_2_1_the_lifetime_of_id_tokens_has_a_provider")
        .enforced_by("oauth-macros/src/authorization_server/openid.rs", "id_token_lifetime_is_used")
        .refuses(
            "authorization_server/response_types",
            r#"id_token_lifetime = "10m""#,
            r#"the server issues no ID tokens: add `"openid"`"#,
        )
        .accepts("authorization_server/rules", r#"id_token_lifetime = "5m""#),
    error("a_server_reads_bodies")
        .enforced_by("oauth-macros/src/authorization_server/check.rs", "check_body_limit")
        .refuses("authorization_server/arguments", "body_limit = 0", "no token request would be read")
        .accepts("authorization_server/rules", "body_limit = 16384"),
];
