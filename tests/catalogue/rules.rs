//! Each rule against the code that judges by it, and against what the compiler says.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use oauth_core::server::{Rule, RuleKind};
use xtask::{examples, files, read, root};

#[allow(clippy::trivially_copy_pass_by_ref, reason = "as `filter` wants it")]
fn is_configuration(rule: &&Rule) -> bool {
    rule.kind != RuleKind::Request
}

/// A text on one line: the compiler breaks its messages where we do, and formatting breaks code.
fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Tells whether a text has all the words of a rule, in their order, whatever was found.
fn says(text: &str, words: &str) -> bool {
    let mut rest = text;
    on_one_line(words).split("{}").map(str::trim).all(|part| match rest.split_once(part) {
        Some((_, after)) => {
            rest = after;
            true
        }
        None => false,
    })
}

#[test]
fn names_are_unique_and_have_sections() {
    let mut names = BTreeSet::new();
    for rule in Rule::all() {
        assert!(names.insert((rule.kind, rule.subject, rule.name)), "{} is there twice", rule.name);
        assert!(!rule.statement().is_empty());
        assert!(!rule.name.contains("_section_") || rule.section().is_some(), "{}", rule.name);
    }
    let rule = Rule::all().find(|rule| rule.name == "rfc6749_section_4_1_2_a_code_works_once").unwrap();
    assert_eq!(rule.to_string(), "RFC 6749 §4.1.2: a code works once");
}

/// Whoever looks a rule up finds the code by its name; where a trait has the words, as `on_unimplemented`, by these.
#[test]
fn every_rule_of_a_configuration_is_judged_by() {
    let folders = ["oauth-macros/rules/src", "oauth-macros/src", "oauth-core/src"];
    let sources = folders.iter().flat_map(|folder| files(&root().join(folder), "rs"));
    let code: String = sources
        .flat_map(|path| read(&path).lines().map(str::to_owned).collect::<Vec<_>>())
        .filter(|line| !is_declaration(line))
        .collect::<Vec<_>>()
        .join("\n");
    let words = with_braces(&on_one_line(&code));
    let is_unused = |rule: &&Rule| {
        !code.contains(rule.name) && !words.contains(&on_one_line(rule.words).replace('"', "\\\""))
    };
    let unused: Vec<_> =
        Rule::all().filter(is_configuration).filter(is_unused).map(|rule| rule.name).collect();
    assert!(unused.is_empty(), "nothing judges by {unused:#?}");
}

fn is_declaration(line: &str) -> bool {
    ["error ", "both ", "start ", "warning ", "by_name "].iter().any(|kind| line.trim().starts_with(kind))
}

/// `{Self}` and the like as `{}`.
fn with_braces(text: &str) -> String {
    let mut parts = text.split('{');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        plain.push('{');
        let (name, rest) = part.split_once('}').unwrap_or(("", part));
        let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric());
        plain.push_str(if is_name { "}" } else { part });
        plain.push_str(if is_name { rest } else { "" });
    }
    plain
}

/// A case of `tests/ui` has the code that the documentation of the rule shows, and what the compiler says about it has the words of
/// the rule.
#[test]
fn every_rule_of_the_compiler_is_seen_to_refuse_and_to_accept() {
    let cases = |folder: &str| {
        let paths = files(&root().join("tests/ui").join(folder), "rs");
        paths.into_iter().map(|path| (on_one_line(&read(&path)), said(&path))).collect::<Vec<_>>()
    };
    let (fail, pass, examples) = (cases("fail"), cases("pass"), examples());
    let mut complaints = Vec::new();
    for rule in Rule::all().filter(|rule| !matches!(rule.kind, RuleKind::StartUp | RuleKind::Request)) {
        let example = examples.get(rule.name).cloned().unwrap_or_default();
        let (Some(refused), Some(accepted)) = (example.refused, example.accepted) else {
            complaints.push(format!("{}: its documentation shows no examples", rule.name));
            continue;
        };
        if !fail.iter().any(|(code, said)| code.contains(&refused) && says(said, rule.words)) {
            complaints.push(format!("{}: no case has {refused} and is told {:?}", rule.name, rule.words));
        }
        if !pass.iter().any(|(code, _)| code.contains(&accepted)) {
            complaints.push(format!("{}: no case has {accepted}", rule.name));
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

/// The words of the compiler about a case.
fn said(case: &Path) -> String {
    let path = case.with_extension("stderr");
    if path.exists() { on_one_line(&read(&path)) } else { String::new() }
}

/// The macros' pages have the same names and sections; a test of theirs compares the pages with what they do.
#[test]
fn what_can_be_allowed_is_on_the_page_of_its_macro() {
    let pages = ["lib.rs", "authorization_server/page.md"];
    let pages = pages.map(|page| read(&root().join("oauth-macros/src").join(page))).join("\n");
    let is_decision = |rule: &&Rule| matches!(rule.kind, RuleKind::Warning | RuleKind::Danger);
    let mut decisions = 0;
    for rule in Rule::all().filter(is_decision) {
        let section = rule.section().unwrap_or_else(|| panic!("{}: no section", rule.name));
        assert!(pages.contains(&format!("| `{}` | {section} | ", rule.name)), "{}", rule.name);
        decisions += 1;
    }
    let rows = pages.lines().filter(|line| {
        line.ends_with(" |") && [" | silent | ", " | warning | "].iter().any(|level| line.contains(level))
    });
    assert_eq!(rows.count(), decisions);
}

/// A rule that only a run can check has a test of its name, or one that is named here.
#[test]
fn every_rule_of_the_start_has_a_test() {
    const PROOFS: [(&str, &str); 4] = [
        ("a_session_outlives_the_login", "an_interaction_is_checked"),
        (
            "what_is_denied_is_not_done_by_a_key_of_the_run",
            "a_server_that_denies_rfc9068_refuses_a_shared_secret_at_the_run",
        ),
        ("rfc6749_section_3_3_a_scope_says_one_thing", "two_scope_types_of_one_string_with_different_words"),
        ("every_mistake_is_told_at_once", "every_mistake_is_reported_at_once"),
    ];
    let proofs = BTreeMap::from(PROOFS);
    let folders = ["tests/server", "tests/start_up", "tests/resource"];
    let tests: String =
        folders.iter().flat_map(|folder| files(&root().join(folder), "rs")).map(|path| read(&path)).collect();
    let examples = examples();
    for rule in Rule::all().filter(|rule| rule.kind == RuleKind::StartUp) {
        let test = proofs.get(rule.name).copied().unwrap_or(rule.name);
        assert!(tests.contains(&format!("fn {test}(")), "{}: no test", rule.name);
        let refused = examples.get(rule.name).and_then(|example| example.refused.clone());
        let is_there = refused.as_ref().is_some_and(|code| on_one_line(&tests).contains(code));
        assert!(is_there, "{}: {refused:?} is in no test", rule.name);
    }
}

/// A function of the suite that no table names would never run, and a rule without a function would not compile.
#[test]
fn every_rule_of_the_suite_is_in_the_table() {
    let table: BTreeSet<_> = Rule::all().map(|rule| rule.name).collect();
    for file in files(&root().join("oauth-core/src/conformance"), "rs") {
        let text = read(&file);
        let functions = text.split("pub(super) async fn ").skip(1).filter_map(|rest| rest.split('(').next());
        for function in functions.filter(|name| name.contains("_section_")) {
            assert!(table.contains(function), "{function} is not in oauth-macros/rules/src/requests.rs");
        }
    }
}
