//! The page that the authorization endpoint shows when it must not redirect.

use ::http::{HeaderValue, StatusCode};

use super::html;
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
    page(error, Some(WayBack { location, host }))
}

/// A link to the client.
struct WayBack<'a> {
    location: &'a str,
    host: Option<&'a str>,
}

fn page(error: &Error, way_back: Option<WayBack<'_>>) -> Response {
    error.log();
    let (status, heading, advice) = explain(error.code());
    let advice = if way_back.is_some() { ADVICE_WITH_WAY_BACK } else { advice };
    let view = ErrorView {
        #[cfg(feature = "pages")]
        theme: &styled::THEME,
        heading,
        advice,
        code: AuthorizationErrorCode::from(error.code()).as_str(),
        description: error.description(),
        way_back,
    };
    let policy =
        HeaderValue::from_str(ErrorView::policy()).unwrap_or(HeaderValue::from_static(html::NOTHING_ELSE));
    let mut response = html::with_policy(status, view.html(), policy);
    retry_after(error, &mut response);
    response
}

const ADVICE_WITH_WAY_BACK: &str = "The application that sent you here made a mistake. It registered itself: go back to it only if you know it.";

/// A status, a heading and what the person can do. Never 401: a browser could not answer its challenge.
fn explain(code: ErrorCode) -> (StatusCode, &'static str, &'static str) {
    match code {
        ErrorCode::ServerError => (
            StatusCode::INTERNAL_SERVER_ERROR,
            "Something went wrong here",
            "It is not your fault, nor that of the application you came from. Try again in a few minutes.",
        ),
        ErrorCode::TooManyRequests => {
            (StatusCode::TOO_MANY_REQUESTS, "Too many attempts", "Wait a moment, then go back and try again.")
        }
        ErrorCode::TemporarilyUnavailable => (
            StatusCode::SERVICE_UNAVAILABLE,
            "Too busy at the moment",
            "Wait a moment, then go back and try again.",
        ),
        _ => (
            StatusCode::BAD_REQUEST,
            "This request cannot go on",
            "The application that sent you here made a mistake. Go back to it and try again; if that does not help, \
             tell its makers what it says below.",
        ),
    }
}

#[cfg_attr(feature = "pages", derive(askama::Template), template(path = "error.html"))]
struct ErrorView<'a> {
    #[cfg(feature = "pages")]
    theme: &'a super::Theme,
    heading: &'a str,
    advice: &'a str,
    code: &'a str,
    description: Option<&'a str>,
    way_back: Option<WayBack<'a>>,
}

#[cfg(feature = "pages")]
mod styled {
    use std::sync::LazyLock;

    use askama::Template as _;

    use super::ErrorView;
    use crate::interaction::{PageTemplates as _, Theme};

    pub(super) static THEME: LazyLock<Theme> = LazyLock::new(Theme::new);

    impl ErrorView<'_> {
        pub(super) fn html(&self) -> String {
            // Writing to a `String` does not fail; were it to, the plain page would still say what is wrong.
            self.render().unwrap_or_else(|_| self.plain())
        }

        pub(super) fn policy() -> &'static str {
            THEME.content_security_policy()
        }
    }
}

#[cfg(not(feature = "pages"))]
impl ErrorView<'_> {
    fn html(&self) -> String {
        self.plain()
    }

    fn policy() -> &'static str {
        html::NOTHING_ELSE
    }
}

impl ErrorView<'_> {
    /// The page without templates.
    fn plain(&self) -> String {
        let Self { heading, advice, code, .. } = self;
        let description = self.description.map(html::escape).unwrap_or_default();
        let way_back = self.way_back.as_ref().map(|WayBack { location, host }| {
            let (location, host) = (html::escape(location), html::escape(host.unwrap_or("the application")));
            format!("<p><a href=\"{location}\">Back to {host}</a></p>\n")
        });
        let way_back = way_back.unwrap_or_default();
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{heading}</title>\n<h1>{heading}</h1>\n<p>{advice}</p>\n\
             <p><code>{code}</code> {description}</p>\n{way_back}</html>\n"
        )
    }
}
