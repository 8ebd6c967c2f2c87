//! Running the suite as a library.

use std::collections::{BTreeMap, BTreeSet};

use oauth_core::conformance::{BoxError, Failure, Fixture, Outcome, run};
use oauth_core::prelude::AuthorizationServer;

/// The failures, by rule.
pub(crate) async fn failures<S: AuthorizationServer>(
    build: impl AsyncFn(&mut Fixture) -> Result<S, BoxError>,
) -> BTreeMap<&'static str, Failure> {
    let outcomes = run(build).await.into_iter();
    let failures = outcomes.filter_map(|(rule, outcome)| match outcome {
        Outcome::Failed(failure) => Some((rule.name, *failure)),
        _ => None,
    });
    failures.collect()
}

/// Asserts that these rules fail, and no other.
#[track_caller]
pub(crate) fn assert_failed(failures: &BTreeMap<&'static str, Failure>, expected: &[&str]) {
    let failed: BTreeSet<_> = failures.keys().copied().collect();
    let expected: BTreeSet<_> = expected.iter().copied().collect();
    assert_eq!(failed, expected, "{failures:#?}");
}

/// Asserts that these rules fail, whatever else does.
#[track_caller]
pub(crate) fn assert_caught(failures: &BTreeMap<&'static str, Failure>, rules: &[&str]) {
    for rule in rules {
        assert!(failures.contains_key(rule), "{rule} does not fail, but {:?}", failures.keys());
    }
}

/// Asserts that a failure says all this, in its four parts.
#[track_caller]
pub(crate) fn assert_says(failure: &Failure, words: &[&str]) {
    let text = failure.to_string();
    for words in words.iter().chain(&["sent  ", "expected  ", "came  ", "likely  "]) {
        assert!(text.contains(words), "{words:?} is not in\n{text}");
    }
}
