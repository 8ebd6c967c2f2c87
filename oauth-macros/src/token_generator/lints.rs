//! Advice about token generators.

use super::model::{ValidatedFormat, ValidatedGenerator};
use crate::lints::Finding;
use crate::rules::advice;
use crate::rules::algorithm::is_symmetric;
use crate::rules::lifetime::DAY;

pub(super) fn find(model: &ValidatedGenerator<'_>) -> Vec<Finding> {
    [long_lived_access_tokens(model), hmac_access_tokens(model)].into_iter().flatten().collect()
}

/// RFC 6750 §5.3: "Token servers SHOULD issue short-lived (one hour or less) bearer tokens". Up to a day may be a choice.
fn long_lived_access_tokens(model: &ValidatedGenerator<'_>) -> Option<Finding> {
    let lifetime = model.expires_in.as_ref().filter(|lifetime| lifetime.seconds > DAY)?;
    Some(Finding { lint: &advice::long_lived_access_tokens, span: lifetime.text.span })
}

/// RFC 9068 §2.1: "Although JWT access tokens can use any signing algorithm, use of asymmetric cryptography is RECOMMENDED".
fn hmac_access_tokens(model: &ValidatedGenerator<'_>) -> Option<Finding> {
    let ValidatedFormat::Jwt(jwt) = &model.format else { return None };
    let algorithm = jwt.algorithm.as_ref().filter(|algorithm| is_symmetric(&algorithm.value))?;
    Some(Finding { lint: &advice::hmac_access_tokens, span: algorithm.span })
}
