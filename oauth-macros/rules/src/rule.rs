//! A rule: its name, its words, and how it is enforced.

use alloc::borrow::ToOwned as _;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::Feature;

/// A rule. Its name begins with the section that states it, as in `rfc6749_section_4_1_2_a_code_works_once`; one without a
/// section is our own.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Rule {
    /// The name.
    pub name: &'static str,
    /// The macro that it is about; of rules of requests, the file of the conformance suite that has it.
    pub subject: &'static str,
    /// The way in which it is enforced.
    pub kind: RuleKind,
    /// True if what is written by hand, or generic, is held to it when it starts.
    pub is_checked_at_start: bool,
    /// The features that it is about: it is enforced where the server has all of them.
    pub needs: &'static [Feature],
    /// The words of its error, with `{}` for what is found; empty: the suite has them.
    pub words: &'static str,
    /// The words of advice that say what to write instead.
    pub instead: &'static str,
    /// The documents that give the advice, as `deny(…)` takes them, each with its section.
    pub documents: &'static [(&'static str, &'static str)],
}

/// The way in which a rule is enforced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum RuleKind {
    /// Breaking it does not compile.
    CompileTime,
    /// Breaking it is a warning of the compiler, until the decision is named: by `allow(…, reason = "…")`, or as its words say.
    Warning,
    /// Breaking it takes an argument or a profile that names it: one that weakens security begins with `danger_`.
    Danger,
    /// Breaking it is an error when the server starts.
    StartUp,
    /// Requests that break it are refused.
    Request,
}

/// Names are unique within a kind.
impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        (self.kind, self.name) == (other.kind, other.name)
    }
}

impl Eq for Rule {}

impl Rule {
    pub(crate) const fn new(kind: RuleKind, subject: &'static str, name: &'static str) -> Self {
        let (words, instead) = ("", "");
        Self { name, subject, kind, is_checked_at_start: false, needs: &[], words, instead, documents: &[] }
    }

    pub(crate) const fn words(mut self, words: &'static str) -> Self {
        self.words = words;
        self
    }

    pub(crate) const fn at_start(mut self) -> Self {
        self.is_checked_at_start = true;
        self
    }

    pub(crate) const fn needs(mut self, features: &'static [Feature]) -> Self {
        self.needs = features;
        self
    }

    pub(crate) const fn advised_by(mut self, documents: &'static [(&'static str, &'static str)]) -> Self {
        self.documents = documents;
        self
    }

    pub(crate) const fn instead(mut self, instead: &'static str) -> Self {
        self.instead = instead;
        self
    }

    /// Every rule.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        crate::ALL.iter().copied().flatten().copied().chain(crate::REQUESTS)
    }

    /// The words of the rule about what was found.
    pub fn says(&self, found: &[&dyn fmt::Display]) -> String {
        let mut parts = self.words.split("{}");
        let mut text = parts.next().unwrap_or_default().to_owned();
        let mut found = found.iter();
        for part in parts {
            text.extend(found.next().map(|found| format!("{found}")));
            text.push_str(part);
        }
        text
    }

    /// The section that states it, such as `RFC 6749 §4.1.2`.
    pub fn section(&self) -> Option<String> {
        if !self.documents.is_empty() {
            let section = |(document, section): &(&str, &str)| format!("{} §{section}", title(document));
            return Some(self.documents.iter().map(section).collect::<Vec<_>>().join(", "));
        }
        let (document, rest) = self.name.split_once("_section_")?;
        let numbers: Vec<_> = rest.split('_').take_while(|part| is_number(part)).collect();
        Some(format!("{} §{}", title(document), numbers.join(".")))
    }

    /// The statement that it makes, in words.
    pub fn statement(&self) -> String {
        let rest = self.name.split_once("_section_").map_or(self.name, |(_, rest)| rest);
        let words: Vec<_> = rest.split('_').skip_while(|part| is_number(part)).collect();
        let mut statement = format!(" {} ", words.join(" "));
        for (plain, written) in WRITTEN {
            statement = statement.replace(&format!(" {plain} "), &format!(" {written} "));
        }
        statement.trim().to_owned()
    }

    /// The names by which `deny(…)` makes an error of advice: its own, its documents, and `warnings` if it is one.
    pub fn denied_by(&self) -> impl Iterator<Item = &'static str> {
        let documents = self.documents.iter().map(|(document, _)| *document);
        let warnings = (self.kind == RuleKind::Warning).then_some(crate::advice::WARNINGS);
        core::iter::once(self.name).chain(documents).chain(warnings)
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

/// A document as text has it: `RFC 6750` for `rfc6750`.
pub fn title(document: &str) -> String {
    if let Some(number) = document.strip_prefix("rfc") {
        return format!("RFC {number}");
    }
    match document {
        "oidc_core" => "OpenID Connect Core".to_owned(),
        "oidc_discovery" => "OpenID Connect Discovery".to_owned(),
        "oidc_rp_initiated_logout" => "OpenID Connect RP-Initiated Logout".to_owned(),
        "oidc_session_management" => "OpenID Connect Session Management".to_owned(),
        "oidc_front_channel_logout" => "OpenID Connect Front-Channel Logout".to_owned(),
        "oidc_back_channel_logout" => "OpenID Connect Back-Channel Logout".to_owned(),
        "fapi2" => "FAPI 2.0".to_owned(),
        "oauth_multiple_response_types" => "OAuth 2.0 Multiple Response Types".to_owned(),
        "oauth_form_post" => "OAuth 2.0 Form Post Response Mode".to_owned(),
        other => other.to_owned(),
    }
}

fn is_number(part: &str) -> bool {
    part.bytes().all(|b| b.is_ascii_digit())
}

/// Words of names that are written otherwise.
const WRITTEN: &[(&str, &str)] = &[
    ("rsa1 5", "RSA1_5"),
    ("sha 1", "SHA-1"),
    ("rs256", "RS256"),
    ("ps256", "PS256"),
    ("es256", "ES256"),
    ("es384", "ES384"),
    ("ed25519", "Ed25519"),
    ("s256", "S256"),
    ("url", "URL"),
    ("urls", "URLs"),
    ("uri", "URI"),
    ("uris", "URIs"),
    ("https", "HTTPS"),
    ("http", "HTTP"),
    ("tls", "TLS"),
    ("ascii", "ASCII"),
    ("dns", "DNS"),
    ("json", "JSON"),
    ("openid", "OpenID"),
    ("id tokens", "ID tokens"),
    ("id token", "ID token"),
    ("pkce", "PKCE"),
];
