//! Advice about token generators.

use super::model::{ValidatedFormat, ValidatedGenerator};
use crate::lints::Finding;
use crate::rules::advice;
use crate::rules::algorithm::is_symmetric;
use crate::rules::lifetime::{DAY, HOUR};

pub(super) fn find(model: &ValidatedGenerator<'_>) -> Vec<Finding> {
    let findings =
        [long_lived_access_tokens(model), long_lived_self_contained_tokens(model), hmac_access_tokens(model)];
    findings.into_iter().flatten().collect()
}

/// RFC 6750 §5.3: "Token servers SHOULD issue short-lived (one hour or less) bearer tokens". Up to a day may be a choice.
fn long_lived_access_tokens(model: &ValidatedGenerator<'_>) -> Option<Finding> {
    // Of self-contained ones, the advice below is stricter.
    let lifetime = model.expires_in.as_ref().filter(|lifetime| lifetime.seconds > DAY)?;
    (!is_self_contained(model))
        .then_some(Finding { lint: &advice::long_lived_access_tokens, span: lifetime.text.span })
}

/// RFC 7009 §3: "issue short-lived access tokens, which can be refreshed at any time", so that there is "a limit on the time revoked
/// access tokens are in use". RFC 6750 §5.3 says what is short: "one hour or less".
fn long_lived_self_contained_tokens(model: &ValidatedGenerator<'_>) -> Option<Finding> {
    let lifetime = model.expires_in.as_ref().filter(|lifetime| lifetime.seconds > HOUR)?;
    is_self_contained(model)
        .then_some(Finding { lint: &advice::long_lived_self_contained_tokens, span: lifetime.text.span })
}

fn is_self_contained(model: &ValidatedGenerator<'_>) -> bool {
    matches!(&model.format, ValidatedFormat::Jwt(jwt) if jwt.self_contained.is_some())
}

/// RFC 9068 §2.1: "Although JWT access tokens can use any signing algorithm, use of asymmetric cryptography is RECOMMENDED".
fn hmac_access_tokens(model: &ValidatedGenerator<'_>) -> Option<Finding> {
    let ValidatedFormat::Jwt(jwt) = &model.format else { return None };
    let algorithm = jwt.algorithm.as_ref().filter(|algorithm| is_symmetric(&algorithm.value))?;
    Some(Finding { lint: &advice::hmac_access_tokens, span: algorithm.span })
}
