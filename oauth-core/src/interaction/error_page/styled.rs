//! The page in the person's language.

use std::sync::LazyLock;

use ::http::header::ACCEPT_LANGUAGE;
use ::http::{HeaderMap, HeaderValue, Uri};
use askama::Template;
use bytes::Bytes;

use super::{ErrorView, Kind, WayBack};
use crate::http::Response;
use crate::interaction::language::{Html, Language, Text, Values, preferred};
use crate::interaction::{PageTemplates as _, Theme, html};

/// The look and the languages of the page.
pub(crate) type Look = Theme;

static BUILT_IN: LazyLock<Theme> = LazyLock::new(Theme::new);

/// The person who is shown a page. Without `Debug`, for a form may have a password.
#[derive(Default)]
pub(crate) struct Reader {
    uri: Uri,
    accepted: Vec<HeaderValue>,
    /// The form that they send.
    form: Bytes,
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

impl Styled<'_> {
    /// The text of the link or the button.
    fn way_back(&self, way: &WayBack) -> Html {
        match &way.host {
            Some(host) => self.say.html_at(self.words.back_to_host(), host),
            None => self.say.html(self.words.back_to_application()),
        }
    }
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
        html::with_policy(self.kind.status(), html, self.policy(theme.content_security_policy()))
    }
}

impl Reader {
    /// Whoever sends a request with these.
    pub(crate) fn of(uri: &Uri, headers: &HeaderMap) -> Self {
        let accepted = headers.get_all(ACCEPT_LANGUAGE).iter().cloned().collect();
        Self { uri: uri.clone(), accepted, form: Bytes::new() }
    }

    /// What the request brings: a form of a login leads back to what the client has asked.
    pub(crate) fn brings(&mut self, form: &Bytes) {
        self.form.clone_from(form);
    }

    pub(super) fn page(&self, view: &ErrorView, theme: Option<&Theme>) -> Response {
        let theme = theme.unwrap_or(&BUILT_IN);
        let ui_locales = self.ui_locales();
        let asked = ui_locales.iter().flat_map(|text| text.split_whitespace());
        view.page_in(theme, theme.language(&preferred(asked, &self.accepted)))
    }

    /// The languages that the client names, in this request or in the one that a login leads back to. What was pushed or signed is not looked
    /// at: an error may be that it cannot be read.
    fn ui_locales(&self) -> Option<String> {
        let query = self.uri.query().unwrap_or_default();
        let of_login = || {
            let sent = [query.as_bytes(), &self.form];
            let return_to = sent.into_iter().find_map(|params| param(params, "return_to"))?;
            param(return_to.split_once('?')?.1.as_bytes(), "ui_locales")
        };
        param(query.as_bytes(), "ui_locales").or_else(of_login)
    }
}

fn param(params: &[u8], name: &str) -> Option<String> {
    form_urlencoded::parse(params).find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
}
