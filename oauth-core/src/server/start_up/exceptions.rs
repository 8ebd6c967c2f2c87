//! The checks of what a server does against advice.

use oauth_rules::{decisions, list};

use crate::advice::Exception;
use crate::frame::AuthorizationServer;
use crate::server::{Report, exception};
use crate::token::TokenGenerator as _;

pub(super) fn check<S: AuthorizationServer>(report: &Report, mistakes: &mut Vec<String>) {
    mistakes.extend(exception::named::<S>().filter_map(has_no_rule));
    mistakes.extend(exception::named::<S>().filter_map(has_no_reason));
    mistakes.extend(are_denied::<S>());
    mistakes.extend(exception::denied_at_run::<S>(report));
}

/// An exception to nothing would mislead whoever reads the report.
fn has_no_rule(exception: &Exception) -> Option<String> {
    let rule = &decisions::an_exception_is_to_a_rule_that_is_advice;
    (!exception::is_known(exception.rule))
        .then(|| rule.says(&[&exception.rule, &": remove the exception", &takes()]))
}

fn takes() -> String {
    format!("a server can allow {}", list::words(exception::of_servers().map(|advice| advice.name)))
}

/// The mistake of an exception without a reason, which nobody could review.
fn has_no_reason(exception: &Exception) -> Option<String> {
    let rule = &decisions::an_exception_has_its_reason;
    exception.reason.trim().is_empty().then(|| rule.says(&[&exception.rule]))
}

/// The compiler has checked this, unless a token generator is a type parameter.
fn are_denied<S: AuthorizationServer>() -> impl Iterator<Item = String> {
    let warnings = [S::AccessTokens::WARNINGS, S::RefreshTokens::WARNINGS].into_iter().flatten();
    let denied = warnings.filter(|warning| warning.is_denied_by(S::CONFIG.denied));
    denied.map(|warning| warning.message.to_owned())
}
