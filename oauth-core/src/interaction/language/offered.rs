//! The languages that there are.

use std::fmt;

use super::preferred::choose;
use super::words::{Language, check};

/// The languages of the pages.
#[derive(Clone)]
pub(in crate::interaction) struct Languages(Vec<&'static dyn Language>);

impl Languages {
    pub(in crate::interaction) fn new(languages: &[&'static dyn Language]) -> Self {
        Self(languages.to_vec())
    }

    /// The best of them for a person who prefers these.
    pub(in crate::interaction) fn best(&self, preferred: &[String]) -> Option<&'static dyn Language> {
        choose(&self.0, preferred)
    }

    pub(in crate::interaction) fn check(&self) -> Result<(), String> {
        let mut seen = Vec::new();
        for language in &self.0 {
            let tag = language.tag();
            let is_tag = tag.split('-').all(|part| {
                (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
            });
            if !is_tag {
                return Err(format!("`{tag}` is not a language tag: write one such as `de` or `pt-BR`"));
            }
            if seen.iter().any(|other: &&str| other.eq_ignore_ascii_case(tag)) {
                return Err(format!("there are two languages with the tag `{tag}`"));
            }
            seen.push(tag);
            check(*language)?;
        }
        if seen.is_empty() { Err("the pages need a language".to_owned()) } else { Ok(()) }
    }
}

impl fmt::Debug for Languages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|language| language.tag())).finish()
    }
}
