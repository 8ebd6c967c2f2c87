//! The outcomes of a run, counted apart: what was not looked at is not kept.

use std::collections::BTreeMap;
use std::fmt;

use super::Outcome;
use crate::server::Rule;

/// The outcomes of a run by [`run`](super::run), counted apart. As text it is a table with a line for each subject, which says what
/// ran, and why the rest did not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// The number of rules that the server keeps.
    pub passed: usize,
    /// The number of rules that the server breaks.
    pub failed: usize,
    /// The number of rules about something that the server does not have.
    pub not_enabled: usize,
    /// The number of rules that the suite cannot try, for want of something that the fixture could tell.
    pub not_tried: usize,
    groups: BTreeMap<&'static str, Group>,
}

/// The outcomes of the rules about one subject.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Group {
    passed: usize,
    failed: Vec<&'static str>,
    /// The rules that were not looked at, by the reason.
    reasons: BTreeMap<String, usize>,
}

impl Summary {
    /// The summary of these outcomes.
    pub fn of<'a>(outcomes: impl IntoIterator<Item = &'a (&'static Rule, Outcome)>) -> Self {
        let mut summary = Self::default();
        for (rule, outcome) in outcomes {
            summary.add(rule, outcome);
        }
        summary
    }

    pub(super) fn add(&mut self, rule: &'static Rule, outcome: &Outcome) {
        let group = self.groups.entry(rule.subject).or_default();
        match outcome {
            Outcome::Passed => {
                self.passed += 1;
                group.passed += 1;
            }
            Outcome::Failed(_) => self.add_failed(rule),
            Outcome::NotEnabled(_) => self.not_enabled += 1,
            Outcome::NotTried(_) => self.not_tried += 1,
        }
        let Some(reason) = outcome.reason() else { return };
        *self.groups.entry(rule.subject).or_default().reasons.entry(reason).or_default() += 1;
    }

    /// Counts a rule that the server breaks.
    pub(super) fn add_failed(&mut self, rule: &'static Rule) {
        self.failed += 1;
        self.groups.entry(rule.subject).or_default().failed.push(rule.name);
    }

    /// The number of rules that have an outcome.
    pub(super) const fn len(&self) -> usize {
        self.passed + self.failed + self.not_enabled + self.not_tried
    }
}

impl Outcome {
    /// The reason that a rule was not looked at; `None`: it was.
    pub(super) fn reason(&self) -> Option<String> {
        match self {
            Self::Passed | Self::Failed(_) => None,
            Self::NotEnabled(what) => Some(format!("this server lacks {what}")),
            Self::NotTried(what) => Some(format!("the suite lacks {what}")),
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (subject, group) in &self.groups {
            let run = group.passed + group.failed.len();
            let (mut column, width) = (*subject, 22);
            if run > 0 {
                writeln!(f, "  {column:<width$}{} of {run} kept", group.passed)?;
                column = "";
            }
            for name in &group.failed {
                writeln!(f, "  {column:<width$}BROKEN: {name}")?;
            }
            for (reason, count) in &group.reasons {
                let rules = if *count == 1 { "rule" } else { "rules" };
                writeln!(f, "  {column:<width$}not run: {reason} ({count} {rules})")?;
                column = "";
            }
        }
        let Self { passed, failed, not_enabled, not_tried, .. } = self;
        write!(f, "  {passed} kept, {failed} broken, {not_enabled} not applicable, {not_tried} not tried")
    }
}

#[cfg(test)]
mod tests {
    use super::Summary;
    use crate::conformance::Outcome;
    use crate::server::Rule;

    #[test]
    fn what_was_not_looked_at_is_counted_apart() {
        let rules = oauth_rules::REQUESTS;
        let of =
            |subject: &str| -> &'static Rule { rules.iter().find(|rule| rule.subject == subject).unwrap() };
        let summary = Summary::of(&[
            (of("endpoints"), Outcome::Passed),
            (of("password"), Outcome::NotEnabled("the grant `password`".to_owned())),
            (of("device_code"), Outcome::NotTried("a person".to_owned())),
            (of("device_code"), Outcome::Passed),
        ]);
        let text = summary.to_string();
        assert_eq!((summary.passed, summary.failed, summary.not_enabled, summary.not_tried), (2, 0, 1, 1));
        let lines: Vec<_> = text.lines().map(str::trim).collect();
        let expected = [
            "device_code           1 of 1 kept",
            "not run: the suite lacks a person (1 rule)",
            "endpoints             1 of 1 kept",
            "password              not run: this server lacks the grant `password` (1 rule)",
            "2 kept, 0 broken, 1 not applicable, 1 not tried",
        ];
        assert_eq!(lines, expected, "{text}");
    }
}
