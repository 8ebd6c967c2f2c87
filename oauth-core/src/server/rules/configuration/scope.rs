//! The rules of `#[scope]`.

use super::{Rule, RuleKind};

const fn error(name: &'static str) -> Rule {
    Rule::new(RuleKind::CompileTime, "scope", name)
}

/// Each with the function that enforces it, a mistake that it refuses, and what it accepts.
pub(super) const RULES: &[Rule] = &[
    // The scope.
    error("rfc6749_section_3_3_a_scope_is_not_empty")
        .enforced_by("oauth-macros/src/rules/scope.rs", "is_not_empty")
        .refuses(
            "scope/arguments",
            r#"#[scope("")]"#,
            "the scope `` is empty: a scope has at least one character (RFC 6749 §3.3)",
        )
        .accepts("scope/scopes", r#"#[scope("calendar.write")]"#),
    error("rfc6749_section_3_3_a_scope_is_one_word")
        .enforced_by("oauth-macros/src/rules/scope.rs", "is_one_word")
        .refuses(
            "scope/arguments",
            r#"#[scope("calendar read")]"#,
            "has a space, which separates scopes (RFC 6749 §3.3)",
        )
        .accepts("scope/scopes", r#"#[scope("calendar.read", "See your calendar")]"#),
    error("rfc6749_section_3_3_a_scope_is_a_scope_token")
        .enforced_by("oauth-macros/src/rules/scope.rs", "has_characters_of_scopes")
        .refuses("scope/arguments", r#"#[scope("kalender.ändern")]"#, "RFC 6749 §3.3 allows printable ASCII")
        .accepts("scope/scopes", r#""https://example.com/admin""#),
    error("a_scope_is_a_string_or_a_type")
        .enforced_by("oauth-macros/src/scope_list.rs", "scope_name")
        .refuses(
            "mistakes/scopes_unquoted",
            "scopes(calendar_read)",
            r#"a scope is a string or a `#[scope]` type: write `"calendar_read"`"#,
        )
        .accepts("scope/scopes", r#"scopes(CalendarRead, "mail""#),
    error("the_scope_of_a_type_is_a_string")
        .enforced_by("oauth-macros/src/scope/mod.rs", "check_is_text")
        .refuses(
            "scope/arguments",
            "#[scope(calendar)]",
            r#"a scope is a string: write `#[scope("calendar")]`"#,
        )
        .accepts("scope/scopes", r#"#[scope("calendar.write")]"#),
    error("rfc6749_section_3_3_a_scope_type_has_a_scope")
        .enforced_by("oauth-macros/src/scope/mod.rs", "check_given")
        .refuses(
            "scope/arguments",
            "#[scope]
struct Missing;",
            "the scope is missing (RFC 6749 §3.3)",
        )
        .accepts("scope/scopes", r#"#[scope("calendar.write")]"#),
    error("rfc6749_section_3_3_a_scope_type_has_one_scope")
        .enforced_by("oauth-macros/src/scope/mod.rs", "check_one_scope")
        .refuses(
            "scope/arguments",
            r#"#[scope("calendar", "See your calendar", "mail")]"#,
            "one struct is one scope",
        )
        .accepts("scope/scopes", r#"#[scope("calendar.read", "See your calendar")]"#),
    error("a_scope_is_declared_once")
        .enforced_by("oauth-macros/src/scope_list.rs", "check_once")
        .refuses(
            "resource_server/arguments",
            "scopes(Calendar, Calendar",
            "the scope `Calendar` is given twice: keep one",
        )
        .accepts("scope/scopes", "scopes(CalendarRead,"),
    // Its description.
    error("a_description_says_something")
        .enforced_by("oauth-macros/src/scope_list.rs", "check_description")
        .refuses("scope/arguments", r#"#[scope("calendar", "")]"#, "the description is empty")
        .accepts("scope/scopes", r#"#[scope("calendar.read", "See your calendar")]"#),
    error("a_description_follows_its_scope")
        .enforced_by("oauth-macros/src/scope/mod.rs", "check_description_follows")
        .refuses(
            "scope/arguments",
            r#"#[scope("calendar" = "See your calendar")]"#,
            "the description follows after a comma",
        )
        .accepts("scope/scopes", r#"#[scope("calendar.read", "See your calendar")]"#),
    error("a_description_has_no_name")
        .enforced_by("oauth-macros/src/scope/mod.rs", "check_second")
        .refuses(
            "scope/arguments",
            r#"#[scope("calendar", description = "See your calendar")]"#,
            "`#[scope]` takes the scope, its description and `crate`",
        )
        .accepts("scope/scopes", r#"#[scope("calendar.read", "See your calendar")]"#),
    // Its struct.
    error("a_scope_type_is_a_struct")
        .enforced_by("oauth-macros/src/scope/mod.rs", "check_is_struct")
        .refuses(
            "scope/arguments",
            r#"#[scope("calendar")]
enum Choice {"#,
            "is for a struct that stands for the scope, not for `enum`",
        )
        .accepts("scope/scopes", "struct CalendarWrite;"),
    error("a_scope_type_holds_nothing")
        .enforced_by("oauth-macros/src/scope/mod.rs", "check_no_fields")
        .refuses(
            "scope/arguments",
            "struct Fields {
    name: String,
}",
            "its fields would be lost: write `struct Fields;`",
        )
        .accepts("scope/scopes", "pub(crate) struct Admin {}"),
    error("rfc6749_section_3_3_a_scope_type_has_no_parameters")
        .enforced_by("oauth-macros/src/scope/mod.rs", "check_no_parameters")
        .refuses(
            "scope/arguments",
            "struct Generic<T>(T);",
            "a scope is one word (RFC 6749 §3.3), so its struct has no parameters",
        )
        .accepts("scope/scopes", "pub struct CalendarRead;"),
    error("rfc6750_section_3_1_a_handler_asks_for_scopes")
        .enforced_by("oauth-core/src/scope/required.rs", "is_met_by")
        .refuses("scope/types", "Bearer<Calendar>", "`Calendar` does not say which scopes are needed")
        .accepts("scope/scopes", "_: Bearer<(CalendarRead, CalendarWrite)>"),
];
