//! What a server does against advice.

use crate::server::{AuthorizationServer, Exception, Report, exception};
use crate::token::TokenGenerator as _;

pub(super) fn check<S: AuthorizationServer>(report: &Report, mistakes: &mut Vec<String>) {
    mistakes.extend(exception::named::<S>().filter_map(has_no_rule));
    mistakes.extend(exception::named::<S>().filter_map(has_no_reason));
    mistakes.extend(are_denied::<S>());
    mistakes.extend(exception::denied_at_run::<S>(report));
}

/// An exception to nothing would mislead whoever reads the report.
fn has_no_rule(exception: &Exception) -> Option<String> {
    let rule = exception.rule;
    (!exception::is_known(rule))
        .then(|| format!("there is no rule `{rule}` to make an exception of: remove it"))
}

/// Without it nobody could review the exception.
fn has_no_reason(exception: &Exception) -> Option<String> {
    let Exception { rule, reason } = exception;
    reason
        .trim()
        .is_empty()
        .then(|| format!("the exception to `{rule}` needs its reason, for whoever reviews it"))
}

/// The compiler has checked this, unless a token generator is a type parameter.
fn are_denied<S: AuthorizationServer>() -> impl Iterator<Item = String> {
    let warnings = [S::AccessTokens::WARNINGS, S::RefreshTokens::WARNINGS].into_iter().flatten();
    let denied = warnings.filter(|warning| warning.is_denied_by(S::CONFIG.denied));
    denied.map(|warning| warning.message.replace('\n', "; "))
}
