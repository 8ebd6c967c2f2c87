//! The table is the documentation, and every lint can be decided on.

use proc_macro2::{Span, TokenStream};

use super::{Decisions, Finding, ProfileDenial};
use crate::args::Args;
use crate::diagnostics::Diagnostics;
use crate::pages::page;
use crate::rules::{Rule, RuleKind, advice};

#[test]
fn every_lint_is_documented_at_its_macro() {
    for attribute in ["token_generator", "authorization_server", "resource_server"] {
        let page = page(attribute);
        let page: Vec<_> = page.lines().collect();
        let (_, warnings) =
            page.split_at(page.iter().position(|line| *line == "# Warnings").expect("a section"));
        let rows = warnings.iter().filter(|line| line.starts_with("| `")).map(|line| (*line).to_owned());
        let row = |lint: &&Rule| {
            let level = match lint.kind {
                RuleKind::Warning => "warning",
                _ => "silent",
            };
            format!("| `{}` | {} | {level} | {} |", lint.name, lint.section().unwrap_or_default(), lint.words)
        };
        let lints = advice::ALL.iter().copied().filter(|lint| lint.subject == attribute);
        assert!(rows.eq(lints.map(|lint| row(&lint))), "the rows of {attribute}");
        for argument in ["| `allow(rule, reason = \"…\")` |", "| `deny(…)` |"] {
            assert!(page.iter().any(|line| line.starts_with(argument)), "{attribute}: {argument}");
        }
    }
}

#[test]
fn what_is_silent_has_a_name_in_the_configuration() {
    for lint in advice::ALL.iter().copied().filter(|lint| lint.name.starts_with("danger_")) {
        assert_eq!(lint.kind, RuleKind::Danger, "{}", lint.name);
    }
}

fn judged(attribute: &'static str, args: &str, found: &'static Rule, profile: &[&'static str]) -> String {
    let diagnostics = Diagnostics::new();
    let tokens: TokenStream = args.parse().unwrap();
    let decisions = Decisions::take(attribute, &mut Args::parse(tokens, &diagnostics), &diagnostics);
    let names: &'static [&'static str] = Box::leak(profile.into());
    let profile = ProfileDenial { profile: "fapi2", names, span: Span::call_site() };
    let findings = [Finding { lint: found, span: Span::call_site() }];
    let outcome = decisions.judge(&findings, Some(&profile), &diagnostics);
    let errors = diagnostics.into_tokens().to_string();
    match outcome {
        None => errors,
        Some(outcome) if !outcome.exceptions.is_empty() => "an exception".to_owned(),
        Some(outcome) if !outcome.warnings().is_empty() => "a warning".to_owned(),
        Some(_) => "silence".to_owned(),
    }
}

#[test]
fn every_lint_can_be_allowed_and_denied() {
    for lint in advice::ALL.iter().copied() {
        let judged = |args: String, profile| judged(lint.subject, &args, lint, profile);
        let silence = if lint.kind == RuleKind::Warning { "a warning" } else { "silence" };
        assert_eq!(judged(String::new(), &[]), silence, "{}", lint.name);
        let allow = format!("allow({}, reason = \"a partner\")", lint.name);
        assert_eq!(judged(allow.clone(), &[]), "an exception", "{}", lint.name);
        for name in lint.denied_by() {
            let denied = judged(format!("deny({name})"), &[]);
            assert!(denied.contains(&format!("`deny({name})` makes this an error")), "{name}: {denied}");
            assert_eq!(judged(format!("deny({name}), {allow}"), &[]), "an exception", "{name}");
        }
    }
}

/// A profile is a set of rules, and may deny a document.
#[test]
fn a_profile_can_deny_a_document() {
    let lint = advice::ALL.iter().copied().find(|lint| lint.name == "danger_pkce_optional").unwrap();
    let judged = |args: &str| judged("authorization_server", args, lint, &["rfc9700"]);
    assert!(judged("").contains("the profile `fapi2` makes this an error"));
    assert_eq!(judged("allow(danger_pkce_optional, reason = \"a partner\")"), "an exception");
}
