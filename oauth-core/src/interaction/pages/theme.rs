//! The built-in look, and what can be changed about it without templates.

use std::error::Error as StdError;
use std::fmt;

use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::color::Color;
use super::site::host_of;
use super::views::RequestedScope;
use crate::interaction::language::{BUILT_IN, ENGLISH, Language, Languages};

const STYLE: &str = include_str!("../../../templates/style.css");

/// The built-in pages: light and dark, phone and desktop, no scripts.
#[derive(Debug, Clone)]
pub struct Theme {
    service_name: Option<String>,
    logo: Option<String>,
    accent: Option<Color>,
    extra: String,
    languages: Languages,
    scopes: Vec<(&'static str, &'static str, String)>,
    forgot_password: Option<String>,
    create_account: Option<String>,
    style: String,
    policy: String,
}

impl Theme {
    /// The look without changes. The service is called by the issuer's host.
    pub fn new() -> Self {
        Self {
            service_name: None,
            logo: None,
            accent: None,
            extra: String::new(),
            languages: Languages::new(&BUILT_IN),
            scopes: Vec::new(),
            forgot_password: None,
            create_account: None,
            style: String::new(),
            policy: String::new(),
        }
        .prepared()
    }

    /// Sets what the pages call the service, as in "Sign in to Acme".
    #[must_use]
    pub fn service_name(mut self, name: impl Into<String>) -> Self {
        self.service_name = Some(name.into());
        self
    }

    /// Sets the colour of the main button, as `#rrggbb`. Any will do: the text on it is black or white, whichever
    /// contrasts more (at least 4.5 : 1, WCAG 2.2 §1.4.3).
    ///
    /// # Errors
    ///
    /// If it is not `#` and six hexadecimal digits.
    pub fn accent_color(mut self, color: &str) -> Result<Self, InvalidTheme> {
        self.accent = Some(Color::parse(color)?);
        Ok(self.prepared())
    }

    /// Sets an image to show above the heading: an `https` URL, or a path on the issuer's host such as `/logo.svg`.
    ///
    /// # Errors
    ///
    /// If it is neither, or has characters that URLs do not.
    pub fn logo(mut self, url: impl Into<String>) -> Result<Self, InvalidTheme> {
        let url = url.into();
        // `;` and `,` would end the directive of the policy that names it.
        if !is_link(&url) || url.contains([';', ',', '#', '?']) {
            return Err(InvalidTheme(format!(
                "the logo `{url}` must be an https URL or a path such as `/logo.svg`, without query, `;` or `,`"
            )));
        }
        self.logo = Some(url);
        Ok(self.prepared())
    }

    /// Adds CSS after the built-in style sheet, whose custom properties (`--accent`, `--page`, `--card`, `--text`, …) it can
    /// set. It cannot load anything: the policy of the pages forbids it.
    ///
    /// # Errors
    ///
    /// If it contains `</`, which would end the style sheet, or NUL.
    pub fn stylesheet(mut self, css: impl Into<String>) -> Result<Self, InvalidTheme> {
        // As an HTML parser reads line ends: the hash is over what it read.
        let css = css.into().replace("\r\n", "\n").replace('\r', "\n");
        if css.contains("</") || css.contains('\0') {
            return Err(InvalidTheme(
                "the style sheet must not contain `</`, which would end it, nor NUL".to_owned(),
            ));
        }
        self.extra = css;
        Ok(self.prepared())
    }

