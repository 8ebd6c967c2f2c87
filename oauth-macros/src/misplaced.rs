//! Attributes on what is no struct: what to write in its place.

use proc_macro2::{TokenStream, TokenTree};

use crate::args::ungrouped;

/// The keyword that tells what an item is.
pub(crate) fn leading_keyword(item: &TokenStream) -> Option<String> {
    const KEYWORDS: [&str; 11] =
        ["struct", "enum", "union", "impl", "fn", "trait", "mod", "type", "static", "use", "const"];
    let mut words = ungrouped(item.clone()).into_iter().filter_map(|token| match token {
        TokenTree::Ident(ident) => Some(ident.to_string()),
        _ => None,
    });
    let keyword = words.find(|word| KEYWORDS.contains(&word.as_str()))?;
    // `const fn`, `const unsafe fn`
    let is_fn = keyword == "const"
        && words.next().is_some_and(|next| ["fn", "async", "unsafe", "extern"].contains(&next.as_str()));
    Some(if is_fn { "fn".to_owned() } else { keyword })
}

/// The keyword of an item that is none of a type with fields.
pub(crate) fn keyword_of_no_type(item: &TokenStream) -> Option<String> {
    leading_keyword(item).filter(|keyword| !["struct", "enum", "union"].contains(&keyword.as_str()))
}

/// The text to write in place of an attribute on an item with this keyword; empty where nobody knows.
pub(crate) fn remedy(attribute: &str, keyword: &str) -> &'static str {
    match (attribute, keyword) {
        ("extension_grant", "impl") => {
            ": write it above the struct, and leave the `impl` of `ExtensionGrant` without an attribute"
        }
        ("token_generator", "impl") => {
            ": write it above the struct; where methods make the tokens, the block has `#[validator]`"
        }
        (_, "impl") => ": write it above the struct",
        ("extension_grant", "fn") => {
            ": write `#[extension_grant(\"urn:…\")] struct ApiKey;`, and this as `approve` in an `impl ExtensionGrant<Accounts> for ApiKey`"
        }
        ("authorization_server", "fn") => {
            ": write `struct AuthServer { … }` below it, whose fields are the parts, and make one here: `AuthServer { … }.into_router()?`"
        }
        ("resource_server", "fn") => {
            ": write `struct Api;` below it, and take the token as an argument here: `Bearer<CalendarRead>`"
        }
        ("step_up", "fn") => ", and take `Bearer<StepUp<Mfa>>` as an argument of the function",
        _ => "",
    }
}
