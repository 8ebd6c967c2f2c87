//! The table of rules is true.

use std::collections::BTreeSet;
use std::path::Path;

use oauth_core::server::{Rule, RuleKind};

/// A file, or all files of a folder.
fn text_of(path: &Path) -> String {
    if path.is_file() {
        return std::fs::read_to_string(path).unwrap();
    }
    let folder = std::fs::read_dir(path).unwrap_or_else(|cause| panic!("{}: {cause}", path.display()));
    folder.map(|entry| text_of(&entry.unwrap().path())).collect()
}

/// Every rule has a proof, in a file of this repository that says what it should.
#[test]
fn every_rule_is_proved_where_the_table_says() {
    for rule in Rule::all() {
        let text = text_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(rule.proof));
        assert!(text.contains(rule.words), "{}: {:?} is not in {}", rule.name, rule.words, rule.proof);
        if rule.kind == RuleKind::Request {
            assert!(text.contains(&format!("async fn {}(", rule.name)), "{}", rule.name);
        }
    }
}

#[test]
fn names_are_unique_and_have_sections() {
    let mut names = BTreeSet::new();
    for rule in Rule::all() {
        assert!(names.insert((rule.subject, rule.name)), "{} is there twice", rule.name);
        assert!(!rule.statement().is_empty());
        assert_eq!(rule.section().is_some(), rule.name.contains("_section_"), "{}", rule.name);
    }
    let rule = Rule::all().find(|rule| rule.name == "rfc6749_section_4_1_2_a_code_works_once").unwrap();
    assert_eq!(rule.to_string(), "RFC 6749 §4.1.2: a code works once");
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
            assert!(table.contains(function), "{function} is not in the table of server/rules.rs");
        }
    }
}
