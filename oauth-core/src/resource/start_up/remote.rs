//! The checks of a resource whose tokens come from another server.

use oauth_rules::resource::{
    rfc7662_section_2_1_introspection_has_credentials, rfc9068_section_4_a_resource_has_an_audience,
    rfc9068_section_4_another_servers_tokens_are_not_for_everybody,
    rfc9068_section_4_the_audience_of_a_resource_is_named,
};
use oauth_rules::url;

use super::super::{Credentials, ResourceConfig, Validation};
use super::trusts_no_issuer;

pub(in super::super) fn check(
    config: &ResourceConfig,
    issuer: &str,
    audience: &str,
    credentials: Option<&Credentials>,
    mistakes: &mut Vec<String>,
) {
    mistakes.extend(trusts_no_issuer(issuer));
    if audience.is_empty() {
        mistakes.push(rfc9068_section_4_a_resource_has_an_audience.says(&[&"\"https://api.example.com\""]));
    } else if audience.trim().is_empty() {
        mistakes.push(rfc9068_section_4_the_audience_of_a_resource_is_named.words.to_owned());
    }
    if config.danger_any_audience && config.audience.is_none() {
        mistakes.push(rfc9068_section_4_another_servers_tokens_are_not_for_everybody.words.to_owned());
    }
    if matches!(config.validation, Validation::Introspection(_)) && credentials.is_none() {
        mistakes.push(rfc7662_section_2_1_introspection_has_credentials.words.to_owned());
    }
    let uri = match config.validation {
        Validation::Jwks(uri) | Validation::Introspection(uri) => uri,
    };
    mistakes.extend(uri.and_then(|uri| {
        let words = url::check_endpoint(uri).err()?;
        Some(format!("the URI `{}` {words}", uri.escape_debug()))
    }));
}
