//! The rules that are enforced: one catalogue. The report prints it, the manual has it as a page, and the conformance
//! suite runs the rules of requests.

mod configuration;
mod feature;
mod requests;

use std::fmt;

pub use self::feature::Feature;
pub(crate) use self::requests::REQUESTS;
use super::Report;

/// A rule. Its name begins with the section that states it, as in `rfc6749_section_4_1_2_a_code_works_once`; one without a
/// section is our own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rule {
    /// Its name.
    pub name: &'static str,
    /// What it is about: a macro, or for rules of requests the file of `conformance/` that has it.
    pub subject: &'static str,
    /// How it is enforced.
    pub kind: RuleKind,
    /// The features that it is about: it is enforced where the server has all of them.
    pub needs: &'static [Feature],
    /// Where it is enforced, and what proves it.
    #[doc(hidden)]
    pub evidence: Evidence,
    stated_by: Option<&'static str>,
}

/// How a rule is enforced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum RuleKind {
    /// Breaking it does not compile.
    CompileTime,
    /// Breaking it is a warning of the compiler, until `allow(…, reason = "…")` names the decision.
    Warning,
    /// Breaking it takes an argument or a profile that names it: one that weakens security begins with `danger_`.
    Danger,
    /// Breaking it is an error of `into_service` and `into_router`.
    StartUp,
    /// Requests that break it are refused.
    Request,
}

/// Files and texts of this repository; its tests compare them.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Evidence {
    /// A file and the function in it that enforces the rule, and no other; a trait, where a type must implement it.
    pub function: Option<(&'static str, &'static str)>,
    /// A file below `tests/ui/fail`, what is wrong in it, and what the compiler says.
    pub refused: Option<(&'static str, &'static str, &'static str)>,
    /// A file below `tests/ui/pass`, and what is right in it.
    pub accepted: Option<(&'static str, &'static str)>,
    /// A file with a test, and its name.
    pub test: Option<(&'static str, &'static str)>,
    /// What is wrong there.
    pub example: Option<&'static str>,
}

impl Rule {
    /// Every rule.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        configuration::ALL.iter().copied().flatten().chain(REQUESTS)
    }

    const fn new(kind: RuleKind, subject: &'static str, name: &'static str) -> Self {
        let evidence = Evidence { function: None, refused: None, accepted: None, test: None, example: None };
        Self { name, subject, kind, needs: &[], evidence, stated_by: None }
    }

    /// The features that it is about.
    const fn needs(mut self, features: &'static [Feature]) -> Self {
        self.needs = features;
        self
    }

    /// The section that states it, where the name does not begin with one.
    const fn stated_by(mut self, section: &'static str) -> Self {
        self.stated_by = Some(section);
        self
    }

    /// The file and the one function that enforce it.
    const fn enforced_by(mut self, file: &'static str, function: &'static str) -> Self {
        self.evidence.function = Some((file, function));
        self
    }

    /// What is refused: `code` stands in `tests/ui/fail/{file}.rs`, and `words` in its `.stderr`.
    const fn refuses(mut self, file: &'static str, code: &'static str, words: &'static str) -> Self {
        self.evidence.refused = Some((file, code, words));
        self
    }

    /// What is accepted: `code` stands in `tests/ui/pass/{file}.rs`.
    const fn accepts(mut self, file: &'static str, code: &'static str) -> Self {
        self.evidence.accepted = Some((file, code));
        self
    }

    /// The test of a rule that no compiler checks: `file` has `fn {name}`.
    const fn proved_by(mut self, file: &'static str, name: &'static str) -> Self {
        self.evidence.test = Some((file, name));
        self
    }

    /// What is refused in that test: `code` stands in its file.
    const fn such_as(mut self, code: &'static str) -> Self {
        self.evidence.example = Some(code);
        self
    }

    /// The section that states it, such as `RFC 6749 §4.1.2`.
    pub fn section(&self) -> Option<String> {
        if let Some(section) = self.stated_by {
            return Some(section.to_owned());
        }
        let (document, rest) = self.name.split_once("_section_")?;
        let document = if let Some(number) = document.strip_prefix("rfc") {
            format!("RFC {number}")
        } else {
            match document {
                "oidc_core" => "OpenID Connect Core".to_owned(),
                "oidc_discovery" => "OpenID Connect Discovery".to_owned(),
                "oidc_rp_initiated_logout" => "OpenID Connect RP-Initiated Logout".to_owned(),
                "oidc_session_management" => "OpenID Connect Session Management".to_owned(),
                "oidc_front_channel_logout" => "OpenID Connect Front-Channel Logout".to_owned(),
                "oidc_back_channel_logout" => "OpenID Connect Back-Channel Logout".to_owned(),
                "oauth_multiple_response_types" => "OAuth 2.0 Multiple Response Types".to_owned(),
                "oauth_form_post" => "OAuth 2.0 Form Post Response Mode".to_owned(),
                other => format!("OpenID Connect {}", other.strip_prefix("oidc_")?),
            }
        };
        let numbers: Vec<_> = rest.split('_').take_while(|part| is_number(part)).collect();
        Some(format!("{document} §{}", numbers.join(".")))
    }

    /// What it says, in words.
    pub fn statement(&self) -> String {
        let rest = self.name.split_once("_section_").map_or(self.name, |(_, rest)| rest);
        let words: Vec<_> = rest.split('_').skip_while(|part| is_number(part)).collect();
        let mut statement = format!(" {} ", words.join(" "));
        for (plain, written) in WRITTEN {
            statement = statement.replace(&format!(" {plain} "), &format!(" {written} "));
        }
        statement.trim().to_owned()
    }

    /// Whether a server with this report has all that the rule is about.
    pub fn is_enforced_by(&self, report: &Report) -> bool {
        let is_set_aside = report.exceptions.iter().any(|exception| exception.name == self.name);
        self.subject != "resource_server" && !is_set_aside && self.missing_feature(report).is_none()
    }

    /// The first feature that the rule is about and the server lacks.
    pub(crate) fn missing_feature(&self, report: &Report) -> Option<Feature> {
        self.needs.iter().copied().find(|feature| !feature.is_enabled(report))
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.section() {
            Some(section) => write!(f, "{section}: {}", self.statement()),
            None => f.write_str(&self.statement()),
        }
    }
}

fn is_number(part: &str) -> bool {
    part.bytes().all(|b| b.is_ascii_digit())
}

/// Words of names that are written otherwise.
const WRITTEN: [(&str, &str); 17] = [
    ("rsa1 5", "RSA1_5"),
    ("sha 1", "SHA-1"),
    ("rs256", "RS256"),
    ("s256", "S256"),
    ("url", "URL"),
    ("urls", "URLs"),
    ("uri", "URI"),
    ("uris", "URIs"),
    ("https", "HTTPS"),
    ("http", "HTTP"),
    ("tls", "TLS"),
    ("ascii", "ASCII"),
    ("json", "JSON"),
    ("openid", "OpenID"),
    ("id tokens", "ID tokens"),
    ("id token", "ID token"),
    ("pkce", "PKCE"),
];
