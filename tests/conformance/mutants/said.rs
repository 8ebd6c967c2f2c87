//! An answer of a server, and the ways in which a lie changes it.

use std::collections::BTreeMap;

use http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, LOCATION, X_FRAME_OPTIONS};
use http::{HeaderMap, HeaderName, HeaderValue};
use oauth_tests::forge;
use serde_json::{Map, Value, json};

use super::heard::{Seen, claims, header};
use crate::servers::signing_key;

/// The redirect URI of the suite's clients.
const CALLBACK: &str = "https://client.example/callback";

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Said {
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The JSON object in the body; empty if there is none.
    pub(crate) fn json(&self) -> Map<String, Value> {
        serde_json::from_str(&self.body).unwrap_or_default()
    }

    /// A member of the JSON object that is a text.
    pub(crate) fn text(&self, name: &str) -> String {
        super::heard::text(&self.json(), name)
    }

    /// The error, of JSON or of a redirect; empty if it is none.
    pub(crate) fn error(&self) -> String {
        self.param("error").unwrap_or_else(|| self.text("error"))
    }

    pub(crate) fn is_error(&self) -> bool {
        !self.error().is_empty()
    }

    pub(crate) fn is_error_of(&self, error: &str) -> bool {
        self.error() == error
    }

    pub(crate) fn is_page(&self) -> bool {
        self.header("content-type").starts_with("text/html")
    }

    /// Tells whether somebody is sent back to a client.
    pub(crate) fn is_to_client(&self) -> bool {
        let to = self.header("location");
        (300..400).contains(&self.status)
            && to.starts_with("https://")
            && to.contains(".example/")
            && !to.starts_with(oauth_tests::ISSUER)
    }

    fn params(&self) -> BTreeMap<String, String> {
        let location = self.header("location");
        let rest = location.split_once(['?', '#']).map_or("", |(_, rest)| rest);
        form_urlencoded::parse(rest.as_bytes()).into_owned().collect()
    }

    /// A parameter of the redirect.
    pub(crate) fn param(&self, name: &str) -> Option<String> {
        self.params().remove(name)
    }

    // Lies

    pub(crate) fn set_header(&mut self, name: HeaderName, value: &str) {
        self.headers.insert(name, HeaderValue::try_from(value).unwrap());
    }

    /// Changes the JSON object in the body.
    pub(crate) fn edit(&mut self, change: impl FnOnce(&mut Map<String, Value>)) {
        let mut object = self.json();
        change(&mut object);
        self.body = Value::from(object).to_string();
    }

    pub(crate) fn set(&mut self, name: &str, value: impl Into<Value>) {
        self.edit(|object| drop(object.insert(name.to_owned(), value.into())));
    }

    pub(crate) fn without(&mut self, name: &str) {
        self.edit(|object| drop(object.remove(name)));
    }

    /// A JSON answer that no cache keeps.
    pub(crate) fn answer(&mut self, status: u16, body: &Value) {
        self.status = status;
        self.headers.remove(LOCATION);
        self.set_header(CONTENT_TYPE, "application/json");
        self.set_header(CACHE_CONTROL, "no-store");
        self.body = body.to_string();
    }

    pub(crate) fn fail(&mut self, error: &str) {
        self.answer(400, &json!({ "error": error }));
    }

    /// A token for whoever asks.
    pub(crate) fn give(&mut self) {
        let token = json!({
            "access_token": "a-token-that-nobody-should-have", "refresh_token": "and-another-beside-it-of-the-same",
            "token_type": "Bearer", "expires_in": 3600, "scope": "profile",
        });
        self.answer(200, &token);
    }

    /// What a client hears that authenticated and asked for nothing.
    pub(crate) fn pass(&mut self) {
        self.fail("unsupported_grant_type");
    }

    pub(crate) fn push(&mut self) {
        let pushed = json!({ "request_uri": "urn:ietf:params:oauth:request_uri:anything", "expires_in": 60 });
        self.answer(201, &pushed);
    }

    /// A page with an error.
    pub(crate) fn page(&mut self, status: u16) {
        self.status = status;
        self.headers.remove(LOCATION);
        self.set_header(CONTENT_TYPE, "text/html; charset=utf-8");
        "<!doctype html><p>A page</p>".clone_into(&mut self.body);
    }

    /// Sends whoever it is there.
    pub(crate) fn redirect(&mut self, to: &str) {
        self.status = 303;
        self.set_header(LOCATION, to);
    }

    /// Sends a code to where the request says.
    pub(crate) fn code_for(&mut self, seen: &Seen) {
        let to = if seen.has("redirect_uri") { seen.get("redirect_uri") } else { CALLBACK };
        let state =
            form_urlencoded::Serializer::new(String::new()).append_pair("state", seen.get("state")).finish();
        self.redirect(&format!("{to}?code=a-code-that-nobody-should-have&{state}"));
    }

    /// Sets or removes a parameter of the redirect.
    pub(crate) fn set_param(&mut self, name: &str, value: Option<&str>) {
        let location = self.header("location").to_owned();
        let at = location.find(['?', '#']).unwrap_or(location.len());
        let (to, rest) = location.split_at(at);
        let mark = rest.get(..1).unwrap_or("?");
        let mut params = self.params();
        params.remove(name);
        params.extend(value.map(|value| (name.to_owned(), value.to_owned())));
        let text = form_urlencoded::Serializer::new(String::new()).extend_pairs(params).finish();
        self.set_header(LOCATION, &format!("{to}{mark}{text}"));
    }

    /// A code in place of the error that a client is told.
    pub(crate) fn pardon(&mut self) {
        self.set_param("error", None);
        self.set_param("error_description", None);
        self.set_param("code", Some("a-code-that-nobody-should-have"));
    }

    /// The parameters in the query, in place of the fragment.
    pub(crate) fn move_to_query(&mut self) {
        let location = self.header("location").replace('#', "?");
        self.set_header(LOCATION, &location);
    }

    /// A page that this origin may frame, and says so to all browsers.
    pub(crate) fn framed_by_itself(&mut self) {
        self.set_header(X_FRAME_OPTIONS, "SAMEORIGIN");
        self.set_header(CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'self'");
    }

    /// Changes a JWT in the JSON object, and signs it again.
    pub(crate) fn resign(&mut self, member: &str, change: impl FnOnce(&mut Map<String, Value>)) {
        let token = resigned(&self.text(member), |_, claims| change(claims));
        self.set(member, token);
    }

    /// The same for its header.
    pub(crate) fn resign_header(&mut self, member: &str, change: impl FnOnce(&mut Map<String, Value>)) {
        let token = resigned(&self.text(member), |header, _| change(header));
        self.set(member, token);
    }

    /// The same for a JWT that the redirect has.
    pub(crate) fn resign_param(&mut self, name: &str, change: impl FnOnce(&mut Map<String, Value>)) {
        let token = resigned(&self.param(name).unwrap_or_default(), |_, claims| change(claims));
        self.set_param(name, Some(&token));
    }

    /// Takes away the signature of a JWT, or puts another in its place.
    pub(crate) fn sign(&mut self, member: &str, signature: &str) {
        let token = self.text(member);
        let (input, _) = token.rsplit_once('.').unwrap();
        self.set(member, format!("{input}.{signature}"));
    }
}

fn resigned(token: &str, change: impl FnOnce(&mut Map<String, Value>, &mut Map<String, Value>)) -> String {
    let (mut header, mut claims) = (header(token), claims(token));
    change(&mut header, &mut claims);
    let key = signing_key();
    forge(&key, &Value::from(header), &Value::from(claims).to_string())
}
