//! Advice about token generators.

use super::model::{ValidatedFormat, ValidatedGenerator};
use crate::lints::{Finding, table};

const DAY: u64 = 86_400;

pub(super) fn find(model: &ValidatedGenerator<'_>) -> Vec<Finding> {
    [long_lived_access_tokens(model), hmac_access_tokens(model)].into_iter().flatten().collect()
}

/// RFC 6750 §5.3: "Token servers SHOULD issue short-lived (one hour or less) bearer tokens". Up to a day may be a choice.
fn long_lived_access_tokens(model: &ValidatedGenerator<'_>) -> Option<Finding> {
    let lifetime = model.expires_in.filter(|lifetime| lifetime.seconds > DAY)?;
    Some(Finding { lint: &table::LONG_LIVED_ACCESS_TOKENS, span: lifetime.span })
}

/// RFC 9068 §2.1: "Although JWT access tokens can use any signing algorithm, use of asymmetric cryptography is RECOMMENDED".
fn hmac_access_tokens(model: &ValidatedGenerator<'_>) -> Option<Finding> {
    let ValidatedFormat::Jwt(jwt) = &model.format else { return None };
    let algorithm = jwt.algorithm.as_ref().filter(|algorithm| algorithm.value.starts_with("HS"))?;
    Some(Finding { lint: &table::HMAC_ACCESS_TOKENS, span: algorithm.span })
}
