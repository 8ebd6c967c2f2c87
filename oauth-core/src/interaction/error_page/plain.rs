//! The page without templates.

use ::http::{HeaderMap, Uri};
use bytes::Bytes;

use super::{ErrorView, Kind, WayBack};
use crate::http::Response;
use crate::interaction::{english, html};

/// The look of the page: there is one, and nobody has another.
#[derive(Debug)]
pub(crate) enum Look {}

/// The person who is shown a page, who reads English.
#[derive(Debug, Default)]
pub(crate) struct Reader;

impl Reader {
    /// Whoever sends a request with these.
    pub(crate) const fn of(_: &Uri, _: &HeaderMap) -> Self {
        Self
    }

    /// What the request brings, which changes nothing.
    pub(crate) const fn brings(&mut self, _: &Bytes) {}

    pub(super) fn page(&self, view: &ErrorView, _: Option<&Look>) -> Response {
        html::with_policy(view.kind.status(), view.html(), view.policy(html::NOTHING_ELSE))
    }
}

impl ErrorView {
    fn html(&self) -> String {
        let (heading, advice) = match self.kind {
            Kind::Ours => (english::SERVER_ERROR, english::SERVER_ERROR_ADVICE),
            Kind::TooMany => (english::TOO_MANY_REQUESTS, english::WAIT_A_MOMENT),
            Kind::TooBusy => (english::TOO_BUSY, english::WAIT_A_MOMENT),
            Kind::TheirsOfTheClient => (english::CANNOT_GO_ON, english::TELL_ITS_MAKERS),
            Kind::Nothing => (english::NOTHING_THERE, english::CHECK_THE_ADDRESS),
        };
        let advice = if self.way_back.is_some() { english::REGISTERED_ITSELF } else { advice };
        let description = self.description.as_deref().map(html::escape).unwrap_or_default();
        let way_back = self.way_back.as_ref().map(|WayBack { location, host, form }| {
            let location = html::escape(location);
            let text = host.as_ref().map_or_else(
                || english::BACK_TO_APPLICATION.to_owned(),
                |host| english::BACK_TO_HOST.replace("{host}", &html::escape(host)),
            );
            let Some(form) = form else { return format!("<p><a href=\"{location}\">{text}</a></p>\n") };
            format!(
                "<form method=\"post\" action=\"{location}\">\n{}<p><button type=\"submit\">{text}</button></p>\n</form>\n",
                form.fields
            )
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
