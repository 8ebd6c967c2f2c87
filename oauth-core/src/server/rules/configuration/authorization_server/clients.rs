//! The rules of `#[authorization_server]`: how clients authenticate, whence they call, and PKCE.

use super::error;
use crate::server::rules::{Feature, Rule};

/// Each with what enforces it, a mistake that it refuses, and what it accepts.
pub(in super::super) const RULES: &[Rule] = &[
    error("rfc6749_section_2_3_clients_can_authenticate")
        .enforced_by("oauth-macros/src/authorization_server/client_authentication.rs", "reject_empty")
        .refuses(
            "authorization_server/client_authentication",
            "token_endpoint_auth_methods()",
            "so no client could authenticate (RFC 6749 §2.3)",
        )
        .accepts("authorization_server/rules", r#"token_endpoint_auth_methods("client_secret_basic""#),
    error("rfc7591_section_2_a_client_authentication_method_is_a_known_one")
        .enforced_by("oauth-macros/src/authorization_server/client_authentication.rs", "known")
        .refuses(
            "authorization_server/client_authentication",
            r#""client_secret_basc""#,
            "did you mean `client_secret_basic`?",
        )
        .accepts("authorization_server/rules", r#"token_endpoint_auth_methods("client_secret_basic""#),
    error("a_client_authentication_method_is_given_once")
        .enforced_by("oauth-macros/src/authorization_server/client_authentication.rs", "is_repeated")
        .refuses(
            "authorization_server/client_authentication",
            "\"private_key_jwt\",\n        \"private_key_jwt\"",
            "`private_key_jwt` is given twice",
        )
        .accepts("authorization_server/rules", r#""client_secret_jwt", "private_key_jwt""#),
    error("oidc_core_section_9_secrets_that_sign_are_known")
        .enforced_by("oauth-core/src/__private/checks.rs", "check_client_secrets_are_known")
        .refuses(
            "authorization_server/client_authentication",
            r#"token_endpoint_auth_methods("client_secret_jwt")"#,
            "needs the secrets of clients, and stores keep hashes",
        )
        .accepts("authorization_server/rules", "fn get_client_secret("),
    error("rfc7523_section_3_assertions_of_clients_have_a_store_for_their_identifiers")
        .enforced_by("oauth-core/src/__private/checks.rs", "check_replay_ids_are_kept")
        .refuses(
            "authorization_server/client_authentication",
            r#"token_endpoint_auth_methods("client_secret_basic", "private_key_jwt")"#,
            "needs a store for the identifiers of used assertions (RFC 7523 §3)",
        )
        .accepts("authorization_server/rules", r#""client_secret_jwt", "private_key_jwt""#),
    error("rfc6749_section_4_4_clients_that_get_tokens_for_themselves_authenticate")
        .enforced_by(
            "oauth-macros/src/authorization_server/client_authentication.rs",
            "check_client_credentials",
        )
        .refuses(
            "authorization_server/client_authentication",
            r#"token_endpoint_auth_methods("none")"#,
            "is for clients that authenticate (RFC 6749 §4.4)",
        )
        .accepts("authorization_server/rules", "grants(client_credentials)"),
    error("rfc7662_section_2_1_who_introspects_authenticates")
        .enforced_by("oauth-macros/src/authorization_server/client_authentication.rs", "reject_introspection")
        .refuses(
            "authorization_server/client_authentication",
            r#"token_endpoint_auth_methods("none")"#,
            "answers only those who authenticate (RFC 7662 §2.1)",
        )
        .accepts("authorization_server/rules", "endpoints(introspection = off)"),
    error("an_origin_is_one_site")
        .enforced_by("oauth-macros/src/rules/origin.rs", "names_one_site")
        .refuses(
            "authorization_server/allowed_origins",
            r#""https://*.example.com""#,
            "is for every page there is",
        )
        .accepts("authorization_server/rules", r#"allowed_origins("https://app.example.com""#),
    error("rfc6454_section_6_2_an_origin_has_a_scheme")
        .enforced_by("oauth-macros/src/rules/origin.rs", "has_a_scheme")
        .refuses(
            "authorization_server/allowed_origins",
            r#""app.example.com""#,
            "has no scheme (RFC 6454 §6.2)",
        )
        .accepts("authorization_server/rules", r#"allowed_origins("https://app.example.com""#),
    error("rfc6454_section_6_2_an_origin_has_no_path")
        .enforced_by("oauth-macros/src/rules/origin.rs", "has_no_path")
        .refuses(
            "authorization_server/allowed_origins",
            r#""https://app.example.com/""#,
            "has more than scheme, host and port",
        )
        .accepts("authorization_server/rules", r#"allowed_origins("https://app.example.com""#),
    error("rfc6454_section_4_an_origin_has_a_host_as_browsers_send_it")
        .enforced_by("oauth-macros/src/rules/origin.rs", "has_a_host")
        .refuses(
            "authorization_server/allowed_origins",
            r#""https://App.example.com""#,
            "browsers send hosts in lower case",
        )
        .accepts("authorization_server/rules", r#"allowed_origins("https://app.example.com""#),
    error("rfc6454_section_6_2_an_origin_has_no_default_port")
        .enforced_by("oauth-macros/src/rules/origin.rs", "has_no_default_port")
        .refuses(
            "authorization_server/allowed_origins",
            r#""https://app.example.com:443""#,
            "has the default port",
        )
        .accepts("authorization_server/rules", r#""https://admin.example.com:8443""#),
    error("an_origin_is_https")
        .enforced_by("oauth-macros/src/rules/origin.rs", "is_https")
        .refuses(
            "authorization_server/allowed_origins",
            r#""http://app.example.com""#,
            "is http off loopback",
        )
        .accepts("authorization_server/rules", r#""http://localhost:3000""#),
    error("an_origin_is_given_once")
        .enforced_by("oauth-macros/src/authorization_server/origins.rs", "is_repeated")
        .refuses(
            "authorization_server/allowed_origins",
            "\"https://app.example.com\",\n        \"https://app.example.com\"",
            "the origin `https://app.example.com` is given twice",
        )
        .accepts("authorization_server/rules", r#"allowed_origins("https://app.example.com""#),
    error("a_list_of_origins_is_not_empty")
        .enforced_by("oauth-macros/src/authorization_server/origins.rs", "reject_empty")
        .refuses("authorization_server/allowed_origins", "allowed_origins()", "`allowed_origins()` is empty")
        .accepts("authorization_server/rules", r#"allowed_origins("https://app.example.com""#),
    error("rfc9700_section_2_1_1_every_client_uses_pkce")
        .enforced_by("oauth-macros/src/authorization_server/foreign.rs", "reject_optional_pkce")
        .refuses(
            "authorization_server/pkce",
            r#"pkce = "optional""#,
            "every client uses PKCE unless told otherwise (RFC 9700 §2.1.1)",
        )
        .accepts("authorization_server/rules", "danger_pkce_optional")
        .needs(&[Feature::AuthorizationCode]),
    error("rfc7636_section_4_2_challenges_are_hashed")
        .enforced_by("oauth-macros/src/authorization_server/foreign.rs", "reject_challenge_methods")
        .refuses(
            "authorization_server/pkce",
            r#"code_challenge_methods("plain", "S256")"#,
            "challenges are `S256` and nothing else",
        )
        .accepts("authorization_server/rules", "grants(authorization_code")
        .needs(&[Feature::AuthorizationCode]),
];
