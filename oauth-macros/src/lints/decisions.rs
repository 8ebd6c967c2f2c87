//! `allow(rule, reason = "…")` and `deny(rfc9700)`: what a user has decided about the lints.

use proc_macro2::Span;

use super::lint::Finding;
use super::outcome::Outcome;
use crate::args::{Arg, Args, Text, Value};
use crate::diagnostics::{Diagnostics, did_you_mean, list};
use crate::rules::advice::{self, WARNINGS};
use crate::rules::{self, Rule, title};

/// The decisions of the attribute.
pub(crate) struct Decisions {
    attribute: &'static str,
    allowed: Vec<Allowed>,
    denied: Vec<Denied>,
}

struct Allowed {
    lint: &'static Rule,
    span: Span,
    /// `None`: an error, already reported.
    reason: Option<Text>,
}

/// A rule, a document or `warnings`, where the attribute denies it.
#[derive(Clone, Copy)]
pub(super) struct Denied {
    pub(super) name: &'static str,
    pub(super) span: Span,
}

/// The advice that a profile denies.
pub(crate) struct ProfileDenial {
    pub(crate) profile: &'static str,
    pub(crate) names: &'static [&'static str],
    pub(crate) span: Span,
}

impl Decisions {
    /// Takes the arguments `allow` and `deny`, of which there may be several.
    pub(crate) fn take(attribute: &'static str, args: &mut Args, diagnostics: &Diagnostics) -> Self {
        let mut decisions = Self { attribute, allowed: Vec::new(), denied: Vec::new() };
        for arg in args.take_all("allow") {
            decisions.allow(&arg, diagnostics);
        }
        for arg in args.take_all("deny") {
            decisions.deny(&arg, diagnostics);
        }
        decisions
    }

    fn allow(&mut self, arg: &Arg, diagnostics: &Diagnostics) {
        let example = || self.own().next().map_or("rule", |lint| lint.name);
        let Some(mut args) = arg.list(&format!("{}, reason = \"…\"", example()), diagnostics) else {
            return;
        };
        let given = args.take("reason", diagnostics);
        let is_legible = args.is_legible();
        let (values, rules): (Vec<_>, Vec<_>) =
            args.into_iter().partition(|rule| matches!(rule.value, Value::Assigned(_)));
        for Arg { name, span, .. } in &values {
            diagnostics.error(*span, format!("`allow` takes rules and a reason, and `{name}` has a value: write `reason = \"…\"`, or the name of a rule alone"));
        }
        if rules.is_empty() {
            if is_legible && values.is_empty() {
                let message = format!("`allow` names no rule: write `allow({}, reason = \"…\")`", example());
                diagnostics.error(arg.span, message);
            }
            return;
        }
        // What could not be read, or has a value, was meant to be the reason.
        let reason = if given.is_some() || (is_legible && values.is_empty()) {
            check_reason(arg, given.as_ref(), &rules, diagnostics)
        } else {
            None
        };
        for rule in rules {
            rule.bare(diagnostics);
            let Some(lint) = self.allowable(&rule, diagnostics) else { continue };
            if self.allowed.iter().any(|earlier| earlier.lint == lint) {
                diagnostics.error(rule.span, format!("`{}` is allowed twice: keep one", lint.name));
                continue;
            }
            self.allowed.push(Allowed { lint, span: rule.span, reason: reason.clone() });
        }
    }

