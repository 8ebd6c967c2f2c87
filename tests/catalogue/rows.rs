//! Each row against the files that it names.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use oauth_core::server::{Rule, RuleKind};

/// The subjects whose every rule has a function of its own.
const ONE_FUNCTION_A_RULE: [&str; 7] = [
    "start_up",
    "token_generator",
    "validator",
    "scope",
    "authorization_server",
    "extension_grant",
    "resource_server",
];

fn read(path: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|cause| panic!("{}: {cause}", path.display()))
}

fn is_configuration(rule: &Rule) -> bool {
    rule.kind != RuleKind::Request
}

#[test]
fn names_are_unique_and_have_sections() {
    let mut names = BTreeSet::new();
    for rule in Rule::all() {
        // A rule of the compiler may be one of the start, too, for what is written by hand.
        let is_of_start = rule.kind == RuleKind::StartUp;
        assert!(names.insert((rule.subject, is_of_start, rule.name)), "{} is there twice", rule.name);
        assert!(!rule.statement().is_empty());
        assert!(!rule.name.contains("_section_") || rule.section().is_some(), "{}", rule.name);
    }
    let rule = Rule::all().find(|rule| rule.name == "rfc6749_section_4_1_2_a_code_works_once").unwrap();
    assert_eq!(rule.to_string(), "RFC 6749 §4.1.2: a code works once");
}

#[test]
fn every_rule_of_a_configuration_has_a_function() {
    for rule in Rule::all().filter(|rule| is_configuration(rule)) {
        let (file, function) = rule.evidence.function.unwrap_or_else(|| panic!("{}: none", rule.name));
        let text = read(file);
        // What types must be, a trait enforces.
        let declarations = ["fn {}(", "fn {}<", "trait {}:", "trait {}<", "trait {} "];
        let is_there = declarations.iter().any(|form| text.contains(&form.replace("{}", function)));
        assert!(is_there, "{}: {file} has no function or trait `{function}`", rule.name);
    }
}

/// Whoever looks a rule up finds what enforces it, and nothing else.
#[test]
fn a_function_enforces_one_rule() {
    let mut rules = BTreeMap::<_, Vec<_>>::new();
    let configured = Rule::all().filter(|rule| is_configuration(rule));
    for rule in configured.filter(|rule| ONE_FUNCTION_A_RULE.contains(&rule.subject)) {
        rules.entry((rule.subject, rule.evidence.function)).or_default().push(rule.name);
    }
    for ((subject, function), rules) in rules {
        assert_eq!(rules.len(), 1, "{subject}: {function:?} enforces {rules:?}");
    }
}

#[test]
fn every_rule_of_the_compiler_is_seen_to_refuse_and_to_accept() {
    for rule in Rule::all() {
        if matches!(rule.kind, RuleKind::StartUp | RuleKind::Request) {
            continue;
        }
        let (file, code, words) =
            rule.evidence.refused.unwrap_or_else(|| panic!("{}: refuses nothing", rule.name));
        assert!(
            read(&format!("tests/ui/fail/{file}.rs")).contains(code),
            "{}: {code} is not there",
            rule.name
        );
        let said = read(&format!("tests/ui/fail/{file}.stderr"));
        assert!(said.contains(words), "{}: {words:?} is not what the compiler says", rule.name);
        let (file, code) = rule.evidence.accepted.unwrap_or_else(|| panic!("{}: accepts nothing", rule.name));
        assert!(
            read(&format!("tests/ui/pass/{file}.rs")).contains(code),
            "{}: {code} is not there",
            rule.name
        );
    }
}

/// The macros' pages have the same names and sections; a test of theirs compares the pages with what they do.
#[test]
fn what_can_be_allowed_is_on_the_page_of_its_macro() {
    let pages = read("oauth-macros/src/lib.rs");
    let is_decision = |rule: &&Rule| matches!(rule.kind, RuleKind::Warning | RuleKind::Danger);
    let mut decisions = 0;
    for rule in Rule::all().filter(is_decision) {
        let section = rule.section().unwrap_or_else(|| panic!("{}: no section", rule.name));
        assert!(pages.contains(&format!("/// | `{}` | {section} | ", rule.name)), "{}", rule.name);
        decisions += 1;
    }
    let rows = pages.lines().filter(|line| {
        line.ends_with(" |") && [" | silent | ", " | warning | "].iter().any(|level| line.contains(level))
    });
    assert_eq!(rows.count(), decisions);
}

#[test]
fn every_other_rule_has_a_test() {
    for rule in Rule::all().filter(|rule| matches!(rule.kind, RuleKind::StartUp | RuleKind::Request)) {
        let (file, test) = rule.evidence.test.unwrap_or_else(|| panic!("{}: no test", rule.name));
        let proof = read(file);
        assert!(proof.contains(&format!("fn {test}(")), "{}: {file} has no `fn {test}`", rule.name);
        let example = rule.evidence.example;
        assert_eq!(
            example.is_some(),
            rule.kind == RuleKind::StartUp,
            "{}: an example is for the page",
            rule.name
        );
        assert!(
            example.is_none_or(|code| proof.contains(code)),
            "{}: {example:?} is not in {file}",
            rule.name
        );
    }
}

/// A function of the suite that no table names would never run.
#[test]
fn every_rule_of_the_suite_is_in_the_table() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../oauth-core/src/conformance");
    let table: BTreeSet<_> = Rule::all().map(|rule| rule.name).collect();
    for file in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let functions = text.split("pub(super) async fn ").skip(1).filter_map(|rest| rest.split('(').next());
        for function in functions.filter(|name| name.contains("_section_")) {
            assert!(table.contains(function), "{function} is not in the table of server/rules/requests.rs");
        }
    }
}
