//! `response_mode=form_post`, OAuth 2.0 Form Post Response Mode.

use std::borrow::Cow;
use std::sync::LazyLock;

use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderValue, StatusCode};

use crate::client::host_elsewhere;
use crate::error::Error;
use crate::http::Response;
use crate::interaction::error_page;
use crate::interaction::html::{escape, with_policy};

/// Sends the form. Not `form.submit()`: a parameter of that name would be found instead.
const SCRIPT: &str = "HTMLFormElement.prototype.submit.call(document.forms[0])";

/// A page whose form POSTs the parameters to the redirect URI: by its script, or where none runs, by its button.
pub(crate) fn page(redirect_uri: &str, params: &[(&str, Cow<'_, str>)]) -> Response {
    let form = form(redirect_uri, params, "<p>You are on your way back to the application.</p>", "Continue");
    let html = document("One moment", &format!("{form}\n<script>{SCRIPT}</script>"));
    respond(
        StatusCode::OK,
        html,
        &format!("script-src 'sha256-{}'; {}", *SCRIPT_HASH, form_action(redirect_uri)),
    )
}

/// The same with an error for a client that the person may not want to go to: by its button only.
pub(crate) fn question(redirect_uri: &str, error: &Error, params: &[(&str, Cow<'_, str>)]) -> Response {
    error.log();
    let host = host_elsewhere(redirect_uri);
    let button = format!("Back to {}", host.as_deref().unwrap_or("the application"));
    let form = form(
        redirect_uri,
        params,
        "<p>The application that sent you here made a mistake. Go back to it only if you know it.</p>",
        &escape(&button),
    );
    respond(StatusCode::BAD_REQUEST, document("This request cannot go on", &form), &form_action(redirect_uri))
}

fn form(redirect_uri: &str, params: &[(&str, Cow<'_, str>)], text: &str, button: &str) -> String {
    let field = |(name, value): &(&str, Cow<'_, str>)| {
        format!("<input type=\"hidden\" name=\"{}\" value=\"{}\">\n", escape(name), escape(value))
    };
    let fields: String = params.iter().map(field).collect();
    format!(
        "<form method=\"post\" action=\"{}\">\n{fields}{text}\n<p><button type=\"submit\">{button}</button></p>\n</form>",
        escape(redirect_uri)
    )
}

fn document(title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         {body}\n</html>\n"
    )
}

/// Nothing runs but what `allowed` says.
fn respond(status: StatusCode, html: String, allowed: &str) -> Response {
    let policy = format!("default-src 'none'; {allowed}; frame-ancestors 'none'; base-uri 'none'");
    match HeaderValue::try_from(policy) {
        Ok(policy) => with_policy(status, html, policy),
        Err(_) => error_page(&Error::server("the scheme of a redirect URI does not fit into a header")),
    }
}

static SCRIPT_HASH: LazyLock<String> =
    LazyLock::new(|| STANDARD.encode(digest::digest(&digest::SHA256, SCRIPT.as_bytes())));

/// The form goes to a URI of the redirect URI's kind. Not to that one alone: browsers hold whatever the client redirects to
/// after the form against `form-action`, too.
fn form_action(redirect_uri: &str) -> String {
    match redirect_uri.split_once(':').map_or("", |(scheme, _)| scheme) {
        "http" => "form-action http: https:".to_owned(),
        scheme => format!("form-action {scheme}:"),
    }
}
