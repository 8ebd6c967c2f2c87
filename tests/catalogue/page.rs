//! The manual's page of the rules, made from the catalogue. After a change, run with `RULES=overwrite`.

use std::fmt::Write as _;
use std::path::Path;

use oauth_core::server::{Rule, RuleKind};

/// In the order of the page.
const SUBJECTS: [(&str, &str); 9] = [
    ("token_generator", "`#[token_generator]`"),
    ("validator", "`#[validator]`"),
    ("claims", "Claims"),
    ("scope", "`#[scope]`"),
    ("authorization_server", "`#[authorization_server]`"),
    ("extension_grant", "`#[extension_grant]`"),
    ("resource_server", "`#[resource_server]`"),
    ("decisions", "`allow` and `deny`"),
    ("start_up", "At start"),
];

#[test]
fn the_page_is_the_catalogue() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../oauth-core/src/manual/rules.md");
    let page: String = SUBJECTS.iter().map(|(subject, title)| section(subject, title)).collect();
    if std::env::var("RULES").is_ok_and(|mode| mode == "overwrite") {
        std::fs::write(&path, &page).unwrap();
    }
    assert_eq!(page, std::fs::read_to_string(&path).unwrap_or_default(), "run with RULES=overwrite");
}

#[test]
fn every_subject_is_on_the_page() {
    for rule in Rule::all().filter(|rule| rule.kind != RuleKind::Request) {
        assert!(SUBJECTS.iter().any(|(subject, _)| *subject == rule.subject), "{}", rule.subject);
    }
}

fn section(subject: &str, title: &str) -> String {
    let mut page = format!("\n# {title}\n\n| rule | RFC | | refused | accepted |\n|---|---|---|---|---|\n");
    for rule in Rule::all().filter(|rule| rule.kind != RuleKind::Request && rule.subject == subject) {
        let stated = rule.section().unwrap_or_default();
        let name = match rule.kind {
            // Its name is what `allow(…)` takes.
            RuleKind::Warning | RuleKind::Danger => format!("`{}`", rule.name),
            _ => rule.statement(),
        };
        let kind = match rule.kind {
            RuleKind::Warning => "warning",
            RuleKind::Danger if rule.name.starts_with("danger_") => "`danger_`",
            RuleKind::Danger => "by name",
            RuleKind::StartUp => "at start",
            _ => "error",
        };
        let refused = rule.evidence.refused.map(|(_, code, _)| code).or(rule.evidence.example);
        let refused = refused.map(cell).unwrap_or_default();
        let accepted = rule.evidence.accepted.map(|(_, code)| cell(code)).unwrap_or_default();
        writeln!(page, "| {name} | {stated} | {kind} | {refused} | {accepted} |").unwrap();
    }
    page
}

/// Code in a table.
fn cell(code: &str) -> String {
    format!("`` {} ``", code.replace('\n', " ").replace('|', "\\|"))
}
