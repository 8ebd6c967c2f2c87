//! The standard claims, OIDC Core §5.

use oauth_rules::claim::STANDARD;
use serde_json::Value;

use super::ClaimDeclaration;

/// The claims that ID tokens always may have (§2).
pub(crate) const ID_TOKEN_CLAIMS: [&str; 9] =
    ["iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "acr", "amr"];

/// Each claim that is of a scope, behind the scope: the standard ones, and of those that a validator declares.
pub(crate) fn scopes_and_names(
    declared: &[ClaimDeclaration],
) -> impl Iterator<Item = (&'static str, &'static str)> {
    let standard = STANDARD.iter().flat_map(|(scope, names)| names.iter().map(move |name| (*scope, *name)));
    let declared = declared.iter().filter_map(|declaration| Some((declaration.scope?, declaration.names)));
    standard.chain(declared.flat_map(|(scope, names)| names.iter().map(move |name| (scope, *name))))
}

/// §5.3.2: "If a Claim is not returned, that Claim Name SHOULD be omitted from the JSON object representing the Claims; it
/// SHOULD NOT be present with a null or empty string value."
pub(crate) fn is_told(value: &Value) -> bool {
    !value.is_null() && value.as_str() != Some("")
}
