//! What a configuration does against advice, and why.

use super::{AuthorizationServer, Feature, Profile, Report};
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReportedException {
    /// What is allowed, as the configuration names it.
    pub name: &'static str,
    /// The section that advises against it.
    pub section: &'static str,
    /// What it costs.
    pub cost: &'static str,
    /// The owner's reason, if one was given.
    pub reason: Option<&'static str>,
}

/// An exception that a server can make, and whether it does.
struct Known(&'static str, fn(&Report) -> bool, &'static str, &'static str);

const DAY: u64 = 86_400;
const YEAR: u64 = 365 * DAY;

const KNOWN: [Known; 9] = [
    Known(
        "long_lived_access_tokens",
        |report| report.lifetimes.access_token.as_secs() > DAY,
        "RFC 6750 §5.3",
        "whoever steals an access token has it for more than a day",
    ),
    Known(
        "hmac_access_tokens",
        |report| matches!(report.access_tokens, TokenFormat::Shared { .. }),
        "RFC 9068 §2.1",
        "every API that can verify access tokens can write them, too",
    ),
    Known(
        "profile = \"oauth2.0\"",
        |report| report.profile == Profile::OAuth20,
        "RFC 9700 §2.1.2, §2.4",
        "what OAuth 2.1 removed may be offered, for clients that cannot change",
    ),
    Known(
        "implicit_grant",
        |report| report.response_types.iter().any(|asked| asked.contains(ResponseType::TOKEN)),
        "RFC 9700 §2.1.2",
        "access tokens travel in URLs, where histories and scripts find them",
    ),
    Known(
        "password_grant",
        |report| report.has(Feature::Password),
        "RFC 9700 §2.4",
        "clients see people's passwords",
    ),
    Known(
        "danger_pkce_optional",
        |report| report.pkce_is_optional,
        "RFC 9700 §2.1.1",
        "the validator may let a confidential client go without PKCE: a stolen code can then be injected",
    ),
    Known(
        "long_lived_refresh_tokens",
        |report| report.has(Feature::RefreshToken) && report.lifetimes.refresh_token.as_secs() > YEAR,
        "RFC 9700 §4.14.2",
        "refresh tokens that nobody has used for over a year still work",
    ),
    Known(
        "irrevocable_refresh_tokens",
        |report| report.has(Feature::RefreshToken) && !report.has(Feature::Revocation),
        "RFC 7009 §2",
        "clients cannot end their refresh tokens",
    ),
    Known(
        "an http issuer",
        |report| report.issuer.starts_with("http://"),
        "RFC 8414 §2",
        "it is on loopback, for development: anywhere else, everyone on the way can read it",
    ),
];

/// What a server does, with the reasons that its configuration gives.
pub(super) fn made_by<S: AuthorizationServer>(report: &Report) -> Vec<ReportedException> {
    let reason =
        |name| named::<S>().find(|exception| exception.rule == name).map(|exception| exception.reason);
    KNOWN
        .iter()
        .filter(|Known(_, is_made, ..)| is_made(report))
        .map(|&Known(name, _, section, cost)| ReportedException { name, section, cost, reason: reason(name) })
        .collect()
}

/// What a server denies, and does all the same, as only a run tells: by the key that signs its tokens, for example. What its
/// generators say of themselves is told already.
pub(super) fn denied_at_run<S: AuthorizationServer>(report: &Report) -> impl Iterator<Item = String> {
    let is_told = |name: &str| {
        let mut warnings = [S::AccessTokens::WARNINGS, S::RefreshTokens::WARNINGS].into_iter().flatten();
        warnings.any(|warning| warning.denied_by.contains(&name))
    };
    KNOWN
        .iter()
        .filter(|known| known.is_denied_by(S::CONFIG.denied))
        .filter(move |Known(name, is_made, ..)| {
            is_made(report) && !is_told(name) && !named::<S>().any(|exception| exception.rule == *name)
        })
        .map(|Known(name, _, section, cost)| {
            format!("`{name}` is denied, and the server does it all the same: {cost} ({section})")
        })
}

impl Known {
    /// By its name, or by the document that advises against it. What has no name of a rule is denied by nothing.
    fn is_denied_by(&self, denied: &[&str]) -> bool {
        let Self(name, _, section, _) = self;
        let document: String =
            section.split(" §").next().unwrap_or_default().replace(' ', "").to_ascii_lowercase();
        !name.contains(' ') && denied.iter().any(|it| it == name || *it == document)
    }
}

/// Every exception of the configuration.
pub(super) fn named<S: AuthorizationServer>() -> impl Iterator<Item = &'static Exception> {
    let of_tokens = [S::AccessTokens::EXCEPTIONS, S::RefreshTokens::EXCEPTIONS];
    S::CONFIG.exceptions.iter().chain(of_tokens.into_iter().flatten())
}

/// Whether there is such a rule.
pub(super) fn is_known(rule: &str) -> bool {
    KNOWN.iter().any(|Known(name, ..)| *name == rule)
}

#[cfg(test)]
mod tests {
    use super::{KNOWN, Known};
    use crate::server::{Rule, RuleKind};

    /// What can be set aside is reported where it is, with the section of the catalogue.
    #[test]
    fn every_rule_that_a_server_can_set_aside_is_known() {
        let is_decision = |rule: &&Rule| matches!(rule.kind, RuleKind::Warning | RuleKind::Danger);
        for rule in Rule::all().filter(is_decision).filter(|rule| rule.subject != "resource_server") {
            let known = KNOWN.iter().find(|Known(name, ..)| *name == rule.name);
            assert_eq!(known.map(|known| known.2.to_owned()), rule.section(), "{}", rule.name);
        }
    }
}
