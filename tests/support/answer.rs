//! A response, taken apart.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::{HeaderMap, StatusCode, Uri, header};
use serde_json::Value;

/// A response, taken apart.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status of the answer.
    pub status: StatusCode,
    /// The headers of the answer.
    pub headers: HeaderMap,
    /// The body of the answer.
    pub body: Bytes,
}

impl Answer {
    /// The body as text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap()
    }

    /// The body as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        assert_eq!(self.header("content-type"), "application/json");
        serde_json::from_slice(&self.body).unwrap()
    }

    /// A header, empty if it is absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// A member of the JSON body that is a string.
    #[track_caller]
    pub fn member(&self, name: &str) -> String {
        match &self.json()[name] {
            Value::String(text) => text.clone(),
            other => panic!("`{name}` is {other} in {}", self.text()),
        }
    }

    /// The location that it redirects to.
    #[track_caller]
    pub fn location(&self) -> Uri {
        let location = self.headers.get(header::LOCATION);
        let location =
            location.unwrap_or_else(|| panic!("{} without Location: {}", self.status, self.text()));
        location.to_str().unwrap().parse().unwrap()
    }

    /// The parameters of the redirect.
    #[track_caller]
    pub fn params(&self) -> BTreeMap<String, String> {
        let location = self.location();
        form_urlencoded::parse(location.query().unwrap_or_default().as_bytes()).into_owned().collect()
    }

    /// Asserts a JSON error of RFC 6749 §5.2, headers and all.
    #[track_caller]
    pub fn assert_error(&self, status: u16, code: &str) {
        assert_eq!((self.status.as_u16(), self.member("error").as_str()), (status, code), "{}", self.text());
        assert_eq!(self.header("cache-control"), "no-store");
        assert_eq!(self.header("pragma"), "no-cache");
        assert_eq!(self.headers.contains_key(header::WWW_AUTHENTICATE), code == "invalid_client");
        let json = self.json();
        let members: Vec<_> = json.as_object().unwrap().keys().map(String::as_str).collect();
        assert!(
            members.iter().all(|m| ["error", "error_description", "error_uri"].contains(m)),
            "{members:?}"
        );
    }

    /// Asserts an error that went to the client's redirect URI.
    #[track_caller]
    pub fn assert_redirected_error(&self, redirect_uri: &str, code: &str) {
        let location = self.location().to_string();
        assert!(location.starts_with(&format!("{redirect_uri}?")), "{location}");
        let params = self.params();
        assert_eq!(params["error"], code, "{params:?}");
        assert_eq!(params["iss"], crate::ISSUER);
        assert!(!params.contains_key("code"), "{params:?}");
    }

    /// Asserts an error page that redirects nowhere.
    #[track_caller]
    pub fn assert_page(&self, status: u16) {
        assert_eq!(self.status.as_u16(), status, "{}", self.text());
        assert!(!self.headers.contains_key(header::LOCATION));
        assert!(self.header("content-type").starts_with("text/html"), "{}", self.header("content-type"));
    }
}
