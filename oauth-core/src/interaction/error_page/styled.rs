//! The page in the person's language.

use std::sync::LazyLock;

use ::http::header::ACCEPT_LANGUAGE;
use ::http::{HeaderMap, HeaderValue, Uri};
use askama::Template;

use super::{ErrorView, Kind};
use crate::http::Response;
use crate::interaction::language::{Language, Text, Values, preferred};
use crate::interaction::{PageTemplates as _, Theme, html};

/// The look and the languages of the page.
pub(crate) type Look = Theme;

static BUILT_IN: LazyLock<Theme> = LazyLock::new(Theme::new);

/// The person who is shown a page.
#[derive(Debug, Default)]
pub(crate) struct Reader {
    uri: Uri,
    accepted: Vec<HeaderValue>,
}

#[derive(Template)]
#[template(path = "error.html")]
struct Styled<'a> {
    theme: &'a Theme,
    say: Text<'a>,
    words: &'static dyn Language,
    heading: &'static str,
    advice: &'static str,
    page: &'a ErrorView,
}

impl ErrorView {
    fn page_in(&self, theme: &Theme, words: &'static dyn Language) -> Response {
        let (heading, advice) = match self.kind {
            Kind::Ours => (words.server_error(), words.server_error_advice()),
            Kind::TooMany => (words.too_many_requests(), words.wait_a_moment()),
            Kind::TooBusy => (words.too_busy(), words.wait_a_moment()),
            Kind::TheirsOfTheClient => (words.cannot_go_on(), words.tell_its_makers()),
            Kind::Nothing => (words.nothing_there(), words.check_the_address()),
        };
        let advice = if self.way_back.is_some() { words.registered_itself() } else { advice };
        let say = Text::new(words, Values::default());
        // Writing to a `String` does not fail.
        let html = Styled { theme, say, words, heading, advice, page: self }.render().unwrap_or_default();
        let policy = HeaderValue::from_str(theme.content_security_policy())
            .unwrap_or(HeaderValue::from_static(html::NOTHING_ELSE));
        html::with_policy(self.kind.status(), html, policy)
    }
}

impl Reader {
    /// Whoever sends a request with these.
    pub(crate) fn of(uri: &Uri, headers: &HeaderMap) -> Self {
        Self { uri: uri.clone(), accepted: headers.get_all(ACCEPT_LANGUAGE).iter().cloned().collect() }
    }

    pub(super) fn page(&self, view: &ErrorView, theme: Option<&Theme>) -> Response {
        let theme = theme.unwrap_or(&BUILT_IN);
        let query = form_urlencoded::parse(self.uri.query().unwrap_or_default().as_bytes());
        let ui_locales = query.filter(|(name, _)| name == "ui_locales").map(|(_, value)| value).next();
        let asked = ui_locales.iter().flat_map(|text| text.split_whitespace());
        view.page_in(theme, theme.language(&preferred(asked, &self.accepted)))
    }
}
