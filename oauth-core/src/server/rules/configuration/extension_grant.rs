//! The rules of `#[extension_grant]`.

use super::{Rule, RuleKind};

const fn error(name: &'static str) -> Rule {
    Rule::new(RuleKind::CompileTime, "extension_grant", name)
}

/// Each with the function that enforces it, a mistake that it refuses, and what it accepts.
pub(super) const RULES: &[Rule] = &[
    error("rfc6749_section_4_5_an_extension_grant_has_a_name")
        .enforced_by("oauth-macros/src/extension_grant/mod.rs", "require_name")
        .refuses("extension_grant/arguments", "#[extension_grant]", "the grant has no name")
        .accepts("extension_grant/grants", r#"#[extension_grant("urn:example:api-key")]"#),
    error("the_name_of_an_extension_grant_is_a_string")
        .enforced_by("oauth-macros/src/extension_grant/mod.rs", "is_string")
        .refuses("extension_grant/arguments", "#[extension_grant(urn)]", "the name of the grant is a string")
        .accepts("extension_grant/grants", r#"#[extension_grant("urn:example:api-key")]"#),
    error("rfc6749_section_4_5_an_extension_grant_has_one_name")
        .enforced_by("oauth-macros/src/extension_grant/mod.rs", "reject_extra")
        .refuses(
            "extension_grant/arguments",
            r#"#[extension_grant("urn:example:a", "urn:example:b")]"#,
            "takes a URI and `crate`",
        )
        .accepts("extension_grant/grants", r#"#[extension_grant("urn:example:api-key")]"#),
    error("rfc6749_section_4_5_the_name_is_not_empty")
        .enforced_by("oauth-macros/src/rules/grant_type.rs", "is_not_empty")
        .refuses(
            "extension_grant/arguments",
            r#"#[extension_grant("")]"#,
            "is empty: an extension grant has an absolute URI",
        )
        .accepts("extension_grant/grants", r#"#[extension_grant("urn:example:api-key")]"#),
    error("rfc6749_section_4_5_the_name_is_an_absolute_uri")
        .enforced_by("oauth-macros/src/rules/grant_type.rs", "is_absolute_uri")
        .refuses(
            "extension_grant/arguments",
            r#"#[extension_grant("api_key")]"#,
            "is not an absolute URI, as RFC 6749 §4.5 wants it",
        )
        .accepts("extension_grant/grants", r#"#[extension_grant("https://example.com/grants/ticket")]"#),
    error("rfc6749_section_4_5_the_name_is_no_standard_grants")
        .enforced_by("oauth-macros/src/rules/grant_type.rs", "is_not_standard")
        .refuses(
            "extension_grant/arguments",
            r#"#[extension_grant("client_credentials")]"#,
            "is a standard grant's",
        )
        .accepts("extension_grant/grants", r#"#[extension_grant("urn:example:api-key")]"#),
    error("rfc3986_section_2_the_name_has_characters_of_uris")
        .enforced_by("oauth-macros/src/rules/grant_type.rs", "has_characters_of_uris")
        .refuses(
            "extension_grant/arguments",
            r#"#[extension_grant("urn:example:api key")]"#,
            "which no URI has (RFC 3986 §2)",
        )
        .accepts("extension_grant/grants", r#"#[extension_grant("urn:example:api-key")]"#),
    error("rfc3986_section_4_3_the_name_has_no_fragment")
        .enforced_by("oauth-macros/src/rules/grant_type.rs", "has_no_fragment")
        .refuses(
            "extension_grant/arguments",
            r#"#[extension_grant("https://example.com/grant#api-key")]"#,
            "has a fragment",
        )
        .accepts("extension_grant/grants", r#"#[extension_grant("https://example.com/grants/ticket")]"#),
    error("rfc8141_section_2_a_urn_is_whole")
        .enforced_by("oauth-macros/src/rules/grant_type.rs", "is_whole_urn")
        .refuses(
            "extension_grant/arguments",
            r#"#[extension_grant("urn:example")]"#,
            "is not a whole URN (RFC 8141 §2)",
        )
        .accepts("extension_grant/grants", r#"#[extension_grant("urn:example:api-key")]"#),
    error("rfc6749_section_4_5_each_grant_has_its_own_name")
        .enforced_by("oauth-core/src/__private/checks.rs", "check_grant_types_differ")
        .refuses(
            "extension_grant/servers",
            "grants(grants::ApiKey, grants::SameName)",
            "have the same `grant_type`",
        )
        .accepts(
            "extension_grant/grants",
            "grants(ApiKey, refresh_token, grants::Ticket, client_credentials)",
        ),
    error("an_extension_grant_is_given_once")
        .enforced_by("oauth-macros/src/authorization_server/grants.rs", "check_extensions")
        .refuses(
            "extension_grant/lists",
            "grants(ApiKey, client_credential, ApiKey",
            "the grant `ApiKey` is given twice",
        )
        .accepts(
            "extension_grant/grants",
            "grants(ApiKey, refresh_token, grants::Ticket, client_credentials)",
        ),
    error("an_extension_grant_is_a_type")
        .enforced_by("oauth-macros/src/authorization_server/grants.rs", "extension_path")
        .refuses("extension_grant/lists", "my::,", "an extension grant is the path of a type")
        .accepts(
            "extension_grant/grants",
            "grants(ApiKey, refresh_token, grants::Ticket, client_credentials)",
        ),
    error("an_extension_grant_knows_the_validator_that_it_asks")
        .enforced_by("oauth-core/src/grant/extension.rs", "ExtensionGrant")
        .refuses("extension_grant/servers", "grants(Undecided)", "does not know the validator")
        .accepts("extension_grant/grants", "impl<V: RequestValidator> ExtensionGrant<V> for ApiKey"),
    error("an_extension_grant_is_a_struct")
        .enforced_by("oauth-macros/src/extension_grant/mod.rs", "reject_keyword")
        .refuses(
            "extension_grant/arguments",
            r#"#[extension_grant("urn:example:function")]"#,
            "is for a struct that stands for the grant",
        )
        .accepts("extension_grant/grants", "pub struct ApiKey;"),
    error("rfc6749_section_4_5_an_extension_grant_has_no_parameters")
        .enforced_by("oauth-macros/src/extension_grant/mod.rs", "reject_parameters")
        .refuses("extension_grant/arguments", "struct Generic<T>(T);", "so its struct has no parameters")
        .accepts("extension_grant/grants", "pub struct ApiKey;"),
    error("an_extension_grant_holds_nothing")
        .enforced_by("oauth-macros/src/extension_grant/mod.rs", "reject_fields")
        .refuses(
            "extension_grant/arguments",
            "struct Keys {\n    keys: Vec<String>,",
            "the struct stands for the grant and is never made",
        )
        .accepts("extension_grant/grants", "pub struct ApiKey;"),
];
