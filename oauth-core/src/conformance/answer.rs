//! A response, with the request that it answers, and what may be expected of it.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt as _;
use serde_json::{Map, Value};

use super::{Check, Failure, Stop};
use crate::http::Response;

/// The longest text of a body that a failure shows, in characters.
const SHOWN: usize = 1500;

#[derive(Debug, Clone)]
pub(super) struct Answer {
    /// The request, as a failure shows it.
    pub(super) sent: String,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Answer {
    pub(super) async fn of(sent: String, response: Response) -> Self {
        let (parts, body) = response.into_parts();
        // The body is complete already, and cannot fail.
        let body = body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
        Self { sent, status: parts.status, headers: parts.headers, body }
    }

    /// A failure with this answer as its last.
    pub(super) fn fail(&self, expected: impl Into<String>, likely: impl Into<String>) -> Stop {
        let failure = Failure {
            sent: self.sent.clone(),
            expected: expected.into(),
            came: self.shown(),
            likely: likely.into(),
            rule: None,
        };
        failure.into()
    }

    /// Fails unless the condition holds.
    pub(super) fn expect(
        &self,
        holds: bool,
        expected: impl Into<String>,
        likely: impl Into<String>,
    ) -> Check {
        if holds { Ok(()) } else { Err(self.fail(expected, likely)) }
    }

    /// Tells whether browsers show the answer in no frame.
    pub(super) fn is_protected_from_framing(&self) -> bool {
        self.header("x-frame-options").eq_ignore_ascii_case("DENY")
            || self
                .headers
                .get_all(header::CONTENT_SECURITY_POLICY)
                .iter()
                .any(|policy| policy.to_str().is_ok_and(|policy| policy.contains("frame-ancestors 'none'")))
    }

    /// Tells whether a policy says who may show the answer in a frame.
    pub(super) fn has_frame_ancestors(&self) -> bool {
        let policies = self.headers.get_all(header::CONTENT_SECURITY_POLICY);
        let texts = policies.iter().filter_map(|policy| policy.to_str().ok());
        texts
            .flat_map(|policy| policy.split(';'))
            .any(|part| part.trim_start().starts_with("frame-ancestors"))
    }

    /// Tells whether the answer says `no-store`.
    pub(super) fn is_kept_by_no_cache(&self) -> bool {
        self.header("cache-control").split(',').any(|directive| directive.trim() == "no-store")
    }

    /// A 200 with a JSON object that no cache keeps.
    pub(super) fn success(&self, likely: &str) -> Result<Map<String, Value>, Stop> {
        self.expect(self.status == StatusCode::OK, "status 200", likely)?;
        self.expect_no_store()?;
        self.json(likely)
    }

    /// The JSON object in the body.
    pub(super) fn json(&self, likely: &str) -> Result<Map<String, Value>, Stop> {
        let is_json = self.header("content-type").starts_with("application/json");
        self.expect(is_json, "Content-Type: application/json", likely)?;
        let object = serde_json::from_slice(&self.body);
        object.map_err(|cause| self.fail(format!("a JSON object ({cause})"), likely))
    }

    /// A JSON error of RFC 6749 §5.2.
    pub(super) fn error(&self, status: u16, code: &str, likely: &str) -> Check {
        self.one_of_errors(&[(status, code)], likely)
    }

    /// Any one of these JSON errors of RFC 6749 §5.2.
    pub(super) fn one_of_errors(&self, allowed: &[(u16, &str)], likely: &str) -> Check {
        let names: Vec<_> =
            allowed.iter().map(|(status, code)| format!("status {status} with the error `{code}`")).collect();
        let expected = names.join(", or ");
        self.expect(self.status.is_client_error(), expected.as_str(), likely)?;
        let error = self.json(likely)?;
        let found = (self.status.as_u16(), error.get("error").and_then(Value::as_str).unwrap_or_default());
        self.expect(allowed.contains(&found), expected.as_str(), likely)?;
        self.expect_no_store()?;
        let issued = error.contains_key("access_token") || error.contains_key("refresh_token");
        self.expect(!issued, "an error without a token in it", likely)
    }

    /// RFC 6749 §5.1: `Cache-Control: no-store`.
    pub(super) fn expect_no_store(&self) -> Check {
        self.expect(
            self.is_kept_by_no_cache(),
            "Cache-Control: no-store (RFC 6749 §5.1)",
            "something between the endpoint and the client, such as a layer of yours, sets its own Cache-Control",
        )
    }

    /// A header, empty if it is absent.
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The location that the answer redirects to.
    pub(super) fn location(&self) -> Option<&str> {
        self.headers.get(header::LOCATION).map(|value| value.to_str().unwrap_or("not text"))
    }

    /// The parameters of an authorization response at this redirect URI, from its query or its fragment.
    pub(super) fn params(&self, redirect_uri: &str) -> Result<BTreeMap<String, String>, Stop> {
        let failed = || {
            self.fail(
                format!("a redirect to {redirect_uri}"),
                "the interaction does not approve: tell the fixture how to (`user`, `approve`)",
            )
        };
        let location = self.location().filter(|_| self.status.is_redirection()).ok_or_else(failed)?;
        let rest = location.strip_prefix(redirect_uri).ok_or_else(failed)?;
        let rest = rest.strip_prefix(['?', '#', '&']).ok_or_else(failed)?;
        Ok(form_urlencoded::parse(rest.as_bytes()).into_owned().collect())
    }

    /// An error that the client is told by a redirect.
    pub(super) fn redirected_error(&self, redirect_uri: &str, code: &str, likely: &str) -> Check {
        let expected = format!("a redirect to {redirect_uri} with error={code}");
        let is_there = self.location().is_some_and(|location| location.starts_with(redirect_uri))
            && self.status.is_redirection();
        self.expect(is_there, expected.as_str(), likely)?;
        let params = self.params(redirect_uri)?;
        let is_right = params.get("error").is_some_and(|error| error == code)
            && !params.contains_key("code")
            && !params.contains_key("access_token");
        self.expect(is_right, expected.as_str(), likely)
    }

    /// An error that the person is told by a page, and nobody else.
    pub(super) fn page_without_redirect(&self, likely: &str) -> Check {
        let expected = "an error page with status 400 and no Location, as there is no redirect URI to trust";
        self.expect(self.location().is_none() && self.status == StatusCode::BAD_REQUEST, expected, likely)
    }

    fn shown(&self) -> String {
        let mut text = self.status.to_string();
        for (name, value) in &self.headers {
            text.extend(["\n", name.as_str(), ": ", &String::from_utf8_lossy(value.as_bytes())]);
        }
        if !self.body.is_empty() {
            text.push_str("\n\n");
            text.push_str(&excerpt(&self.body));
        }
        text
    }
}

/// A request, as a failure shows it: without credentials.
pub(super) fn shown(request: &Request<Bytes>) -> String {
    let mut text = format!("{} {}", request.method(), request.uri().path());
    if let Some(query) = request.uri().query() {
        text.extend(["?", &without_secrets(query)]);
    }
    for (name, value) in request.headers() {
        let value = String::from_utf8_lossy(value.as_bytes());
        text.extend(["\n", name.as_str(), ": "]);
        if *name == header::AUTHORIZATION {
            let scheme = value.split_once(' ').map_or("", |(scheme, _)| scheme);
            text.extend([scheme, " (hidden)"]);
        } else {
            text.push_str(&value);
        }
    }
    if !request.body().is_empty() {
        text.push_str("\n\n");
        text.push_str(&excerpt(without_secrets(&String::from_utf8_lossy(request.body())).as_bytes()));
    }
    text
}

/// A form or a query, in which secrets are hidden.
fn without_secrets(form: &str) -> String {
    let shown = form.split('&').map(|pair| match pair.split_once('=') {
        Some((name @ ("client_secret" | "password"), _)) => format!("{name}=(hidden)"),
        _ => pair.to_owned(),
    });
    shown.collect::<Vec<_>>().join("&")
}

fn excerpt(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(body);
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    shown
}
