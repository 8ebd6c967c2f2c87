//! A request that a server hears, and the exchanges before it.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use http::{HeaderMap, Method};
use serde_json::{Map, Value};

use super::said::Said;

/// A request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) method: Method,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
    params: Vec<(String, String)>,
}

/// A request and its answer.
#[derive(Debug, Clone)]
pub(crate) struct Exchange {
    pub(crate) seen: Seen,
    pub(crate) said: Said,
}

/// A request, after those that have been answered.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Heard<'a> {
    pub(crate) past: &'a [Exchange],
    pub(crate) seen: &'a Seen,
}

impl Seen {
    pub(crate) fn new(method: Method, uri: &http::Uri, headers: HeaderMap, body: String) -> Self {
        let query = uri.query().unwrap_or_default().to_owned();
        let is_form = headers
            .get("content-type")
            .is_some_and(|kind| kind.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
        let form = if is_form { body.as_str() } else { "" };
        let pairs = [query.as_str(), form].map(|text| form_urlencoded::parse(text.as_bytes()).into_owned());
        let params = pairs.into_iter().flatten().collect();
        Self { method, path: uri.path().to_owned(), query, headers, body, params }
    }

    /// A parameter of the query or the form; empty if it is not there.
    pub(crate) fn get(&self, name: &str) -> &str {
        self.params.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value)
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.count(name) > 0
    }

    pub(crate) fn count(&self, name: &str) -> usize {
        self.params.iter().filter(|(known, _)| known == name).count()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    pub(crate) fn json(&self) -> Map<String, Value> {
        serde_json::from_str(&self.body).unwrap_or_default()
    }

    /// Tells whether it is for the token endpoint, with this grant type.
    pub(crate) fn grant(&self, grant_type: &str) -> bool {
        self.is_token() && self.get("grant_type") == grant_type
    }

    pub(crate) fn is_token(&self) -> bool {
        self.method == Method::POST && self.path.ends_with("/token")
    }

    /// Tells whether it is for this path.
    pub(crate) fn at(&self, path: &str) -> bool {
        self.path == path
    }

    pub(crate) fn is_metadata(&self) -> bool {
        self.path.starts_with("/.well-known/")
    }

    /// The client that it says it is from.
    pub(crate) fn client(&self) -> String {
        if self.has("client_id") {
            return self.get("client_id").to_owned();
        }
        let basic = self.header("authorization").get(6..).and_then(|encoded| STANDARD.decode(encoded).ok());
        let basic = basic.and_then(|pair| String::from_utf8(pair).ok());
        if let Some((id, _)) = basic.as_deref().and_then(|pair| pair.split_once(':')) {
            return form_urlencoded::parse(id.as_bytes())
                .next()
                .map_or_else(String::new, |(id, _)| id.into_owned());
        }
        text(&claims(self.get("client_assertion")), "iss")
    }

    /// Tells whether it is from a client of this name.
    pub(crate) fn from(&self, name: &str) -> bool {
        self.client().starts_with(&format!("conformance-{name}-"))
    }
}

impl<'a> Heard<'a> {
    /// The number of the same requests that were answered before.
    pub(crate) fn again(&self) -> usize {
        self.past.iter().filter(|earlier| earlier.seen == *self.seen).count()
    }

    /// A parameter of the last authorization request, be it this one, or pushed.
    pub(crate) fn asked(&self, name: &str) -> &'a str {
        let is_asking = |seen: &&Seen| {
            (seen.at("/authorize") && seen.has("client_id") && !seen.has("request_uri")) || seen.at("/par")
        };
        let earlier = self.past.iter().rev().map(|earlier| &earlier.seen);
        std::iter::once(self.seen).chain(earlier).find(is_asking).map_or("", |seen| seen.get(name))
    }

    /// Tells whether something like this happened before.
    pub(crate) fn before(&self, happened: impl Fn(&Seen, &Said) -> bool) -> bool {
        self.count(happened) > 0
    }

    pub(crate) fn count(&self, happened: impl Fn(&Seen, &Said) -> bool) -> usize {
        self.past.iter().filter(|earlier| happened(&earlier.seen, &earlier.said)).count()
    }

    /// Tells whether the value of a parameter was told by the server before, as this member or parameter.
    pub(crate) fn was_told(&self, parameter: &str, member: &str) -> bool {
        let value = self.seen.get(parameter);
        self.before(|_, said| said.text(member) == value || said.param(member).as_deref() == Some(value))
    }

    /// Tells whether the same value of a parameter got a 200 before.
    pub(crate) fn was_taken(&self, parameter: &str) -> bool {
        let value = self.seen.get(parameter);
        self.seen.has(parameter)
            && self.before(|seen, said| seen.get(parameter) == value && said.status == 200)
    }

    /// The first tokens that were issued by this grant.
    pub(crate) fn first(&self, grant_type: &str) -> Map<String, Value> {
        let first = self.past.iter().find(|it| it.seen.grant(grant_type) && it.said.status == 200);
        first.map(|first| first.said.json()).unwrap_or_default()
    }
}

/// The claims of a JWT.
pub(crate) fn claims(token: &str) -> Map<String, Value> {
    part(token, 1)
}

/// The header of a JWT.
pub(crate) fn header(token: &str) -> Map<String, Value> {
    part(token, 0)
}

fn part(token: &str, which: usize) -> Map<String, Value> {
    let decoded = token.split('.').nth(which).and_then(|part| URL_SAFE_NO_PAD.decode(part).ok());
    decoded.and_then(|json| serde_json::from_slice(&json).ok()).unwrap_or_default()
}

/// A member that is a text; empty if it is not there.
pub(crate) fn text(object: &Map<String, Value>, name: &str) -> String {
    object.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// A member that is a number; zero if it is not there.
pub(crate) fn number(object: &Map<String, Value>, name: &str) -> u64 {
    object.get(name).and_then(Value::as_u64).unwrap_or_default()
}
