//! The rules of `#[derive(Claims)]`, `#[claim]` and `#[claims]`.

use super::{Rule, RuleKind};

const fn error(name: &'static str) -> Rule {
    Rule::new(RuleKind::CompileTime, "claims", name)
}

/// Each with the function that enforces it, a mistake that it refuses, and what it accepts.
pub(super) const RULES: &[Rule] = &[
    // Names, wherever they stand.
    error("rfc7519_section_4_1_registered_claims_are_the_frameworks")
        .enforced_by("oauth-macros/src/rules/claim.rs", "is_not_reserved")
        .refuses("claims/names", "sub: String,", "the claim `sub` is set by the framework (RFC 7519 §4.1)")
        .accepts("claims/claims", r#"#[claim("https://example.com/roles")]"#),
    error("a_claim_can_be_asked_for_by_its_name")
        .enforced_by("oauth-macros/src/rules/claim.rs", "has_name")
        .refuses("claims/names", r#"#[claim("")]"#, "the claim `` has no name")
        .accepts("claims/claims", r#"#[claim("region")]"#),
    error("a_claim_name_has_no_blanks")
        .enforced_by("oauth-macros/src/rules/claim.rs", "has_no_blanks")
        .refuses("claims/names", r#"#[claim("two words")]"#, "a claim name has no blanks")
        .accepts("claims/claims", r#"#[claim("https://example.com/since")]"#),
    // Structs.
    error("a_set_of_claims_is_a_struct")
        .enforced_by("oauth-macros/src/claims/check.rs", "check_struct")
        .refuses("claims/items", "enum Plan {", "not for an enum")
        .accepts("claims/claims", "struct Tenancy {"),
    error("rfc7519_section_4_each_field_names_its_claim")
        .enforced_by("oauth-macros/src/claims/check.rs", "check_fields_have_names")
        .refuses("claims/items", "struct Nameless(String, Vec<String>);", "these fields have none")
        .accepts("claims/claims", "tenant: String,"),
    error("a_set_of_claims_is_not_empty")
        .enforced_by("oauth-macros/src/claims/check.rs", "check_has_fields")
        .refuses("claims/items", "struct Empty {}", "`Empty` has no fields")
        .accepts("claims/claims", "_: Bearer<(), ()>"),
    error("claims_outlive_the_request_that_they_are_read_from")
        .enforced_by("oauth-macros/src/claims/check.rs", "check_owned")
        .refuses("claims/items", "struct Borrowing<'a> {", "cannot borrow: own the value")
        .accepts("claims/claims", "pub struct Profile<T>"),
    error("rfc7519_section_4_the_claims_of_a_struct_have_different_names")
        .enforced_by("oauth-macros/src/claims/check.rs", "check_is_new")
        .refuses("claims/names", r#"#[claim("tenant")]"#, "a name is unique (RFC 7519 §4)")
        .accepts("claims/claims", "roles: Vec<String>,"),
    error("a_field_has_one_claim")
        .enforced_by("oauth-macros/src/claims/attr.rs", "claim_name")
        .refuses("claims/attributes", r#"#[claim("four")]"#, "the claim of this field is named twice")
        .accepts("claims/claims", "r#type: u8,"),
    error("the_name_of_a_claim_is_a_string")
        .enforced_by("oauth-macros/src/claims/attr.rs", "given_name")
        .refuses("claims/attributes", "#[claim(roles)]", r#"the name is a string: write `#[claim("roles")]`"#)
        .accepts("claims/claims", r#"#[claim("https://example.com/roles")]"#),
    error("the_server_decides_about_scopes_and_destinations")
        .enforced_by("oauth-macros/src/claims/attr.rs", "report_argument_of_method")
        .refuses(
            "claims/attributes",
            r#"#[claim("five", scope = "profile""#,
            "belongs to the method that returns the struct",
        )
        .accepts("claims/claims", r#"#[claims(scope = "calendar.read", to(access_token))]"#),
    error("serde_is_not_told_to_leave_a_claim_out")
        .enforced_by("oauth-macros/src/claims/serde.rs", "check_field")
        .refuses("claims/serde", "#[serde(skip)]", "`#[derive(Claims)]` does not ask serde for `skip`")
        .accepts("claims/claims", r#"#[serde(default, skip_serializing_if = "Option::is_none")]"#),
    error("rfc7519_section_4_serde_is_not_told_what_the_claims_are")
        .enforced_by("oauth-macros/src/claims/serde.rs", "check_struct")
        .refuses("claims/serde", r#"#[serde(tag = "kind")]"#, "does not ask serde for `tag`")
        .accepts("claims/claims", r#"#[serde(rename_all = "camelCase", deny_unknown_fields)]"#),
    error("the_type_of_a_field_is_json_on_both_sides")
        .enforced_by("oauth-core/src/__private/claims.rs", "claim_field")
        .refuses("claims/types", "written: WriteOnly,", "`WriteOnly` cannot be the value of a claim")
        .accepts("claims/claims", "plan: Option<Plan>,"),
    error("rfc6750_section_3_1_a_handler_asks_for_a_struct_of_claims")
        .enforced_by("oauth-core/src/resource/token.rs", "claims_as")
        .refuses("claims/types", "Bearer<(), Underived>", "`Underived` is not a struct of private claims")
        .accepts("claims/claims", "Bearer<CalendarRead, Tenancy>"),
    // Methods.
    error("rfc7519_section_4_a_declared_claim_has_a_name")
        .enforced_by("oauth-macros/src/validator/hooks/claims.rs", "check_has_name")
        .refuses("validator/claims", "fn nameless(", "a claim has a name: write `#[claim(")
        .accepts("claims/claims", r#"#[claim("region")]"#),
    error("rfc7519_section_4_a_claim_is_declared_once")
        .enforced_by("oauth-macros/src/validator/hooks/claims.rs", "check_is_new")
        .refuses("validator/claims", "fn repeated(", "the claim `tenant` is declared twice: keep one")
        .accepts("validator/hooks", r#"#[claim("client")]"#),
    error("the_value_of_a_claim_is_json")
        .enforced_by("oauth-core/src/__private/claims.rs", "claim_value")
        .refuses(
            "validator/types",
            "-> SecretString",
            "`oauth_core::prelude::SecretString` cannot be the value of a claim",
        )
        .accepts("validator/hooks", "fn tenant("),
    error("a_struct_names_its_claims_itself")
        .enforced_by("oauth-macros/src/validator/hooks/claims.rs", "check_names_itself")
        .refuses("claims/methods", r#"#[claims("tenant")]"#, "`#[claims]` takes no name")
        .accepts("claims/claims", "async fn tenancy("),
    error("the_type_of_a_struct_of_claims_is_written_out")
        .enforced_by("oauth-macros/src/validator/hooks/claims.rs", "check_output_is_named")
        .refuses("claims/methods", "-> impl Future<", "the names of the claims are read from the type")
        .accepts("claims/claims", "-> Result<Option<Seats>>"),
    error("a_method_of_claims_returns_a_struct_of_them")
        .enforced_by("oauth-core/src/__private/claims.rs", "claims_method")
        .refuses("claims/method_types", "fn text(", "`String` has no private claims")
        .accepts("claims/claims", "-> Option<Profile<String>>"),
    // Declarations, of methods and of structs.
    error("a_claim_goes_to_a_known_destination")
        .enforced_by("oauth-macros/src/validator/hooks/claims.rs", "check_is_destination")
        .refuses("validator/claim_destinations", "user_info", "a claim cannot go to `user_info`")
        .accepts("claims/claims", "to(access_token)"),
    error("a_claim_goes_somewhere")
        .enforced_by("oauth-macros/src/validator/hooks/claims.rs", "check_goes_somewhere")
        .refuses("validator/claim_destinations", "to()", "`to()` is empty")
        .accepts("claims/claims", "to(access_token)"),
    error("oidc_core_section_2_a_method_declares_no_claim_of_the_protocol")
        .enforced_by("oauth-macros/src/validator/hooks/claims.rs", "check_id_token_claim")
        .refuses(
            "validator/claim_destinations",
            r#""nonce""#,
            "the claim `nonce` is set by the framework in ID tokens",
        )
        .accepts("claims/claims", r#"#[claim("region")]"#),
    error("oidc_core_section_2_a_struct_declares_no_claim_of_the_protocol")
        .enforced_by("oauth-core/src/__private/claim_checks.rs", "check_claims_are_not_of_id_tokens")
        .refuses(
            "claims/declared",
            "fn authentication(",
            "the claim `acr` is set by the framework in ID tokens",
        )
        .accepts("claims/claims", "async fn tenancy("),
    error("rfc7519_section_4_1_a_struct_by_hand_declares_no_registered_claim")
        .enforced_by("oauth-core/src/__private/claim_checks.rs", "check_claims_are_not_reserved")
        .refuses("claims/declared", r#"&["since", "exp"]"#, "choose another name in `PrivateClaims::NAMES`")
        .accepts("claims/claims", "fn seats("),
    error("rfc7519_section_4_methods_and_structs_declare_different_claims")
        .enforced_by("oauth-core/src/__private/claim_checks.rs", "check_claims_differ")
        .refuses(
            "claims/declared",
            r#"#[claim("roles")]"#,
            "the claim `roles` is declared twice by this validator",
        )
        .accepts("claims/claims", "async fn tenancy("),
    error("a_claim_has_a_scope_that_the_server_declares")
        .enforced_by("oauth-core/src/__private/checks.rs", "check_claim_scopes")
        .refuses("claims/declared", r#"#[claims(scope = "profile")]"#, "which this server does not declare")
        .accepts("claims/claims", r#"scope = "calendar.read""#),
    error("oidc_core_section_3_1_2_1_a_claim_for_clients_has_an_openid_provider")
        .enforced_by("oauth-core/src/__private/checks.rs", "check_claim_destinations")
        .refuses("claims/declared", "#[claims(to(userinfo))]", "goes to ID tokens or userinfo responses")
        .accepts("authorization_server/openid_provider", "#[claim("),
    // Handlers.
    error("rfc6749_section_3_3_a_handler_asks_for_scopes_that_its_server_declares")
        .enforced_by("oauth-core/src/__private/scope_checks.rs", "check_scopes_are_declared")
        .refuses(
            "claims/undeclared_scope",
            "Bearer<AnyOf<(CalendarWrite, CalendarShare)>>",
            "a handler asks for the scope `calendar.write`, and its server declares neither it nor an alternative",
        )
        .accepts("claims/claims", "Option<Bearer<AnyOf<(CalendarShare, CalendarRead)>, Tenancy>>"),
    error("rfc6749_section_3_3_a_handler_means_what_people_allowed")
        .enforced_by("oauth-core/src/__private/scope_checks.rs", "check_scopes_are_described_alike")
        .refuses(
            "scope/described_otherwise",
            r#"#[scope("calendar.read", "Read and delete your calendar")]"#,
            "who would have allowed something else (RFC 6749 §3.3)",
        )
        .accepts("claims/claims", "Option<Bearer<AnyOf<(CalendarShare, CalendarRead)>, Tenancy>>"),
];