    /// The lints of this attribute.
    fn own(&self) -> impl Iterator<Item = &'static Rule> {
        advice::ALL.iter().copied().filter(|lint| lint.subject == self.attribute)
    }

    fn allowable(&self, rule: &Arg, diagnostics: &Diagnostics) -> Option<&'static Rule> {
        let name = rule.name.as_str();
        let (attribute, own) = (self.attribute, list(self.own().map(|lint| lint.name)));
        let takes = format!("`#[{attribute}(…)]` can allow {own}");
        let message = match advice::ALL.iter().copied().find(|lint| lint.name == name) {
            Some(lint) if lint.subject == attribute => return Some(lint),
            Some(lint) => elsewhere(lint, "allow"),
            None if is_document(name) || name == WARNINGS => {
                format!("an exception is for one decision, and `{name}` is many: name it\n{takes}")
            }
            None => {
                if let Some(section) = demanding_section(name) {
                    format!(
                        "`{name}` is an error: what {section} demands cannot be set aside, only advice can\n{takes}"
                    )
                } else {
                    let meant = did_you_mean(name, advice::ALL.iter().copied().map(|lint| lint.name));
                    rules::decisions::an_exception_is_to_a_rule_that_is_advice.says(&[&name, &meant, &takes])
                }
            }
        };
        diagnostics.error(rule.span, message);
        None
    }

    fn deny(&mut self, arg: &Arg, diagnostics: &Diagnostics) {
        let Some(args) = arg.list("rfc9700", diagnostics) else { return };
        if args.is_empty() {
            diagnostics.error(
                arg.span,
                "`deny()` is empty: write `deny(rfc9700)` for all that a document advises against, `deny(warnings)`, or the name of a rule",
            );
        }
        for rule in args {
            if rule.name == "reason" {
                diagnostics.error(rule.span, "only an exception needs a reason: remove it");
                continue;
            }
            rule.bare(diagnostics);
            let Some(name) = self.deniable(&rule, diagnostics) else { continue };
            if self.denied.iter().any(|earlier| earlier.name == name) {
                diagnostics.error(rule.span, format!("`{name}` is denied twice: keep one"));
                continue;
            }
            self.denied.push(Denied { name, span: rule.span });
        }
    }

    fn deniable(&self, rule: &Arg, diagnostics: &Diagnostics) -> Option<&'static str> {
        let name = rule.name.as_str();
        // A server answers for its token generators.
        let is_own = |lint: &Rule| {
            lint.subject == self.attribute
                || (self.attribute == "authorization_server" && lint.subject == "token_generator")
        };
        let own = || advice::ALL.iter().copied().filter(|lint| is_own(lint)).map(|lint| lint.name);
        let message = match advice::ALL.iter().copied().find(|lint| lint.name == name) {
            Some(lint) if is_own(lint) => return Some(lint.name),
            Some(lint) => elsewhere(lint, "deny"),
            None => {
                let known = || documents().chain([WARNINGS]);
                if let Some(known) = known().find(|known| *known == name) {
                    return Some(known);
                }
                let (all, own) = (list(documents()), list(own()));
                let takes = format!("`deny` takes documents, {all}, `{WARNINGS}`, and rules, {own}");
                if demanding_section(name).is_some() {
                    format!("`{name}` is an error already: remove it")
                } else if is_document(name) {
                    let (title, meant) = (title(name), did_you_mean(name, documents()));
                    let meant = if meant.is_empty() { ": remove it" } else { &meant };
                    format!("no rule here comes from {title}{meant}\n{takes}")
                } else {
                    let names = known().chain(advice::ALL.iter().copied().map(|lint| lint.name));
                    let meant = did_you_mean(&name.to_ascii_lowercase(), names);
                    rules::decisions::what_is_denied_is_a_rule_or_a_document.says(&[&name, &meant, &takes])
                }
            }
        };
        diagnostics.error(rule.span, message);
        None
    }

    /// Makes of each finding a warning, an error or an exception; an exception for nothing is an error. Advice is for what
    /// would work: `None` where there are errors, earlier ones or these.
    pub(crate) fn judge(
        &self,
        findings: &[Finding],
        profile: Option<&ProfileDenial>,
        diagnostics: &Diagnostics,
    ) -> Option<Outcome> {
        if diagnostics.has_errors() {
            return None;
        }
        let of_profile = |profile: &ProfileDenial| {
            let span = profile.span;
            profile.names.iter().map(move |name| Denied { name, span })
        };
        let denied = self.denied.iter().copied().chain(profile.into_iter().flat_map(of_profile)).collect();
        let mut outcome = Outcome { unnamed: Vec::new(), exceptions: Vec::new(), denied };
        for finding in findings {
            let is_denied_by = |name: &&str| finding.lint.denied_by().any(|by| by == *name);
            if let Some(allowed) = self.allowed.iter().find(|allowed| allowed.lint == finding.lint) {
                outcome.exceptions.extend(allowed.reason.clone().map(|reason| (finding.lint, reason)));
            } else if let Some(denied) = self.denied.iter().find(|denied| is_denied_by(&denied.name)) {
                diagnostics.error(finding.span, finding.error(&format!("`deny({})`", denied.name)));
            } else if let Some(profile) = profile.filter(|profile| profile.names.iter().any(is_denied_by)) {
                diagnostics.error(finding.span, finding.error(&format!("the profile `{}`", profile.profile)));
            } else {
                outcome.unnamed.push(*finding);
            }
        }
        self.check_exceptions_are_needed(findings, diagnostics);
        (!diagnostics.has_errors()).then_some(outcome)
    }

    fn check_exceptions_are_needed(&self, findings: &[Finding], diagnostics: &Diagnostics) {
        let is_found = |allowed: &&Allowed| findings.iter().any(|finding| finding.lint == allowed.lint);
        for allowed in self.allowed.iter().filter(|allowed| !is_found(allowed)) {
            let name = allowed.lint.name;
            diagnostics.error(
                allowed.span,
                rules::decisions::an_exception_is_for_something_that_is_done.says(&[&name]),
            );
        }
    }
}

/// An exception without a reason could not be reviewed.
fn check_reason(allow: &Arg, given: Option<&Arg>, rules: &[Arg], diagnostics: &Diagnostics) -> Option<Text> {
    let Some(given) = given else {
        // A name that is none, such as one that is being typed, is an error already.
        let is_known = |rule: &Arg| advice::ALL.iter().any(|lint| lint.name == rule.name);
        if !rules.iter().all(is_known) {
            return None;
        }
        let rules: Vec<_> = rules.iter().map(|rule| rule.name.as_str()).collect();
        let rules = rules.join(", ");
        diagnostics.error(allow.span, rules::decisions::an_exception_has_its_reason.says(&[&rules]));
        return None;
    };
    let reason = given.text("\"…\"", diagnostics)?;
    if reason.value.trim().is_empty() {
        diagnostics.error(reason.span, "the reason is empty: say why, for whoever reviews the exception");
        return None;
    }
    Some(reason)
}

fn elsewhere(lint: &Rule, verb: &str) -> String {
    format!("`{}` is decided in `#[{}(…)]`: write this `{verb}` there", lint.name, lint.subject)
}

/// The documents that advise against something, each once.
fn documents() -> impl Iterator<Item = &'static str> {
    let mut documents: Vec<_> =
        advice::ALL.iter().flat_map(|lint| lint.documents).map(|(document, _)| *document).collect();
    documents.sort_unstable();
    documents.dedup();
    documents.into_iter()
}

fn is_document(name: &str) -> bool {
    name.strip_prefix("rfc").is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit()))
}

/// `RFC 8414 §2` of a rule of the catalogue, such as `rfc8414_section_2_the_issuer_is_an_https_url`.
fn demanding_section(name: &str) -> Option<String> {
    let (document, rest) = name.split_once("_section_")?;
    let is_number = |part: &&str| part.bytes().all(|b| b.is_ascii_digit());
    let numbers: Vec<_> = rest.split('_').take_while(is_number).collect();
    Some(format!("{} §{}", title(document), numbers.join(".")))
}
