//! The manual's page of the rules.

use std::fmt::Write as _;
use std::path::PathBuf;

use oauth_rules::{Rule, RuleKind};

use crate::{Examples, examples, root};

/// The subjects in the order of the page.
const SUBJECTS: &[(&str, &str)] = &[
    ("arguments", "Arguments"),
    ("token_generator", "`#[token_generator]`"),
    ("validator", "`#[validator]`"),
    ("hooks", "Hooks and their servers"),
    ("claims", "Claims"),
    ("scope", "Scopes"),
    ("step_up", "`#[step_up]`"),
    ("authorization_server", "`#[authorization_server]`"),
    ("extension_grant", "`#[extension_grant]`"),
    ("resource_server", "`#[resource_server]`"),
    ("decisions", "`allow` and `deny`"),
    ("start_up", "At start"),
];

/// The path of the page.
pub fn page_path() -> PathBuf {
    root().join("oauth-core/src/manual/rules.md")
}

/// The page.
///
/// # Panics
///
/// If a rule has a subject that the page has not.
pub fn page() -> String {
    let examples = examples();
    for rule in rules() {
        let is_there = SUBJECTS.iter().any(|(subject, _)| *subject == rule.subject);
        assert!(is_there, "{}: the page has no section {}", rule.name, rule.subject);
    }
    let mut page = String::new();
    for (subject, title) in SUBJECTS {
        write!(page, "\n# {title}\n\n| rule | RFC | | refused | accepted |\n|---|---|---|---|---|\n")
            .unwrap();
        for rule in rules().filter(|rule| rule.subject == *subject) {
            let none = Examples::default();
            let Examples { refused, accepted } = examples.get(rule.name).unwrap_or(&none);
            let (name, kind, stated) = (name(rule), kind(rule), rule.section().unwrap_or_default());
            let (refused, accepted) = (cell(refused.as_deref()), cell(accepted.as_deref()));
            writeln!(page, "| {name} | {stated} | {kind} | {refused} | {accepted} |").unwrap();
        }
    }
    page
}

fn rules() -> impl Iterator<Item = &'static Rule> {
    Rule::all().filter(|rule| rule.kind != RuleKind::Request)
}

fn name(rule: &Rule) -> String {
    match rule.kind {
        // Its name is what `allow(…)` takes.
        RuleKind::Warning | RuleKind::Danger => format!("`{}`", rule.name),
        _ => rule.statement(),
    }
}

fn kind(rule: &Rule) -> &'static str {
    match rule.kind {
        RuleKind::Warning => "warning",
        RuleKind::Danger if rule.name.starts_with("danger_") => "`danger_`",
        RuleKind::Danger => "by name",
        RuleKind::StartUp => "at start",
        _ if rule.is_checked_at_start => "error, at start",
        _ => "error",
    }
}

/// Code in a table.
fn cell(code: Option<&str>) -> String {
    code.map(|code| format!("`` {} ``", code.replace('|', "\\|"))).unwrap_or_default()
}
