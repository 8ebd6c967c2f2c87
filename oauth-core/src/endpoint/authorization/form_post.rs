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
use crate::interaction::html::{escape, with_policy};
use crate::interaction::{WayBackForm, error_page, error_page_with_way_back};

/// Sends the form. Not `form.submit()`: a parameter of that name would be found instead.
const SCRIPT: &str = "HTMLFormElement.prototype.submit.call(document.forms[0])";

/// A page whose form POSTs the parameters to the redirect URI: by its script, or where none runs, by its button.
pub(crate) fn page(redirect_uri: &str, params: &[(&str, Cow<'_, str>)]) -> Response {
    let (action, fields) = (escape(redirect_uri), fields(params));
    let html = format!(
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>One moment</title>\n\
         <form method=\"post\" action=\"{action}\">\n{fields}<p>You are on your way back to the application.</p>\n\
         <p><button type=\"submit\">Continue</button></p>\n</form>\n<script>{SCRIPT}</script>\n</html>\n"
    );
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{}'; {}; frame-ancestors 'none'; base-uri 'none'",
        *SCRIPT_HASH,
        form_action(redirect_uri)
    );
    match HeaderValue::try_from(policy) {
        Ok(policy) => with_policy(StatusCode::OK, html, policy),
        Err(_) => error_page(&Error::server("the scheme of a redirect URI does not fit into a header")),
    }
}

/// The same with an error for a client that the person may not want to go to: by its button only.
pub(crate) fn question(redirect_uri: &str, error: &Error, params: &[(&str, Cow<'_, str>)]) -> Response {
    let form = WayBackForm { fields: fields(params), policy: form_action(redirect_uri) };
    error_page_with_way_back(error, redirect_uri, host_elsewhere(redirect_uri).as_deref(), Some(form))
}

fn fields(params: &[(&str, Cow<'_, str>)]) -> String {
    let field = |(name, value): &(&str, Cow<'_, str>)| {
        format!("<input type=\"hidden\" name=\"{}\" value=\"{}\">\n", escape(name), escape(value))
    };
    params.iter().map(field).collect()
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