    /// Sets the languages of the pages, the first for whoever prefers none of them. Default: those of [`language`](crate::interaction::language),
    /// English first. The words of scopes are yours: see [`scope`](Self::scope).
    ///
    /// ```
    /// use oauth_core::interaction::{Theme, language};
    ///
    /// let theme = Theme::new().languages([&language::FRENCH, &language::ENGLISH])?;
    /// # Ok::<(), oauth_core::interaction::InvalidTheme>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If there is none, two have one tag, a tag is none (RFC 5646 §2.1), or a text of one of them lacks what the English text has in
    /// braces or in angle brackets.
    pub fn languages<const N: usize>(
        mut self,
        languages: [&'static dyn Language; N],
    ) -> Result<Self, InvalidTheme> {
        self.languages = Languages::new(&languages);
        self.languages.check().map_err(InvalidTheme)?;
        Ok(self)
    }

    /// Sets the words for a scope in a language, in place of those that the server declares for it: what granting it allows.
    #[must_use]
    pub fn scope(mut self, language: &'static str, scope: &'static str, words: impl Into<String>) -> Self {
        self.scopes.push((language, scope, words.into()));
        self
    }

    /// Sets the page for whoever forgot the password, an `https` URL or a path on the issuer's host. The login form links to it.
    ///
    /// # Errors
    ///
    /// If it is neither, or has characters that URLs do not.
    pub fn forgot_password(mut self, url: impl Into<String>) -> Result<Self, InvalidTheme> {
        self.forgot_password = Some(link("page for whoever forgot the password", url.into())?);
        Ok(self)
    }

    /// Sets the page for whoever has no account, an `https` URL or a path on the issuer's host. The login form links to it.
    ///
    /// # Errors
    ///
    /// If it is neither, or has characters that URLs do not.
    pub fn create_account(mut self, url: impl Into<String>) -> Result<Self, InvalidTheme> {
        self.create_account = Some(link("page to create an account", url.into())?);
        Ok(self)
    }

    /// The style sheet, and the policy that allows it by its hash (CSP Level 3 §2.3.1).
    fn prepared(mut self) -> Self {
        let accent = self.accent.map(Color::style).unwrap_or_default();
        self.style = format!("{STYLE}{accent}{}", self.extra);
        let hash = STANDARD.encode(digest::digest(&digest::SHA256, self.style.as_bytes()));
        let images = match &self.logo {
            Some(url) if url.starts_with('/') => "; img-src 'self'".to_owned(),
            Some(url) => format!("; img-src {url}"),
            None => String::new(),
        };
        self.policy = format!(
            "default-src 'none'; style-src 'sha256-{hash}'{images}; frame-ancestors 'none'; base-uri 'none'"
        );
        self
    }

    pub(crate) fn style(&self) -> &str {
        &self.style
    }

    pub(super) fn policy(&self) -> &str {
        &self.policy
    }

    pub(crate) fn logo_url(&self) -> Option<&str> {
        self.logo.as_deref()
    }

    /// The best language for a person who prefers these.
    pub(in crate::interaction) fn language(&self, preferred: &[String]) -> &'static dyn Language {
        self.languages.best(preferred).unwrap_or(&ENGLISH)
    }

    /// The words for what granting a scope allows; `None`: there are none.
    pub(super) fn words_of_scope<'a>(
        &'a self,
        language: &dyn Language,
        scope: &RequestedScope<'a>,
    ) -> Option<&'a str> {
        let is_it = |(tag, name, _): &&(&str, &str, String)| {
            tag.eq_ignore_ascii_case(language.tag()) && *name == scope.name
        };
        self.scopes.iter().rev().find(is_it).map(|(_, _, words)| words.as_str()).or(scope.description)
    }

    /// The page for whoever forgot the password.
    pub(super) fn forgot_password_url(&self) -> Option<&str> {
        self.forgot_password.as_deref()
    }

    /// The page for whoever has no account.
    pub(super) fn create_account_url(&self) -> Option<&str> {
        self.create_account.as_deref()
    }

    /// The name to call the server of this issuer.
    pub(super) fn service<'a>(&'a self, issuer: &'a str) -> &'a str {
        self.service_name.as_deref().or_else(|| host_of(issuer)).unwrap_or(issuer)
    }
}

/// Tells whether a page may link there: an `https` URL, or a path on the issuer's host.
fn is_link(url: &str) -> bool {
    let is_path = url.starts_with('/') && !url.starts_with("//");
    url.bytes().all(|b| b.is_ascii_graphic() && !b"\"'<>\\".contains(&b))
        && (is_path || host_of(url).is_some() && url.starts_with("https://"))
}

fn link(what: &str, url: String) -> Result<String, InvalidTheme> {
    if is_link(&url) {
        return Ok(url);
    }
    Err(InvalidTheme(format!("the {what} `{url}` must be an https URL or a path such as `/account/new`")))
}

impl Default for Theme {
    fn default() -> Self {
        Self::new()
    }
}

/// The reason why a [`Theme`] cannot be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidTheme(pub(super) String);

impl fmt::Display for InvalidTheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for InvalidTheme {}
