//! Grants of an application's own, and their names.

use alloc::format;
use alloc::string::{String, ToString as _};

use crate::broken::{ensure, none_is_found};
use crate::grant;

rules! { "extension_grant" {
    /// RFC 6749 §4.5: a request says which grant it means.
    ///
    /// - refused: `#[extension_grant("")]`
    /// - accepted: `#[extension_grant("urn:example:api-key")]`
    both rfc6749_section_4_5_the_name_is_not_empty = "is empty: an extension grant has an absolute URI (RFC 6749 §4.5), such as `urn:example:grant-type:api-key`";
    /// RFC 6749 §4.5: one extends the grants of the specifications, and does not replace them.
    ///
    /// - refused: `#[extension_grant("client_credentials")]`
    /// - accepted: `#[extension_grant("urn:example:api-key")]`
    error rfc6749_section_4_5_the_name_is_no_standard_grants = "is a standard grant's: write `{}` in `grants(…)` instead, or choose a URI of your own";
    /// RFC 3986 §2.
    ///
    /// - refused: `#[extension_grant("urn:example:api key")]`
    /// - accepted: `#[extension_grant("urn:example:api-key")]`
    both rfc3986_section_2_the_name_has_characters_of_uris = "has the character {}, which no URI has (RFC 3986 §2)";
    /// RFC 6749 §4.5: "The client uses an extension grant type by specifying the grant type using an absolute URI (defined by
    /// the authorization server) as the value of the "grant_type" parameter". RFC 3986 §4.3: `scheme ":" hier-part [ "?" query ]`.
    ///
    /// - refused: `#[extension_grant("api_key")]`
    /// - accepted: `#[extension_grant("https://example.com/grants/ticket")]`
    both rfc6749_section_4_5_the_name_is_an_absolute_uri = "is not an absolute URI, as RFC 6749 §4.5 wants it: write `urn:example:{}`, with a namespace of your own";
    /// RFC 3986 §4.3: "the absolute form of a URI without a fragment identifier".
    ///
    /// - refused: `#[extension_grant("https://example.com/grant#api-key")]`
    /// - accepted: `#[extension_grant("https://example.com/grants/ticket")]`
    both rfc3986_section_4_3_the_name_has_no_fragment = "has a fragment, which an absolute URI has not (RFC 3986 §4.3): leave it out";
    /// RFC 8141 §2: `assigned-name = "urn" ":" NID ":" NSS`.
    ///
    /// - refused: `#[extension_grant("urn:example")]`
    /// - accepted: `#[extension_grant("urn:example:api-key")]`
    both rfc8141_section_2_a_urn_is_whole = "is not a whole URN (RFC 8141 §2): write `urn:namespace:name`";
    /// RFC 6749 §4.5: the `grant_type` says which grant is meant.
    ///
    /// - refused: `grants(grants::ApiKey, grants::SameName)`
    /// - accepted: `grants(ApiKey, refresh_token, grants::Ticket, client_credentials)`
    both rfc6749_section_4_5_each_grant_has_its_own_name = "two of the grants have the same `grant_type`, `{}`, so that no request could reach the second (RFC 6749 §4.5): give each `#[extension_grant(\"urn:…\")]` a URI of its own";
    /// - refused: `#[extension_grant]`
    /// - accepted: `#[extension_grant("urn:example:api-key")]`
    error rfc6749_section_4_5_an_extension_grant_has_a_name = "the grant has no name, an absolute URI (RFC 6749 §4.5): write `{}`";
    /// - refused: `#[extension_grant(urn)]`
    /// - accepted: `#[extension_grant("urn:example:api-key")]`
    error the_name_of_an_extension_grant_is_a_string = "the name of the grant is a string: write `{}`";
    /// - refused: `#[extension_grant("urn:example:a", "urn:example:b")]`
    /// - accepted: `#[extension_grant("urn:example:api-key")]`
    error rfc6749_section_4_5_an_extension_grant_has_one_name = "`#[extension_grant]` takes a URI and `crate`: write `{}`";
    /// - refused: `grants(ApiKey, client_credential, ApiKey`
    /// - accepted: `grants(ApiKey, refresh_token, grants::Ticket, client_credentials)`
    error an_extension_grant_is_given_once = "the grant `{}` is given twice: keep one";
    /// - refused: `my::,`
    /// - accepted: `grants(ApiKey, refresh_token, grants::Ticket, client_credentials)`
    error an_extension_grant_is_a_type = "an extension grant is the path of a type with `#[extension_grant(\"urn:…\")]`, such as `grants(my::Grant)`";
    /// - refused: `grants(Undecided)`
    /// - accepted: `impl<V: RequestValidator> ExtensionGrant<V> for ApiKey`
    error an_extension_grant_knows_the_validator_that_it_asks = "does not know the validator";
    /// - refused: `#[extension_grant("urn:example:function")]`
    /// - accepted: `pub struct ApiKey;`
    error an_extension_grant_is_a_struct = "`#[extension_grant(…)]` is for a struct that stands for the grant, not for `{}`{}";
    /// - refused: `struct Generic<T>(T);`
    /// - accepted: `pub struct ApiKey;`
    error rfc6749_section_4_5_an_extension_grant_has_no_parameters = "a grant has one name (RFC 6749 §4.5), so its struct has no parameters: write `struct {};`";
    /// - refused: `struct Keys { keys: Vec<String>,`
    /// - accepted: `pub struct ApiKey;`
    error an_extension_grant_holds_nothing = "the struct stands for the grant and is never made: write `struct {};`, and keep what it needs in the validator, which `approve` is given";
} }

