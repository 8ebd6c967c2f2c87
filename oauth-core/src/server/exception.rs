//! The exceptions that a configuration makes against advice, and why.

use oauth_rules::advice;
use oauth_rules::lifetime::{DAY, HOUR, YEAR};
use oauth_rules::start_up::what_is_denied_is_not_done_by_a_key_of_the_run;

use super::{Feature, Report, Rule};
use crate::advice::Exception;
use crate::client::ResponseType;
use crate::frame::{AuthorizationServer, Profile};
use crate::token::{TokenFormat, TokenGenerator};

/// An exception that a server makes, as its report lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReportedException {
    /// The name of what is allowed, as the configuration has it.
    pub name: &'static str,
    /// The section that advises against it.
    pub section: String,
    /// The cost of the exception.
    pub cost: &'static str,
    /// The owner's reason, if one was given.
    pub reason: Option<&'static str>,
}

/// Something that a server can do against advice or beside the standard, and whether it does.
struct Known {
    name: &'static str,
    is_made: fn(&Report) -> bool,
    section: &'static str,
    cost: &'static str,
}

/// Tells whether a server does what this is advice against.
fn goes_against(report: &Report, advice: &Rule) -> bool {
    match advice.name {
        "long_lived_access_tokens" => {
            report.lifetimes.access_token.as_secs() > DAY && !report.access_tokens_are_self_contained
        }
        "long_lived_self_contained_tokens" => {
            report.lifetimes.access_token.as_secs() > HOUR && report.access_tokens_are_self_contained
        }
        "hmac_access_tokens" => matches!(report.access_tokens, TokenFormat::Shared { .. }),
        "implicit_grant" => report.response_types.iter().any(|asked| asked.contains(ResponseType::TOKEN)),
        "password_grant" => report.has(Feature::Password),
        "danger_pkce_optional" => report.pkce_is_optional,
        "long_lived_refresh_tokens" => {
            report.has(Feature::RefreshToken) && report.lifetimes.refresh_token.as_secs() > YEAR
        }
        "irrevocable_refresh_tokens" => report.has(Feature::RefreshToken) && !report.has(Feature::Revocation),
        "offline_access_is_not_for_strangers" => {
            let is_there = |name: &&str| *name == "offline_access";
            let withheld = report.unverified_scopes.as_ref().is_some_and(|names| !names.iter().any(is_there));
            withheld && report.takes_strangers && report.scopes.iter().any(|scope| is_there(&scope.name))
        }
        _ => false,
    }
}

/// The choices that no rule is against, and an operator should know.
const OTHERS: [Known; 2] = [
    Known {
        name: "profile = \"oauth2.0\"",
        is_made: |report| report.profile == Profile::OAuth20,
        section: "RFC 9700 §2.1.2, §2.4",
        cost: "what OAuth 2.1 removed may be offered, for clients that cannot change",
    },
    Known {
        name: "an http issuer",
        is_made: |report| report.issuer.starts_with("http://"),
        section: "RFC 8414 §2",
        cost: "it is on loopback, for development: anywhere else, everyone on the way can read it",
    },
];

/// The exceptions that a server makes, with the reasons that its configuration gives.
pub(super) fn made_by<S: AuthorizationServer>(report: &Report) -> Vec<ReportedException> {
    let reason =
        |name| named::<S>().find(|exception| exception.rule == name).map(|exception| exception.reason);
    let advice = of_servers().filter(|advice| goes_against(report, advice)).map(|advice| ReportedException {
        name: advice.name,
        section: advice.section().unwrap_or_default(),
        cost: advice.words,
        reason: reason(advice.name),
    });
    let others = OTHERS.iter().filter(|known| (known.is_made)(report)).map(|known| ReportedException {
        name: known.name,
        section: known.section.to_owned(),
        cost: known.cost,
        reason: reason(known.name),
    });
    advice.chain(others).collect()
}

/// The denied things that a server does all the same, as only a run tells: by the key that signs its
/// tokens, for example. What its generators say of themselves is told already.
pub(super) fn denied_at_run<S: AuthorizationServer>(report: &Report) -> impl Iterator<Item = String> {
    let is_told = |name: &str| {
        let mut warnings = [S::AccessTokens::WARNINGS, S::RefreshTokens::WARNINGS].into_iter().flatten();
        warnings.any(|warning| warning.denied_by.contains(&name))
    };
    let is_named = |name: &str| named::<S>().any(|exception| exception.rule == name);
    let denied =
        of_servers().filter(|advice| advice.denied_by().any(|name| S::CONFIG.denied.contains(&name)));
    let done = denied.filter(move |advice| {
        goes_against(report, advice) && !is_told(advice.name) && !is_named(advice.name)
    });
    done.map(|advice| {
        let section = advice.section().unwrap_or_default();
        what_is_denied_is_not_done_by_a_key_of_the_run.says(&[&advice.name, &advice.words, &section])
    })
}

/// Every exception of the configuration.
pub(super) fn named<S: AuthorizationServer>() -> impl Iterator<Item = &'static Exception> {
    let of_tokens = [S::AccessTokens::EXCEPTIONS, S::RefreshTokens::EXCEPTIONS];
    S::CONFIG.exceptions.iter().chain(of_tokens.into_iter().flatten())
}

/// Tells whether there is such a rule.
pub(super) fn is_known(rule: &str) -> bool {
    of_servers().any(|advice| advice.name == rule) || OTHERS.iter().any(|known| known.name == rule)
}

pub(super) fn of_servers() -> impl Iterator<Item = &'static Rule> {
    advice::ALL.iter().copied().filter(|advice| advice.subject != "resource_server")
}
