//! The end of a run of `cargo test`: libtest calls everything "ok" that did not panic, so that the suite tells by itself what it did
//! not look at.

use std::collections::BTreeMap;
use std::io::Write as _;

use oauth_rules::REQUESTS;
use parking_lot::Mutex;

use super::Outcome;
use super::summary::Summary;
use crate::server::Rule;

/// The suites of this process by their module, each with what has an outcome by now.
static RUNS: Mutex<BTreeMap<&'static str, Summary>> = Mutex::new(BTreeMap::new());

/// A test that runs. It is broken unless it says otherwise: a panic says nothing.
pub(super) struct Running {
    /// The module that `conformance!` is written in.
    suite: &'static str,
    rule: &'static Rule,
    outcome: Option<Outcome>,
}

impl Running {
    /// The test of this rule, in this module.
    pub(super) fn new(module: &'static str, rule: &'static Rule) -> Self {
        let suite = module.rsplit_once("::").map_or("", |(suite, _)| suite);
        Self { suite, rule, outcome: None }
    }

    /// Takes the outcome in.
    pub(super) fn end(mut self, outcome: Outcome) {
        self.outcome = Some(outcome);
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let mut runs = RUNS.lock();
        let summary = runs.entry(self.suite).or_default();
        match &self.outcome {
            Some(outcome) => summary.add(self.rule, outcome),
            None => summary.add_failed(self.rule),
        }
        // The name of a test has no crate in it.
        let module = self.suite.split_once("::").map_or("", |(_, module)| module);
        let arguments = std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned());
        if summary.len() != chosen(module, arguments) {
            return;
        }
        let summary = runs.remove(self.suite).unwrap_or_default();
        let text = format!("\nconformance of `{}`\n{summary}\n\n", self.suite);
        // libtest keeps what the macros print to itself; a stream that is closed is no failure of the server.
        let _ = std::io::stderr().lock().write_all(text.as_bytes());
    }
}

/// The number of a suite's tests that these arguments of libtest choose.
fn chosen(module: &str, mut arguments: impl Iterator<Item = String>) -> usize {
    const WITH_VALUES: [&str; 6] =
        ["--test-threads", "--logfile", "--color", "--format", "--shuffle-seed", "-Z"];
    let (mut filters, mut skipped, mut is_exact) = (Vec::new(), Vec::new(), false);
    while let Some(argument) = arguments.next() {
        if argument == "--exact" {
            is_exact = true;
        } else if argument == "--skip" {
            skipped.extend(arguments.next());
        } else if let Some(name) = argument.strip_prefix("--skip=") {
            skipped.push(name.to_owned());
        } else if WITH_VALUES.contains(&argument.as_str()) {
            arguments.next();
        } else if !argument.starts_with('-') {
            filters.push(argument);
        }
    }
    let names = REQUESTS.iter().map(|rule| match module {
        "" => format!("{}::{}", rule.subject, rule.name),
        module => format!("{module}::{}::{}", rule.subject, rule.name),
    });
    let fits = |name: &str, filter: &String| if is_exact { name == filter } else { name.contains(filter) };
    let is_chosen = |name: &String| {
        (filters.is_empty() || filters.iter().any(|filter| fits(name, filter)))
            && !skipped.iter().any(|filter| fits(name, filter))
    };
    names.filter(is_chosen).count()
}

#[cfg(test)]
mod tests {
    use super::{REQUESTS, chosen};

    #[test]
    fn the_tests_that_run_are_known_by_the_arguments() {
        let count = |arguments: &[&str]| chosen("tests", arguments.iter().map(|it| (*it).to_owned()));
        let password = REQUESTS.iter().filter(|rule| rule.subject == "password").count();
        assert_eq!(count(&[]), REQUESTS.len());
        assert_eq!(count(&["--test-threads", "1", "--nocapture"]), REQUESTS.len());
        assert_eq!(count(&["tests::password::"]), password);
        assert_eq!(count(&["--skip", "tests::password::"]), REQUESTS.len() - password);
        assert_eq!(
            count(&["tests::password::rfc6749_section_5_2_a_wrong_password_is_refused", "--exact"]),
            1
        );
        assert_eq!(count(&["others"]), 0);
    }
}