/// Judges the name of an extension grant.
///
/// # Errors
///
/// Words about it.
pub fn check(grant_type: &str) -> Result<(), String> {
    let judged = match grant::of_type(grant_type) {
        Some(grant) => Err(rfc6749_section_4_5_the_name_is_no_standard_grants.says(&[&grant.name])),
        None => judge(grant_type),
    };
    judged.map_err(|words| format!("the grant type `{}` {words}", grant_type.escape_debug()))
}

/// Each rule reads a text that those before it have passed.
fn judge(grant_type: &str) -> Result<(), String> {
    ensure(!grant_type.is_empty(), &rfc6749_section_4_5_the_name_is_not_empty)
        .and_then(|()| {
            let found = grant_type.chars().find(|c| !is_uri(*c));
            none_is_found(found, &rfc3986_section_2_the_name_has_characters_of_uris)
        })
        .map_err(|broken| broken.to_string())?;
    if !is_absolute(grant_type) {
        let name = grant_type.trim_matches(['/', ':']);
        return Err(rfc6749_section_4_5_the_name_is_an_absolute_uri.says(&[&name]));
    }
    ensure(!grant_type.contains('#'), &rfc3986_section_4_3_the_name_has_no_fragment)
        .and_then(|()| ensure(is_no_part_of_a_urn(grant_type), &rfc8141_section_2_a_urn_is_whole))
        .map_err(|broken| broken.to_string())
}

/// Tells whether a text is an absolute URI without a fragment (RFC 3986 §4.3).
pub fn is_uri_without_fragment(text: &str) -> bool {
    is_absolute(text) && text.chars().all(is_uri) && !text.contains('#')
}

fn is_absolute(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, rest)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
            && !rest.is_empty()
    })
}

fn is_no_part_of_a_urn(text: &str) -> bool {
    let mut parts = text.splitn(3, ':');
    let is_urn = parts.next().is_some_and(|scheme| scheme.eq_ignore_ascii_case("urn"));
    let is_whole = parts.next().is_some_and(|namespace| namespace.len() > 1)
        && parts.next().is_some_and(|name| !name.is_empty());
    !is_urn || is_whole
}

const fn is_uri(c: char) -> bool {
    c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}')
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn vectors() {
        for grant_type in [
            "urn:example:grant-type:api-key",
            "urn:ietf:params:oauth:grant-type:saml2-bearer",
            "https://example.com/grants/api-key",
            "https://example.com/grants?name=api-key",
            "tag:example.com,2024:grant",
        ] {
            assert_eq!(check(grant_type), Ok(()), "{grant_type}");
        }
        for grant_type in [
            "",
            "api_key",
            "/grants/api-key",
            "//example.com/grant",
            ":x",
            "1a:x",
            "urn:",
            "urn:example",
            "urn:example:",
            "urn:e:x",
            "https://example.com/grant#x",
            "urn:example:a b",
            "urn:example:ä",
            "urn:example:{id}",
            "password",
            "urn:ietf:params:oauth:grant-type:device_code",
            "urn:ietf:params:oauth:grant-type:token-exchange",
        ] {
            assert!(check(grant_type).is_err(), "{grant_type}");
        }
    }
}
