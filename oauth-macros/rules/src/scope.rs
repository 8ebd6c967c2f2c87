//! Scope tokens, RFC 6749 §3.3, and types that stand for them.

use alloc::format;
use alloc::string::String;

use crate::Broken;
use crate::broken::{ensure, none_is_found};

rules! { "scope" {
    /// RFC 6749 §3.3: `scope-token = 1*( … )`.
    ///
    /// - refused: `#[scope("")]`
    /// - accepted: `#[scope("calendar.write")]`
    both rfc6749_section_3_3_a_scope_is_not_empty = "is empty: a scope has at least one character (RFC 6749 §3.3)";
    /// RFC 6749 §3.3: `scope = scope-token *( SP scope-token )`.
    ///
    /// - refused: `#[scope("calendar read")]`
    /// - accepted: `#[scope("calendar.read", "See your calendar")]`
    both rfc6749_section_3_3_a_scope_is_one_word = "has a space, which separates scopes (RFC 6749 §3.3): write each as a string of its own";
    /// RFC 6749 §3.3: `scope-token = 1*( %x21 / %x23-5B / %x5D-7E )`.
    ///
    /// - refused: `#[scope("kalender.ändern")]`
    /// - accepted: `"https://example.com/admin"`
    both rfc6749_section_3_3_a_scope_is_a_scope_token = "has the character {}: RFC 6749 §3.3 allows printable ASCII without `\"` and `\\`";
    /// - refused: `scopes(calendar_read)`
    /// - accepted: `scopes(CalendarRead, "mail"`
    error a_scope_is_a_string_or_a_type = "a scope is a string or a `#[scope]` type: write `\"{}\"`";
    /// - refused: `#[scope(calendar)]`
    /// - accepted: `#[scope("calendar.write")]`
    error the_scope_of_a_type_is_a_string = "a scope is a string: write `#[scope(\"{}\")]`";
    /// - refused: `#[scope] struct Missing;`
    /// - accepted: `#[scope("calendar.write")]`
    error rfc6749_section_3_3_a_scope_type_has_a_scope = "the scope is missing (RFC 6749 §3.3): write `{}`";
    /// - refused: `#[scope("calendar", "See your calendar", "mail")]`
    /// - accepted: `#[scope("calendar.read", "See your calendar")]`
    error rfc6749_section_3_3_a_scope_type_has_one_scope = "one struct is one scope: remove this, or give it a struct of its own";
    /// - refused: `scopes(Calendar, Calendar`
    /// - accepted: `scopes(CalendarRead,`
    both a_scope_is_declared_once = "the scope `{}` is given twice: keep one";
    /// - refused: `#[scope("calendar", "")]`
    /// - accepted: `#[scope("calendar.read", "See your calendar")]`
    error a_description_says_something = "the description is empty: say what the person allows, or leave it out";
    /// - refused: `#[scope("calendar" = "See your calendar")]`
    /// - accepted: `#[scope("calendar.read", "See your calendar")]`
    error a_description_follows_its_scope = "the description follows after a comma: write `{}`";
    /// - refused: `#[scope("calendar", description = "See your calendar")]`
    /// - accepted: `#[scope("calendar.read", "See your calendar")]`
    error a_description_has_no_name = "`#[scope]` takes the scope, its description and `crate`: write `{}`";
    /// - refused: `#[scope("calendar")] enum Choice {`
    /// - accepted: `struct CalendarWrite;`
    error a_scope_type_is_a_struct = "`#[scope(…)]` is for a struct that stands for the scope, not for `{}`{}";
    /// - refused: `struct Fields { name: String, }`
    /// - accepted: `pub(crate) struct Admin {}`
    error a_scope_type_holds_nothing = "the struct stands for the scope and is never made, so that its fields would be lost: write `struct {};`";
    /// - refused: `struct Generic<T>(T);`
    /// - accepted: `pub struct CalendarRead;`
    error rfc6749_section_3_3_a_scope_type_has_no_parameters = "a scope is one word (RFC 6749 §3.3), so its struct has no parameters: write `struct {};`";
    /// - refused: `Bearer<Calendar>`
    /// - accepted: `_: Bearer<(CalendarRead, CalendarWrite)>`
    error rfc6750_section_3_1_a_handler_asks_for_scopes = "`{}` does not say which scopes are needed";
} }

/// Judges a scope.
///
/// # Errors
///
/// Words about it.
pub fn check(token: &str) -> Result<(), String> {
    judge(token).map_err(|broken| format!("the scope `{}` {broken}", token.escape_debug()))
}

fn judge(token: &str) -> Result<(), Broken> {
    ensure(!token.is_empty(), &rfc6749_section_3_3_a_scope_is_not_empty)?;
    ensure(!token.contains(' '), &rfc6749_section_3_3_a_scope_is_one_word)?;
    none_is_found(token.chars().find(|c| !is_of_a_token(*c)), &rfc6749_section_3_3_a_scope_is_a_scope_token)
}

/// Tells whether a text is a scope token.
pub fn is_scope_token(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_of_a_token)
}

const fn is_of_a_token(c: char) -> bool {
    matches!(c, '\x21' | '\x23'..='\x5B' | '\x5D'..='\x7E')
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn vectors() {
        for token in ["profile", "calendar.read", "https://example.com/scope", "a:b", "!", "~", "urn:x#[]"] {
            assert_eq!(check(token), Ok(()), "{token}");
        }
        for token in ["", " ", "a b", "a\"b", "a\\b", "ü", "a\tb", "\x7f"] {
            assert!(check(token).is_err(), "{token}");
        }
    }
}
