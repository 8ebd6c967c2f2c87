//! Decisions against advice, and their reasons.

use oauth_rules::text::is_equal;

/// A decision against advice, with its reason: `allow(rule, reason = "…")` of the macros.
/// [`report`](crate::server::Start::report) lists it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Exception {
    /// The rule, such as `long_lived_access_tokens`.
    pub rule: &'static str,
    /// The reason, in words of whoever decided.
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
    /// The names that deny it: the rule, and the documents that advise against it, such as `rfc6750`.
    /// `warnings` denies everything that is a warning of the compiler otherwise.
    pub denied_by: &'static [&'static str],
    /// The message that says what is wrong, why, and what to write instead.
    pub message: &'static str,
}

impl Warning {
    /// A warning.
    pub const fn new(denied_by: &'static [&'static str], message: &'static str) -> Self {
        Self { denied_by, message }
    }

    /// Tells whether one of these names denies the warning.
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
