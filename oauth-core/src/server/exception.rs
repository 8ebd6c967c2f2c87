//! What a configuration does against advice, and why.

use oauth_rules::advice;
use oauth_rules::lifetime::{DAY, YEAR};
use oauth_rules::start_up::what_is_denied_is_not_done_by_a_key_of_the_run;

use super::{AuthorizationServer, Feature, Profile, Report, Rule};
use crate::grant::ResponseType;
use crate::token::{TokenFormat, TokenGenerator, is_equal};

/// A decision against advice, with its reason: `allow(rule, reason = "…")` of the macros.
/// [`report`](AuthorizationServer::report) lists it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Exception {
    /// The rule, such as `long_lived_access_tokens`.
    pub rule: &'static str,
    /// Why, in words of whoever decided.
    pub reason: &'static str,
}

impl Exception {
    /// An exception to a rule.
    pub const fn new(rule: &'static str, reason: &'static str) -> Self {
        Self { rule, reason }
    }
}

/// Something that is done against advice, and is no [`Exception`]: what `deny(…)` of a server refuses in its token generators.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Warning {
    /// What denies it: the rule, and the documents that advise against it, such as `rfc6750`. `warnings` denies everything
    /// that is a warning of the compiler otherwise.
    pub denied_by: &'static [&'static str],
    /// What is wrong, why, and what to write instead.
    pub message: &'static str,
}

impl Warning {
    /// A warning.
    pub const fn new(denied_by: &'static [&'static str], message: &'static str) -> Self {
        Self { denied_by, message }
    }

    /// Whether one of these names denies it.
    pub(crate) const fn is_denied_by(&self, mut names: &[&str]) -> bool {
        while let [name, rest @ ..] = names {
            let mut denied_by = self.denied_by;
            while let [by, rest @ ..] = denied_by {
                if is_equal(name.as_bytes(), by.as_bytes()) {
                    return true;
                }
                denied_by = rest;
            }
            names = rest;
        }
        false
    }
}

/// An exception that a server makes, as its report lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReportedException {
    /// What is allowed, as the configuration names it.
    pub name: &'static str,
    /// The section that advises against it.
    pub section: String,
    /// What it costs.
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

/// Whether a server does what this is advice against.
fn goes_against(report: &Report, advice: &Rule) -> bool {
    match advice.name {
        "long_lived_access_tokens" => report.lifetimes.access_token.as_secs() > DAY,
        "hmac_access_tokens" => matches!(report.access_tokens, TokenFormat::Shared { .. }),
        "implicit_grant" => report.response_types.iter().any(|asked| asked.contains(ResponseType::TOKEN)),
        "password_grant" => report.has(Feature::Password),
        "danger_pkce_optional" => report.pkce_is_optional,
        "long_lived_refresh_tokens" => {
            report.has(Feature::RefreshToken) && report.lifetimes.refresh_token.as_secs() > YEAR
        }
        "irrevocable_refresh_tokens" => report.has(Feature::RefreshToken) && !report.has(Feature::Revocation),
        _ => false,
    }
}

/// What no rule is against, and an operator should know.
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

/// What a server denies, and does all the same, as only a run tells: by the key that signs its tokens, for example. What its
/// generators say of themselves is told already.
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

/// Whether there is such a rule.
pub(super) fn is_known(rule: &str) -> bool {
    of_servers().any(|advice| advice.name == rule) || OTHERS.iter().any(|known| known.name == rule)
}

pub(super) fn of_servers() -> impl Iterator<Item = &'static Rule> {
    advice::ALL.iter().copied().filter(|advice| advice.subject != "resource_server")
}
