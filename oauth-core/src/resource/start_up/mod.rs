//! What is wrong with a protected resource that compiles: one function a rule. The limits are those of the macro.

#[cfg(feature = "resource")]
pub(super) mod remote;

use super::ResourceConfig;
use crate::token::{InvalidIssuer, check_foreign_issuer};

/// Of every resource.
pub(super) fn check(config: &ResourceConfig, mistakes: &mut Vec<String>) {
    mistakes.extend(expired_tokens_work_on(config));
    mistakes.extend(revoked_tokens_work_on(config));
    mistakes.extend(no_algorithm_signs(config));
    mistakes.extend(a_secret_is_shared(config));
    mistakes.extend(any_audience_is_named(config));
}

/// RFC 9068 §4: "The issuer identifier for the authorization server […] MUST exactly match the value of the "iss" claim."
pub(super) fn trusts_no_issuer(issuer: &str) -> Option<String> {
    check_foreign_issuer(issuer).err().as_ref().map(InvalidIssuer::to_string)
}

/// RFC 9068 §4 allows "some small leeway, usually no more than a few minutes".
fn expired_tokens_work_on(config: &ResourceConfig) -> Option<String> {
    (config.leeway > ResourceConfig::MAX_LEEWAY)
        .then(|| "the leeway is over five minutes: an expired token would work on (RFC 9068 §4)".to_owned())
}

/// RFC 7662 §4: as long as a response is kept, the resource does not learn that the token was revoked.
fn revoked_tokens_work_on(config: &ResourceConfig) -> Option<String> {
    (config.introspection_cache > ResourceConfig::MAX_INTROSPECTION_CACHE).then(|| {
        "introspection responses are kept for over five minutes: a revoked token would work on (RFC 7662 §4)".to_owned()
    })
}

/// RFC 8725 §3.1: "Libraries MUST enable the caller to specify a supported set of algorithms".
fn no_algorithm_signs(config: &ResourceConfig) -> Option<String> {
    config.algorithms.is_empty().then(|| {
        "no algorithm may sign, so that no token is valid (RFC 8725 §3.1): name one, or leave them out"
            .to_owned()
    })
}

/// RFC 9068 §2.1: "use of asymmetric cryptography is RECOMMENDED": who verifies an HMAC could make it.
fn a_secret_is_shared(config: &ResourceConfig) -> Option<String> {
    config.algorithms.iter().any(|algorithm| algorithm.is_symmetric()).then(|| {
        "HMAC is no algorithm for another server's tokens: whoever can check them can write them (RFC 9068 §2.1); leave it out"
            .to_owned()
    })
}

/// RFC 9700 §2.3: a resource verifies that the token "was meant to be used for that particular resource server", or it does not.
fn any_audience_is_named(config: &ResourceConfig) -> Option<String> {
    (config.danger_any_audience && config.audience.is_some()).then(|| {
        "the resource names its audience, and `danger_any_audience` takes every other (RFC 9700 §2.3): remove one of them"
            .to_owned()
    })
}
