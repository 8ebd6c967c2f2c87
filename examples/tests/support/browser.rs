//! A browser without scripts: it keeps cookies and fills in forms, and follows a redirect when it is told to.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use http_body_util::{BodyExt as _, Full};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, Method, Request, StatusCode};

/// The answer that came back.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Reply {
    /// A header's text; empty if there is none.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("a header is text"))
    }

    pub(crate) fn location(&self) -> &str {
        assert!(self.status.is_redirection(), "expected a redirect, got {}: {}", self.status, self.body);
        self.header(LOCATION.as_str())
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body)
            .unwrap_or_else(|cause| panic!("{cause} in {} {:?}", self.status, self.body))
    }
}

/// The server it talks to, and the cookies of that server.
#[derive(Debug)]
pub(crate) struct Browser {
    client: Client<HttpConnector, Full<Bytes>>,
    origin: String,
    cookies: Mutex<BTreeMap<String, String>>,
}

impl Browser {
    /// `origin` is where paths lead, such as `http://127.0.0.1:8080`.
    pub(crate) fn new(origin: impl Into<String>) -> Self {
        let client = Client::builder(TokioExecutor::new()).build_http();
        Self { client, origin: origin.into(), cookies: Mutex::default() }
    }

    pub(crate) async fn get(&self, url: &str) -> Reply {
        self.send(Method::GET, url, HeaderMap::new(), String::new()).await
    }

    pub(crate) async fn post(&self, url: &str, form: &[(&str, &str)]) -> Reply {
        self.send(Method::POST, url, HeaderMap::new(), encode(form)).await
    }

    /// POSTs a form as a client that authenticates with HTTP Basic.
    pub(crate) async fn post_as(&self, client: (&str, &str), url: &str, form: &[(&str, &str)]) -> Reply {
        self.send(Method::POST, url, authorization(&basic(client.0, client.1)), encode(form)).await
    }

    /// GETs a resource with a bearer token.
    pub(crate) async fn get_with_token(&self, url: &str, token: &str) -> Reply {
        self.send(Method::GET, url, authorization(&format!("Bearer {token}")), String::new()).await
    }

    /// Follows redirects, for as long as they stay at this server and away from `stop`.
    pub(crate) async fn follow(&self, reply: Reply, stop: &str) -> Reply {
        let mut reply = reply;
        for _ in 0..10 {
            if !reply.status.is_redirection() || reply.location().starts_with(stop) {
                return reply;
            }
            let location = reply.location().to_owned();
            assert!(
                location.starts_with('/') || location.starts_with(&self.origin),
                "led away to {location}"
            );
            reply = self.get(&location).await;
        }
        panic!("redirects without end, last to {}", reply.location());
    }

    /// Fills in the form of a page and sends it.
    pub(crate) async fn submit(&self, page: &Reply, fields: &[(&str, &str)]) -> Reply {
        let form = Form::find(&page.body);
        let mut all: Vec<(&str, &str)> =
            form.hidden.iter().map(|(name, value)| (&**name, &**value)).collect();
        all.extend(fields);
        self.post(&form.action, &all).await
    }

    pub(crate) async fn send(&self, method: Method, url: &str, headers: HeaderMap, body: String) -> Reply {
        let url = if url.starts_with('/') { format!("{}{url}", self.origin) } else { url.to_owned() };
        let mut request = Request::builder().method(method).uri(url);
        if !body.is_empty() {
            request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        if let Some(cookies) = self.cookie_header() {
            request = request.header(COOKIE, cookies);
        }
        let mut request = request.body(Full::from(body)).expect("a well-formed request");
        request.headers_mut().extend(headers);
        let response = self.client.request(request).await.expect("the server answers");
        let (parts, body) = response.into_parts();
        let body = body.collect().await.expect("the answer is complete").to_bytes();
        self.keep_cookies(&parts.headers);
        let body = String::from_utf8(body.to_vec()).expect("the answer is UTF-8");
        Reply { status: parts.status, headers: parts.headers, body }
    }

    pub(crate) fn cookie_header(&self) -> Option<String> {
        let cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        let pairs: Vec<_> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    fn keep_cookies(&self, headers: &HeaderMap) {
        let mut cookies = self.cookies.lock().unwrap_or_else(PoisonError::into_inner);
        for cookie in headers.get_all(SET_COOKIE) {
            let cookie = cookie.to_str().expect("a cookie is text");
            let (pair, attributes) = cookie.split_once(';').unwrap_or((cookie, ""));
            let (name, value) = pair.split_once('=').expect("a cookie has a name");
            if attributes.to_ascii_lowercase().split(';').any(|attribute| attribute.trim() == "max-age=0") {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

/// RFC 6749 §2.3.1.
pub(crate) fn basic(client_id: &str, secret: &str) -> String {
    use base64::Engine as _;
    let encode = |part: &str| form_urlencoded::byte_serialize(part.as_bytes()).collect::<String>();
    let credentials = format!("{}:{}", encode(client_id), encode(secret));
    format!("Basic {}", base64::engine::general_purpose::STANDARD.encode(credentials))
}

fn authorization(value: &str) -> HeaderMap {
    HeaderMap::from_iter([(AUTHORIZATION, value.parse().expect("credentials fit into a header"))])
}

/// A form or a query.
pub(crate) fn encode(pairs: &[(&str, &str)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

/// A parameter of a URL's query.
pub(crate) fn query_param(url: &str, name: &str) -> Option<String> {
    let (_, query) = url.split_once('?')?;
    form_urlencoded::parse(query.as_bytes())
        .find(|(known, _)| known == name)
        .map(|(_, value)| value.into_owned())
}

/// The form of a page.
pub(crate) struct Form {
    pub(crate) action: String,
    pub(crate) hidden: Vec<(String, String)>,
}

impl Form {
    pub(crate) fn find(html: &str) -> Self {
        let (_, rest) = html.split_once("<form ").unwrap_or_else(|| panic!("a page without a form: {html}"));
        let (form, _) = rest.split_once("</form>").expect("the form ends");
        let hidden = form
            .split("<input ")
            .skip(1)
            .filter(|input| attribute(input, "type").as_deref() == Some("hidden"));
        let hidden = hidden.map(|input| {
            let read = |name| attribute(input, name).expect("a hidden input has a name and a value");
            (read("name"), read("value"))
        });
        Self { action: attribute(form, "action").expect("the form has an action"), hidden: hidden.collect() }
    }
}

/// An attribute of the tag that `html` begins in.
fn attribute(html: &str, name: &str) -> Option<String> {
    let (tag, _) = html.split_once('>')?;
    let (_, rest) = tag.split_once(&format!("{name}=\""))?;
    let (value, _) = rest.split_once('"')?;
    Some(unescape(value))
}

/// The character references that templates write.
fn unescape(html: &str) -> String {
    let named = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
    let numbered = [("&#38;", "&"), ("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'")];
    // `&` last: what it yields is no reference.
    let all = numbered[1..].iter().chain(&named[..3]).chain([&numbered[0], &named[3]]);
    all.fold(html.to_owned(), |text, (reference, character)| text.replace(reference, character))
}
