//! The mistakes of a protected resource that compiles: one function a rule. The limits are those of the macro.

pub(super) mod local;
#[cfg(feature = "resource")]
pub(super) mod remote;

use std::time::Duration;

use oauth_rules::issuer;
use oauth_rules::number::VERIFICATION_CACHE;
use oauth_rules::resource::{
    DURATIONS, rfc8725_section_3_1_an_algorithm_signs,
    rfc9068_section_2_1_no_secret_is_shared_with_the_issuer,
    rfc9449_section_4_3_a_resource_that_requires_proofs_can_check_them,
    rfc9700_section_2_3_a_resource_names_its_audience_or_takes_any, what_an_api_remembers_is_bounded,
};

use super::ResourceConfig;

/// Checks the configuration of any resource.
pub(super) fn check(config: &ResourceConfig, mistakes: &mut Vec<String>) {
    let durations = [
        ("leeway", config.leeway),
        ("introspection_cache", config.introspection_cache),
        ("jwks_max_age", config.jwks_max_age),
        ("jwks_refresh_interval", config.jwks_refresh_interval),
    ];
    mistakes.extend(durations.iter().filter_map(|(name, duration)| is_out_of_limits(name, *duration)));
    let remembered = u64::try_from(config.verification_cache).unwrap_or(u64::MAX);
    if !VERIFICATION_CACHE.takes(remembered) {
        mistakes.push(what_an_api_remembers_is_bounded.says(&[&remembered]));
    }
    if config.algorithms.is_empty() {
        mistakes.push(rfc8725_section_3_1_an_algorithm_signs.words.to_owned());
    }
    let secret = config.algorithms.iter().find(|algorithm| algorithm.is_symmetric());
    mistakes.extend(secret.map(|secret| {
        rfc9068_section_2_1_no_secret_is_shared_with_the_issuer.says(&[&format!("{secret:?}")])
    }));
    if config.danger_any_audience && config.audience.is_some() {
        mistakes.push(rfc9700_section_2_3_a_resource_names_its_audience_or_takes_any.words.to_owned());
    }
}

/// RFC 9449 §4.3: a proof is for a URL, which somebody must know; and without a server that binds tokens, none is bound.
pub(super) fn takes_no_proofs(config: &ResourceConfig, takes_proofs: bool) -> Option<String> {
    let rule = &rfc9449_section_4_3_a_resource_that_requires_proofs_can_check_them;
    (config.dpop_required && !takes_proofs).then(|| rule.words.to_owned())
}

fn is_out_of_limits(name: &str, duration: Duration) -> Option<String> {
    let limits = DURATIONS.iter().find(|limits| limits.name == name)?;
    // A part of a second is a second: what is over the limit by less is over it.
    limits.check_seconds(duration.as_secs() + u64::from(duration.subsec_nanos() > 0)).err()
}

/// RFC 9068 §4: "The issuer identifier for the authorization server […] MUST exactly match the value of the "iss" claim."
pub(super) fn trusts_no_issuer(issuer: &str) -> Option<String> {
    issuer::check_foreign(issuer).err().map(|broken| format!("the issuer `{issuer}` {broken}"))
}
