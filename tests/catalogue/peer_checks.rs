//! The manual's tables of what OpenIddict and node-oidc-provider check.

use std::collections::BTreeSet;

use oauth_core::server::{Rule, RuleKind};

const PAGE: &str = include_str!("../../oauth-core/src/manual/peer_checks.md");

/// The rows of the table under a heading, without the names of its columns.
fn rows(heading: &str) -> Vec<Vec<&'static str>> {
    let (_, rest) = PAGE.split_once(&format!("\n# {heading}\n")).unwrap();
    let section = rest.split("\n# ").next().unwrap();
    let rows = section.lines().filter(|line| line.starts_with('|')).skip(2);
    rows.map(|row| row.trim_matches('|').split('|').map(str::trim).collect()).collect()
}

/// The texts that stand in backquotes and are named as rules are.
fn rules(cell: &str) -> impl Iterator<Item = &str> {
    let quoted = cell.split('`').skip(1).step_by(2);
    quoted.filter(|text| {
        text.contains('_') && text.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_'))
    })
}

fn is_a_rule(name: &str) -> bool {
    Rule::all().any(|rule| rule.name == name)
}

/// A row says which rule, that none is needed, or why none can be.
fn assert_answered(peer: &str, row: &[&str]) {
    let [check, about, ours] = row else { panic!("{peer}: {row:?} has not three columns") };
    assert!(row.iter().all(|cell| !cell.is_empty()), "{peer}: {check} has an empty cell");
    if let Some(reason) =
        ours.strip_prefix("does not apply: ").or_else(|| ours.strip_prefix("by construction: "))
    {
        assert!(reason.split(' ').count() > 2, "{peer}: {check} ({about}) gives no reason");
        return;
    }
    let name = ours.strip_prefix("at start: ").unwrap_or(ours).trim_matches('`');
    assert!(is_a_rule(name), "{peer}: {check} ({about}) is {name}, which is no rule");
    if ours.starts_with("at start: ") {
        let mut kinds = Rule::all().filter(|rule| rule.name == name).map(|rule| rule.kind);
        assert!(kinds.all(|kind| kind == RuleKind::StartUp), "{name} is known before the start");
    }
}

#[test]
fn every_check_of_a_peer_has_its_answer() {
    for (peer, expected) in [("OpenIddict", 87), ("node-oidc-provider", 62)] {
        let rows = rows(peer);
        for row in &rows {
            assert_answered(peer, row);
        }
        assert_eq!(rows.len(), expected, "{peer}");
    }
}

/// Also those in reasons, and those that the peers lack.
#[test]
fn every_rule_that_is_named_exists() {
    let lacking = rows("What they do not check");
    let theirs = ["OpenIddict", "node-oidc-provider"].into_iter().flat_map(rows);
    let unknown: BTreeSet<_> = theirs
        .filter_map(|row| row.get(2).copied())
        .flat_map(rules)
        .filter(|name| name.len() > 20 && !is_a_rule(name))
        .collect();
    assert_eq!(unknown, BTreeSet::new());
    for row in lacking {
        assert!(rules(row[0]).all(is_a_rule) && !row[1].is_empty(), "{row:?}");
    }
}

/// No check stands in a table twice.
#[test]
fn every_row_is_another_check() {
    for peer in ["OpenIddict", "node-oidc-provider"] {
        let mut seen = BTreeSet::new();
        for row in rows(peer) {
            assert!(seen.insert((row[0], row[1])), "{peer}: {} is there twice", row[0]);
        }
    }
}
