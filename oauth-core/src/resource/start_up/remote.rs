//! Of a resource whose tokens come from another server.

use std::time::Duration;

use super::super::{Credentials, ResourceConfig, Validation};
use super::trusts_no_issuer;
use crate::token::{issuer_defect, split_origin};

pub(in super::super) fn check(
    config: &ResourceConfig,
    issuer: &str,
    audience: &str,
    credentials: Option<&Credentials>,
    mistakes: &mut Vec<String>,
) {
    mistakes.extend(trusts_no_issuer(issuer));
    mistakes.extend(is_nobodys_audience(audience));
    mistakes.extend(is_anybodys_audience(config));
    mistakes.extend(asks_without_credentials(config, credentials));
    mistakes.extend(asks_where_anyone_answers(config));
    mistakes.extend(withdrawn_keys_work_on(config));
    mistakes.extend(unknown_keys_stay_unknown(config));
}

/// RFC 9068 §4: "The JWT access token MUST be rejected if "aud" does not contain a resource indicator of the current resource
/// server as a valid audience."
fn is_nobodys_audience(audience: &str) -> Option<String> {
    audience.trim().is_empty().then(|| {
        "no audience: a resource must refuse tokens that are meant for another (RFC 9068 §4); add `audience = \"…\"`".to_owned()
    })
}

/// The same of one that says so itself.
fn is_anybodys_audience(config: &ResourceConfig) -> Option<String> {
    (config.danger_any_audience && config.audience.is_none()).then(|| {
        "`danger_any_audience` is for a resource beside its server: another server's tokens are for many (RFC 9068 §4); \
         remove it"
            .to_owned()
    })
}

/// RFC 7662 §2.1: "the endpoint MUST also require some form of authorization to access this endpoint".
fn asks_without_credentials(config: &ResourceConfig, credentials: Option<&Credentials>) -> Option<String> {
    (matches!(config.validation, Validation::Introspection(_)) && credentials.is_none()).then(|| {
        "introspection needs credentials (RFC 7662 §2.1): add a field `#[credentials] credentials: Credentials`".to_owned()
    })
}

/// RFC 8414 §2, of `jwks_uri`: "This URL MUST use the "https" scheme"; RFC 7662 §4 wants TLS of introspection, too. The query
/// is the issuer's own affair, and so is how the path is encoded.
fn asks_where_anyone_answers(config: &ResourceConfig) -> Option<String> {
    let uri = match config.validation {
        Validation::Jwks(uri) | Validation::Introspection(uri) => uri?,
    };
    let (origin, rest) = split_origin(uri);
    let origin = origin.split('?').next().unwrap_or_default();
    let is_text = uri.bytes().all(|byte| byte.is_ascii_graphic());
    let defect = match issuer_defect(origin) {
        None if is_text && !rest.contains('#') => return None,
        None => "it has a character that is percent-encoded in URLs, or a fragment, which is never sent (RFC 3986 §2, §3.5)"
            .to_owned(),
        Some(defect) => defect.replace("the issuer", "it"),
    };
    Some(format!("the URI `{}`: {defect}", uri.escape_debug()))
}

/// A key that the issuer withdraws.
fn withdrawn_keys_work_on(config: &ResourceConfig) -> Option<String> {
    let age = config.jwks_max_age;
    (age.is_zero() || age > Duration::from_hours(24)).then(|| {
        "the keys of the issuer would be fetched for every token, or a withdrawn one work on for over a day: write a \
         `jwks_max_age` from a second to a day"
            .to_owned()
    })
}

/// A token names any `kid` it likes: each would make us ask the issuer.
fn unknown_keys_stay_unknown(config: &ResourceConfig) -> Option<String> {
    let interval = config.jwks_refresh_interval;
    (interval.is_zero() || interval > Duration::from_hours(1)).then(|| {
        "an unknown key would be asked for at every token, or stay unknown for over an hour: write a \
         `jwks_refresh_interval` from a second to an hour"
            .to_owned()
    })
}
