//! The page that the authorization endpoint shows when it must not redirect.

#[cfg(not(feature = "pages"))]
use ::http::HeaderValue;
use ::http::StatusCode;

#[cfg(feature = "pages")]
pub(crate) use self::styled::translate;
use super::{english, html};
use crate::error::{AuthorizationErrorCode, Error, ErrorCode};
use crate::http::{Response, retry_after};

/// RFC 6749 §4.1.2.1: if the redirect URI or the client identifier is missing or invalid, the server "SHOULD inform
/// the resource owner of the error and MUST NOT automatically redirect the user-agent to the invalid redirection
/// URI". The page does not link there either.
pub(crate) fn error_page(error: &Error) -> Response {
    page(error, None)
}

/// The same where it is for the person to decide whether to go there, to this host; `None`: an application on their own device.
pub(crate) fn error_page_with_way_back(error: &Error, location: &str, host: Option<&str>) -> Response {
    page(error, Some(WayBack { location: location.to_owned(), host: host.map(str::to_owned) }))
}

/// RFC 9110 §15.5.5: a page where nothing is, for a person who has followed a link.
pub(crate) fn nothing_there(description: String) -> Response {
    respond(ErrorView {
        kind: Kind::Nothing,
        code: "not_found",
        description: Some(description),
        way_back: None,
    })
}

/// The content of the page.
#[derive(Clone)]
struct ErrorView {
    kind: Kind,
    code: &'static str,
    description: Option<String>,
    way_back: Option<WayBack>,
}

/// A link to the client.
#[derive(Clone)]
struct WayBack {
    location: String,
    host: Option<String>,
}

fn page(error: &Error, way_back: Option<WayBack>) -> Response {
    error.log();
    let view = ErrorView {
        kind: Kind::of(error.code()),
        code: AuthorizationErrorCode::from(error.code()).as_str(),
        description: error.description().map(str::to_owned),
        way_back,
    };
    let mut response = respond(view);
    retry_after(error, &mut response);
    response
}

fn respond(view: ErrorView) -> Response {
    #[cfg_attr(not(feature = "pages"), allow(unused_mut, reason = "there is one language"))]
    let mut response = view.response();
    // For who knows what language the person reads.
    #[cfg(feature = "pages")]
    response.extensions_mut().insert(view);
    response
}

/// The kinds of errors that a person must tell apart.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Ours,
    TooMany,
    TooBusy,
    TheirsOfTheClient,
    Nothing,
}

impl Kind {
    fn of(code: ErrorCode) -> Self {
        match code {
            ErrorCode::ServerError => Self::Ours,
            ErrorCode::TooManyRequests => Self::TooMany,
            ErrorCode::TemporarilyUnavailable => Self::TooBusy,
            _ => Self::TheirsOfTheClient,
        }
    }

    /// Never 401: a browser could not answer its challenge.
    const fn status(self) -> StatusCode {
        match self {
            Self::Ours => StatusCode::INTERNAL_SERVER_ERROR,
            Self::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Self::TooBusy => StatusCode::SERVICE_UNAVAILABLE,
            Self::TheirsOfTheClient => StatusCode::BAD_REQUEST,
            Self::Nothing => StatusCode::NOT_FOUND,
        }
    }
}

impl ErrorView {
    #[cfg(not(feature = "pages"))]
    fn response(&self) -> Response {
        html::with_policy(self.kind.status(), self.plain(), HeaderValue::from_static(html::NOTHING_ELSE))
    }

    /// The page without templates.
    fn plain(&self) -> String {
        let (heading, advice) = match self.kind {
            Kind::Ours => (english::SERVER_ERROR, english::SERVER_ERROR_ADVICE),
            Kind::TooMany => (english::TOO_MANY_REQUESTS, english::WAIT_A_MOMENT),
            Kind::TooBusy => (english::TOO_BUSY, english::WAIT_A_MOMENT),
            Kind::TheirsOfTheClient => (english::CANNOT_GO_ON, english::TELL_ITS_MAKERS),
            Kind::Nothing => (english::NOTHING_THERE, english::CHECK_THE_ADDRESS),
        };
        let advice = if self.way_back.is_some() { english::REGISTERED_ITSELF } else { advice };
        let description = self.description.as_deref().map(html::escape).unwrap_or_default();
        let way_back = self.way_back.as_ref().map(|WayBack { location, host }| {
            let text = host.as_ref().map_or_else(
                || english::BACK_TO_APPLICATION.to_owned(),
                |host| english::BACK_TO_HOST.replace("{host}", &html::escape(host)),
            );
            format!("<p><a href=\"{}\">{text}</a></p>\n", html::escape(location))
        });
        let (code, way_back) = (self.code, way_back.unwrap_or_default());
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{heading}</title>\n<h1>{heading}</h1>\n<p>{advice}</p>\n\
             <p><code>{code}</code> {description}</p>\n{way_back}</html>\n"
        )
    }
}

#[cfg(feature = "pages")]
mod styled {
    use std::sync::LazyLock;

    use ::http::{HeaderValue, Uri};
    use askama::Template;

    use super::{ErrorView, Kind};
    use crate::http::Response;
    use crate::interaction::html;
    use crate::interaction::language::{ENGLISH, Language, Text, Values, preferred};
    use crate::interaction::{PageTemplates as _, Theme};

    static THEME: LazyLock<Theme> = LazyLock::new(Theme::new);

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
        pub(super) fn response(&self) -> Response {
            self.response_in(&ENGLISH)
        }

        fn response_in(&self, words: &'static dyn Language) -> Response {
            let (heading, advice) = match self.kind {
                Kind::Ours => (words.server_error(), words.server_error_advice()),
                Kind::TooMany => (words.too_many_requests(), words.wait_a_moment()),
                Kind::TooBusy => (words.too_busy(), words.wait_a_moment()),
                Kind::TheirsOfTheClient => (words.cannot_go_on(), words.tell_its_makers()),
                Kind::Nothing => (words.nothing_there(), words.check_the_address()),
            };
            let advice = if self.way_back.is_some() { words.registered_itself() } else { advice };
            let say = Text::new(words, Values::default());
            let styled = Styled { theme: &THEME, say, words, heading, advice, page: self };
            // Writing to a `String` does not fail; were it to, the plain page would still say what is wrong.
            let html = styled.render().unwrap_or_else(|_| self.plain());
            let policy = HeaderValue::from_str(THEME.content_security_policy())
                .unwrap_or(HeaderValue::from_static(html::NOTHING_ELSE));
            html::with_policy(self.kind.status(), html, policy)
        }
    }

    /// Says an error in the language that the person reads.
    pub(crate) fn translate<'a>(
        response: &mut Response,
        uri: &Uri,
        accepted: impl IntoIterator<Item = &'a HeaderValue>,
    ) {
        let Some(view) = response.extensions_mut().remove::<ErrorView>() else { return };
        let query = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
        let ui_locales = query.filter(|(name, _)| name == "ui_locales").map(|(_, value)| value).next();
        let preferred = preferred(ui_locales.iter().flat_map(|text| text.split_whitespace()), accepted);
        *response.body_mut() = view.response_in(THEME.language(&preferred)).into_body();
    }
}
