//! A request, before either side's own codes and tokens are filled in.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use form_urlencoded::byte_serialize;

use crate::state::{Side, State};

/// `grant_type` of RFC 8628 §3.4.
pub(crate) const DEVICE_CODE: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// An endpoint of both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Endpoint {
    Authorize,
    Token,
    Revoke,
    Introspect,
    DeviceAuthorization,
    /// The page where the person decides; no standard says how.
    Device,
}

impl Endpoint {
    pub(crate) const fn path(self) -> &'static str {
        match self {
            Self::Authorize => "authorize",
            Self::Token => "token",
            Self::Revoke => "revoke",
            Self::Introspect => "introspect",
            Self::DeviceAuthorization => "device_authorization",
            Self::Device => "device",
        }
    }
}

/// A parameter's value: text, or what each side issued at an earlier step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Text(String),
    Issued(usize),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

pub(crate) type Params = Vec<(String, Value)>;

/// The fault that was put into a valid request: the kind of mistake, and the parameter that it concerns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) kind: &'static str,
    pub(crate) param: String,
}

/// One request to both sides.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) server: &'static str,
    pub(crate) endpoint: Endpoint,
    /// The purpose of the request, before anything was done to it.
    pub(crate) purpose: &'static str,
    pub(crate) faults: Vec<Fault>,
    pub(crate) method: &'static str,
    pub(crate) query: Params,
    pub(crate) form: Params,
    /// Appended as it is to the form, or to the query of the authorization endpoint.
    pub(crate) raw: &'static str,
    pub(crate) content_type: Option<&'static str>,
    pub(crate) authorization: Option<String>,
    /// The resource owner refuses.
    pub(crate) is_denied: bool,
}

impl Call {
    /// Adds a parameter.
    pub(crate) fn set(&mut self, name: &str, value: &str) {
        self.params().push((name.to_owned(), value.into()));
    }

    /// Tells whether the parameters are in the query.
    pub(crate) fn is_query(&self) -> bool {
        matches!(self.endpoint, Endpoint::Authorize | Endpoint::Device) && self.method == "GET"
    }

    /// The parameters where this endpoint takes them.
    pub(crate) fn params(&mut self) -> &mut Params {
        if self.is_query() { &mut self.query } else { &mut self.form }
    }

    /// All parameters.
    pub(crate) fn all(&self) -> impl Iterator<Item = &(String, Value)> {
        self.query.iter().chain(&self.form)
    }

    /// The last value of a parameter that has one.
    pub(crate) fn get(&self, name: &str) -> Option<&Value> {
        self.all()
            .filter(|(known, value)| known == name && *value != Value::from(""))
            .last()
            .map(|(_, value)| value)
    }

    /// A parameter that is text.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        match self.get(name)? {
            Value::Text(text) => Some(text),
            Value::Issued(_) => None,
        }
    }

    /// The thing that was issued earlier and comes back in this parameter.
    pub(crate) fn issued(&self, name: &str) -> Option<usize> {
        match self.get(name)? {
            Value::Issued(index) => Some(*index),
            Value::Text(_) => None,
        }
    }

    /// The code or token that the request is about.
    pub(crate) fn about(&self) -> Option<usize> {
        match (self.endpoint, self.text("grant_type")) {
            (Endpoint::Token, Some("authorization_code")) => self.issued("code"),
            (Endpoint::Token, Some("refresh_token")) => self.issued("refresh_token"),
            (Endpoint::Token, Some(DEVICE_CODE)) => self.issued("device_code"),
            (Endpoint::Device, _) => self.issued("user_code"),
            (Endpoint::Revoke | Endpoint::Introspect, _) => self.issued("token"),
            _ => None,
        }
    }

    /// Tells whether a parameter occurs twice.
    pub(crate) fn repeats(&self) -> bool {
        let names: Vec<_> = self.all().map(|(name, _)| name).collect();
        (1..names.len()).any(|at| names[..at].contains(&names[at]))
    }

    /// Tells whether a parameter is there without a value.
    pub(crate) fn is_empty(&self, name: &str) -> bool {
        self.get(name).is_none() && self.all().any(|(known, _)| known == name)
    }

    /// The client that the request claims to come from.
    pub(crate) fn client_id(&self) -> Option<String> {
        let basic = self.authorization.as_deref().and_then(|header| header.split_once(' '));
        let basic =
            basic.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("basic")).map(|(_, encoded)| encoded);
        let decoded = basic.and_then(|encoded| String::from_utf8(STANDARD.decode(encoded).ok()?).ok());
        let named = decoded.and_then(|pair| Some(pair.split_once(':')?.0.to_owned()));
        named.or_else(|| self.text("client_id").map(str::to_owned))
    }

    /// The request of a browser that is redirected to `location`.
    pub(crate) fn redirected(&self, location: &str) -> Vec<u8> {
        let denied = if self.is_denied { "X-Test-Decision: deny\r\n" } else { "" };
        format!("GET {location} HTTP/1.1\r\nHost: 127.0.0.1\r\n{denied}\r\n").into_bytes()
    }

    /// The bytes for one side.
    pub(crate) fn bytes(&self, side: Side, state: &State) -> Vec<u8> {
        let encode = |params: &Params| {
            let pair = |(name, value): &(String, Value)| {
                let value = match value {
                    Value::Text(text) => text,
                    Value::Issued(index) => state.issued(*index).value(side),
                };
                let encoded =
                    byte_serialize(name.as_bytes()).chain(["="]).chain(byte_serialize(value.as_bytes()));
                encoded.collect::<String>()
            };
            params.iter().map(pair).collect::<Vec<_>>().join("&")
        };
        let (mut query, mut form) = (encode(&self.query), encode(&self.form));
        let raw = if self.is_query() { &mut query } else { &mut form };
        raw.push_str(self.raw);
        if !query.is_empty() {
            query.insert(0, '?');
        }
        let (method, server, endpoint) = (self.method, self.server, self.endpoint.path());
        let mut head = format!("{method} /{server}/{endpoint}{query} HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        let mut header = |name: &str, value: &str| head.extend([name, ": ", value, "\r\n"]);
        if let Some(authorization) = &self.authorization {
            header("Authorization", authorization);
        }
        if self.is_denied {
            header("X-Test-Decision", "deny");
        }
        if let Some(content_type) = self.content_type {
            header("Content-Type", content_type);
        }
        header("Content-Length", &form.len().to_string());
        format!("{head}\r\n{form}").into_bytes()
    }
}
