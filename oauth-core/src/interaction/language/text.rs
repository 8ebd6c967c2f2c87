//! Texts with what is filled in.

use std::fmt;
use std::time::Duration;

use askama::filters::{Escaper as _, Html as HtmlEscaper, HtmlSafe};

use super::words::Language;

/// The values that a page has for braces.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::interaction) struct Values<'a> {
    pub(in crate::interaction) service: Option<&'a str>,
    pub(in crate::interaction) client: Option<&'a str>,
    pub(in crate::interaction) user: Option<&'a str>,
}

impl<'a> Values<'a> {
    /// The name of the service, and nothing more.
    pub(in crate::interaction) fn of(service: &'a str) -> Self {
        Self { service: Some(service), ..Self::default() }
    }
}

/// Fills texts of a language in.
#[derive(Clone, Copy)]
pub(in crate::interaction) struct Text<'a> {
    language: &'a dyn Language,
    values: Values<'a>,
}

/// HTML whose foreign parts are escaped.
#[derive(Debug)]
pub(in crate::interaction) struct Html(String);

impl Html {
    /// A text that is not ours.
    pub(in crate::interaction) fn escaped(text: &str) -> Self {
        let mut html = String::with_capacity(text.len());
        escape(text, &mut html);
        Self(html)
    }
}

impl fmt::Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Html {}

impl<'a> Text<'a> {
    pub(in crate::interaction) const fn new(language: &'a dyn Language, values: Values<'a>) -> Self {
        Self { language, values }
    }

    /// The attribute `lang`.
    pub(in crate::interaction) fn language(&self) -> &'a str {
        self.language.tag()
    }

    /// True where the attribute `dir` is `rtl`.
    pub(in crate::interaction) fn is_right_to_left(&self) -> bool {
        self.language.is_right_to_left()
    }

    /// A text of the page.
    pub(in crate::interaction) fn html(&self, text: &str) -> Html {
        self.filled(text, None, true)
    }

    /// A text of the page that names a host.
    pub(in crate::interaction) fn html_at(&self, text: &str, host: &str) -> Html {
        self.filled(text, Some(host), true)
    }

    /// The answer to whoever must wait.
    pub(in crate::interaction) fn wait(&self, time: Duration) -> Html {
        self.html(&self.language.too_many_attempts(whole_seconds(time)))
    }

    /// A text where no element can be: in a title, in an attribute.
    pub(in crate::interaction) fn plain(&self, text: &str) -> Html {
        self.filled(text, None, false)
    }

    /// What is filled in may be written in another direction than what is around it: an element isolates it.
    fn filled(&self, text: &str, host: Option<&str>, is_isolated: bool) -> Html {
        let (before, after) = if is_isolated { ("<bdi>", "</bdi>") } else { ("", "") };
        let mut html = String::with_capacity(text.len() + 32);
        let mut rest = text;
        while let Some((ahead, (name, behind))) = next_mark(rest) {
            let value = match name {
                "service" => self.values.service,
                "client" => self.values.client,
                "user" => self.values.user,
                "host" => host,
                _ => None,
            };
            html.extend([ahead, before]);
            escape(value.unwrap_or_default(), &mut html);
            html.push_str(after);
            rest = behind;
        }
        html.push_str(rest);
        Html(html)
    }
}

fn escape(text: &str, html: &mut String) {
    // Writing to a `String` does not fail.
    let _ = HtmlEscaper.write_escaped_str(html, text);
}

/// The text ahead of the next braces, their content, and the text behind them.
fn next_mark(text: &str) -> Option<(&str, (&str, &str))> {
    let (ahead, rest) = text.split_once('{')?;
    Some((ahead, rest.split_once('}')?))
}

/// The names in braces, in the order of the alphabet.
pub(super) fn marks(text: &str) -> Vec<&str> {
    let mut marks = Vec::new();
    let mut rest = text;
    while let Some((_, (name, behind))) = next_mark(rest) {
        marks.push(name);
        rest = behind;
    }
    marks.sort_unstable();
    marks
}

/// The tags, in the order of the alphabet.
pub(super) fn tags(text: &str) -> Vec<&str> {
    let mut tags: Vec<_> =
        text.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or(rest)).collect();
    tags.sort_unstable();
    tags
}

/// Rounded up: a second too early would be refused again.
pub(in crate::interaction) fn whole_seconds(duration: Duration) -> u64 {
    duration.as_secs() + u64::from(duration.subsec_nanos() > 0)
}
