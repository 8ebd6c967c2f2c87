//! The page that the authorization endpoint shows when it must not redirect.

#[cfg(not(feature = "pages"))]
mod plain;
#[cfg(feature = "pages")]
mod styled;

use ::http::{HeaderValue, StatusCode};

#[cfg(not(feature = "pages"))]
pub(crate) use self::plain::{Look, Reader};
#[cfg(feature = "pages")]
pub(crate) use self::styled::{Look, Reader};
use crate::error::{AuthorizationErrorCode, Error, ErrorCode};
use crate::http::{Response, retry_after};
use crate::interaction::html;

/// RFC 6749 §4.1.2.1: if the redirect URI or the client identifier is missing or invalid, the server "SHOULD inform
/// the resource owner of the error and MUST NOT automatically redirect the user-agent to the invalid redirection
/// URI". The page does not link there either.
pub(crate) fn error_page(error: &Error) -> Response {
    page(error, None)
}

/// The same where it is for the person to decide whether to go there, to this host; `None`: an application on their own device. They go by
/// a link, or by a form.
pub(crate) fn error_page_with_way_back(
    error: &Error,
    location: &str,
    host: Option<&str>,
    form: Option<WayBackForm>,
) -> Response {
    page(error, Some(WayBack { location: location.to_owned(), host: host.map(str::to_owned), form }))
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

/// A link to the client, or a form for it.
#[derive(Clone)]
struct WayBack {
    location: String,
    host: Option<String>,
    form: Option<WayBackForm>,
}

/// The content of a form that is POSTed to the client.
#[derive(Clone)]
pub(crate) struct WayBackForm {
    /// Its fields, as HTML.
    pub(crate) fields: String,
    /// The directive that lets it be sent there.
    pub(crate) policy: String,
}

impl ErrorView {
    /// The policy of the page: that of others, and what its form needs.
    fn policy(&self, of_others: &str) -> HeaderValue {
        let form = self.way_back.as_ref().and_then(|way| way.form.as_ref());
        let policy = form.map(|form| HeaderValue::try_from(format!("{of_others}; {}", form.policy)));
        policy
            .unwrap_or_else(|| HeaderValue::from_str(of_others))
            .unwrap_or(HeaderValue::from_static(html::NOTHING_ELSE))
    }
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
    let mut response = Response::default();
    *response.status_mut() = view.kind.status();
    // It is drawn by whoever knows its reader.
    response.extensions_mut().insert(view);
    response
}

impl Reader {
    /// Draws the page of an error, if the response is one, in the look of the server's other pages; `None`: in the built-in one.
    pub(crate) fn draw<'a>(&self, response: &mut Response, look: impl FnOnce() -> Option<&'a Look>) {
        let Some(view) = response.extensions_mut().remove::<ErrorView>() else { return };
        let (page, body) = self.page(&view, look()).into_parts();
        *response.body_mut() = body;
        response.headers_mut().extend(page.headers);
    }
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
