//! The rules of `#[resource_server]`.

use super::{Rule, RuleKind};

const fn error(name: &'static str) -> Rule {
    Rule::new(RuleKind::CompileTime, "resource_server", name)
}

/// Each with the function that enforces it, a mistake that it refuses, and what it accepts.
pub(super) const RULES: &[Rule] = &[
    // Whose tokens, and for whom.
    error("rfc9068_section_4_a_resource_trusts_an_issuer")
        .enforced_by("oauth-macros/src/resource_server/check.rs", "check_issuer")
        .refuses(
            "resource_server/arguments",
            "#[resource_server]
struct Nothing;",
            "the resource server trusts no issuer (RFC 9068 §4)",
        )
        .accepts("resource_server/servers", r#"issuer = "https://auth.example.com""#),
    error("rfc9068_section_4_a_resource_has_an_audience")
        .enforced_by("oauth-macros/src/resource_server/check.rs", "check_audience")
        .refuses(
            "resource_server/arguments",
            r#"#[resource_server(issuer = "https://auth.example.com", jwks)]"#,
            "the resource server has no audience",
        )
        .accepts("resource_server/servers", r#"audience = "https://calendar.example.com""#),
    error("rfc9068_section_4_the_audience_of_a_resource_is_named")
        .enforced_by("oauth-macros/src/resource_server/check.rs", "check_audience_names_something")
        .refuses(
            "resource_server/arguments",
            r#"audience = " ""#,
            "the audience is empty: name what the issuer writes into `aud`",
        )
        .accepts("resource_server/servers", r#"audience = "calendar""#),
    error("the_field_of_the_audience_is_a_text")
        .enforced_by("oauth-core/src/__private/resource.rs", "audience_text")
        .refuses("resource_server/types", "audience: u8,", "the type `u8` does not hold an audience")
        .accepts("resource_server/servers", "audience: &'static str,"),
    error("rfc9728_section_1_2_a_resource_identifier_is_an_https_url")
        .enforced_by("oauth-macros/src/rules/url.rs", "check_resource")
        .refuses(
            "resource_server/arguments",
            r#"resource = "api.example.com""#,
            "the resource identifier `api.example.com` is not an https URL (RFC 9728 §1.2)",
        )
        .accepts("resource_server/servers", r#"resource = "https://calendar.example.com/v1/""#),
    error("rfc9110_section_11_5_a_realm_is_printable_ascii")
        .enforced_by("oauth-macros/src/resource_server/check.rs", "check_realm")
        .refuses("resource_server/arguments", r#"realm = "\"quoted\"""#, "use printable ASCII")
        .accepts("resource_server/servers", r#"realm = "the calendar""#),
    error("rfc6750_section_3_1_the_scopes_of_a_resource_are_types_that_handlers_ask_for")
        .enforced_by("oauth-macros/src/scope_list.rs", "check_is_type")
        .refuses(
            "resource_server/arguments",
            r#"scopes(Calendar, Calendar, "calendar.read", mail,"#,
            r#"declare `#[scope("calendar.read")] struct CalendarRead;`, and write `CalendarRead`"#,
        )
        .accepts("resource_server/servers", "scopes(CalendarRead, self::More)"),
    error("a_resource_server_is_a_struct")
        .enforced_by("oauth-macros/src/resource_server/mod.rs", "check_is_struct")
        .refuses(
            "resource_server/arguments",
            "mod misplaced {}",
            "is for a struct that stands for the API, not for `mod`",
        )
        .accepts("resource_server/servers", "pub struct Calendar;"),
    // How tokens are validated.
    error("rfc6749_section_7_tokens_are_validated")
        .enforced_by("oauth-macros/src/resource_server/check.rs", "check_validation_given")
        .refuses(
            "resource_server/arguments",
            r#"#[resource_server(issuer = "https://auth.example.com", audience = "a")]"#,
            "nothing says how tokens are validated",
        )
        .accepts("resource_server/servers", r#"audience = "https://calendar.example.com", jwks)"#),
    error("tokens_are_validated_in_one_way")
        .enforced_by("oauth-macros/src/resource_server/check.rs", "check_one_validation")
        .refuses(
            "resource_server/arguments",
            "jwks, introspection)",
            "a resource server validates in one way",
        )
        .accepts(
            "resource_server/servers",
            r#"introspection,
    introspection_cache = "5m""#,
        ),
    error("an_argument_has_an_effect")
        .enforced_by("oauth-macros/src/resource_server/check.rs", "check_used")
        .refuses(
            "resource_server/arguments",
            r#"jwks, introspection_cache = "10s")"#,
            "`introspection_cache` has no effect without `introspection`: remove it",
        )
        .accepts("resource_server/servers", r#"introspection_cache = "5m""#),
    error("rfc8414_section_2_the_issuer_is_asked_over_tls")
        .enforced_by("oauth-macros/src/rules/url.rs", "has_origin_of_an_issuer")
        .refuses(
            "resource_server/arguments",
            r#"jwks = "http://auth.example.com/keys""#,
            "the URI `http://auth.example.com/keys` is http off loopback",
        )
        .accepts("resource_server/servers", r#"jwks = "https://auth.example.com/keys?v=1""#),
    error("rfc3986_section_3_5_the_endpoints_of_an_issuer_have_no_fragment")
        .enforced_by("oauth-macros/src/rules/url.rs", "has_no_fragment")
        .refuses(
            "resource_server/arguments",
            r#"jwks = "https://auth.example.com/keys#1""#,
            "has a fragment, which is never sent (RFC 3986 §3.5)",
        )
        .accepts("resource_server/servers", r#"jwks = "https://auth.example.com/keys?v=1""#),
    // Algorithms and times.
    error("rfc8725_section_3_1_an_algorithm_signs")
        .enforced_by("oauth-macros/src/resource_server/check.rs", "check_some_algorithms")
        .refuses(
            "resource_server/arguments",
            "algorithms()",
            "`algorithms()` is empty, so that no token is valid",
        )
        .accepts("resource_server/servers", r#"algorithms("ES256", "EdDSA")"#),
    error("rfc9068_section_2_1_no_secret_is_shared_with_the_issuer")
        .enforced_by("oauth-macros/src/rules/algorithm.rs", "is_asymmetric")
        .refuses("resource_server/arguments", r#""HS256""#, "`HS256` needs the issuer's secret")
        .accepts("resource_server/servers", r#"algorithms("ES256", "EdDSA")"#),
    error("an_algorithm_is_given_once")
        .enforced_by("oauth-macros/src/resource_server/check.rs", "check_algorithm_once")
        .refuses(
            "resource_server/arguments",
            r#"algorithms("ES256", "ES256""#,
            "the algorithm `ES256` is given twice: keep one",
        )
        .accepts("resource_server/servers", r#"algorithms("ES256", "EdDSA")"#),
    error("rfc9068_section_4_an_expired_token_stays_expired")
        .enforced_by("oauth-macros/src/resource_server/check.rs", "check_leeway")
        .refuses(
            "resource_server/arguments",
            r#"leeway = "6m""#,
            "an expired token would work on for as long",
        )
        .accepts("resource_server/servers", r#"leeway = "5m""#),
    error("rfc7662_section_4_a_revoked_token_stays_revoked")
        .enforced_by("oauth-macros/src/resource_server/check.rs", "check_introspection_cache")
        .refuses(
            "resource_server/arguments",
            r#"introspection_cache = "10m""#,
            "a revoked token would work on for as long (RFC 7662 §4)",
        )
        .accepts("resource_server/servers", r#"introspection_cache = "5m""#),
    error("a_withdrawn_key_is_forgotten")
        .enforced_by("oauth-macros/src/resource_server/check.rs", "check_jwks_max_age")
        .refuses(
            "resource_server/durations",
            r#"jwks_max_age = "2d""#,
            "a key that the issuer withdraws would work on for as long",
        )
        .accepts("resource_server/servers", r#"jwks_max_age = "1h""#),
    error("a_new_key_is_found")
        .enforced_by("oauth-macros/src/resource_server/check.rs", "check_jwks_refresh_interval")
        .refuses(
            "resource_server/arguments",
            r#"jwks_refresh_interval = "2h""#,
            "a new key would be unknown for as long",
        )
        .accepts("resource_server/servers", r#"jwks_refresh_interval = "30s""#),
    // Fields.
    error("rfc7662_section_2_1_introspection_has_credentials")
        .enforced_by("oauth-macros/src/resource_server/fields.rs", "check_caller_is_known")
        .refuses(
            "resource_server/fields",
            "struct NoCredentials;",
            "the introspection endpoint authenticates its callers (RFC 7662 §2.1)",
        )
        .accepts(
            "resource_server/servers",
            "#[credentials]
    credentials: Credentials,",
        ),
    error("rfc7662_section_2_1_introspection_has_one_client")
        .enforced_by("oauth-macros/src/resource_server/fields.rs", "check_one_client")
        .refuses(
            "resource_server/fields",
            "#[credentials]
    second: Credentials,",
            "one client asks the issuer; remove this one",
        )
        .accepts(
            "resource_server/servers",
            "#[credentials]
    credentials: Credentials,",
        ),
    error("rfc7517_section_5_keys_are_public")
        .enforced_by("oauth-macros/src/resource_server/fields.rs", "check_keys_are_public")
        .refuses(
            "resource_server/fields",
            "struct Needless {
    #[credentials]",
            "keys are public (RFC 7517 §5)",
        )
        .accepts("resource_server/servers", "pub struct Calendar;"),
    error("rfc7662_section_2_1_credentials_are_credentials")
        .enforced_by("oauth-core/src/__private/resource.rs", "credentials")
        .refuses(
            "resource_server/types",
            "credentials: (String, String),",
            "is not the credentials of a resource server",
        )
        .accepts("resource_server/servers", "#[credentials] Credentials"),
    error("rfc9068_section_4_tokens_are_encrypted_to_one_key")
        .enforced_by("oauth-macros/src/resource_server/fields.rs", "check_one_decryption_key")
        .refuses(
            "resource_server/durations",
            "#[decryption_key]
    second: DecryptionKey,",
            "tokens are encrypted to one key; remove this one",
        )
        .accepts(
            "resource_server/servers",
            "#[decryption_key]
    key: DecryptionKey,",
        ),
    error("rfc7662_section_2_1_introspection_decrypts_nothing")
        .enforced_by("oauth-macros/src/resource_server/fields.rs", "check_nothing_to_decrypt")
        .refuses(
            "resource_server/fields",
            "struct NothingToDecrypt {",
            "the issuer reads the tokens itself (RFC 7662 §2.1)",
        )
        .accepts(
            "resource_server/servers",
            "#[decryption_key]
    key: DecryptionKey,",
        ),
    error("rfc9068_section_4_a_decryption_key_decrypts")
        .enforced_by("oauth-core/src/__private/resource.rs", "decryption_key")
        .refuses("resource_server/types", "key: SigningKey,", "cannot decrypt tokens")
        .accepts(
            "resource_server/servers",
            "#[decryption_key]
    key: DecryptionKey,",
        ),
    error("one_client_sends_the_requests")
        .enforced_by("oauth-macros/src/resource_server/fields.rs", "check_http_client")
        .refuses(
            "resource_server/fields",
            "#[http_client]
    another: HttpsClient,",
            "one client sends the requests; remove this one",
        )
        .accepts(
            "resource_server/servers",
            "#[http_client]
    client: C,",
        ),
];
