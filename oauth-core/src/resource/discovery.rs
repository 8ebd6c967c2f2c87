//! The metadata in which the issuer speaks of itself: RFC 8414, and OpenID Connect Discovery.

use std::fmt;

use bytes::Bytes;
use http::header::ACCEPT;
use http::{HeaderValue, Request, StatusCode};
use oauth_rules::issuer::without_slash;
use oauth_rules::url;
use serde::Deserialize;

use crate::error::{ErrorCode, StandsFor};
use crate::http::HttpClient;
use oauth_rules::url::split_origin;

/// The members of the metadata that matter to a resource.
#[derive(Debug, Deserialize)]
pub(super) struct IssuerMetadata {
    issuer: String,
    jwks_uri: Option<String>,
    introspection_endpoint: Option<String>,
}

impl IssuerMetadata {
    pub(super) fn jwks_uri(self) -> Result<String, Unavailable> {
        endpoint("jwks_uri", self.jwks_uri, ": its tokens may not be signed")
    }

    pub(super) fn introspection_endpoint(self) -> Result<String, Unavailable> {
        endpoint("introspection_endpoint", self.introspection_endpoint, "")
    }
}

/// The rules for what is discovered are those for what a configuration says.
fn endpoint(name: &str, uri: Option<String>, if_absent: &str) -> Result<String, Unavailable> {
    let uri = uri.ok_or_else(|| {
        Unavailable::new(format_args!("the metadata of the issuer has no `{name}`{if_absent} (RFC 8414 §2)"))
    })?;
    match url::check_endpoint(&uri) {
        Ok(()) => Ok(uri),
        Err(words) => Err(Unavailable::new(format_args!(
            "the `{name}` of the issuer's metadata, `{}`, {words}",
            uri.escape_debug()
        ))),
    }
}

/// The reason that the issuer is of no help: one line, for the log.
#[derive(Debug)]
pub(super) struct Unavailable(String);

impl Unavailable {
    pub(super) fn new(reason: impl fmt::Display) -> Self {
        Self(reason.to_string())
    }
}

impl fmt::Display for Unavailable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An error that stands for 503: whether the token is valid cannot be told.
impl std::error::Error for Unavailable {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&StandsFor(ErrorCode::TemporarilyUnavailable))
    }
}

/// Fetches the metadata: RFC 8414 §3 puts the well-known path before the issuer's path, and OpenID Connect Discovery §4
/// another after it. Both: "any terminating "/" MUST be removed".
pub(super) async fn metadata<C: HttpClient>(client: &C, issuer: &str) -> Result<IssuerMetadata, Unavailable> {
    let base = without_slash(issuer);
    let (origin, path) = split_origin(base);
    let oauth = format!("{origin}/.well-known/oauth-authorization-server{path}");
    let openid = format!("{base}/.well-known/openid-configuration");
    // Some servers answer what they do not have with 200 and a page.
    let metadata = match document(client, &oauth).await {
        Ok(metadata) => metadata,
        Err(first) => document(client, &openid).await.map_err(|second| {
            Unavailable::new(format_args!("the issuer has no metadata: {first}; {second}"))
        })?,
    };
    // RFC 8414 §3.3: "The "issuer" value returned MUST be identical to the authorization server's issuer identifier value
    // […]. If these values are not identical, the data contained in the response MUST NOT be used."
    if metadata.issuer != issuer {
        return Err(Unavailable::new(format_args!(
            "the metadata of `{issuer}` is for the issuer `{}` (RFC 8414 §3.3)",
            metadata.issuer.escape_debug()
        )));
    }
    Ok(metadata)
}

async fn document<C: HttpClient>(client: &C, uri: &str) -> Result<IssuerMetadata, Unavailable> {
    serde_json::from_slice(&get(client, uri).await?)
        .map_err(|cause| Unavailable::new(format_args!("the metadata at {uri} is malformed: {cause}")))
}

/// Fetches a JSON document.
pub(super) async fn get<C: HttpClient>(client: &C, uri: &str) -> Result<Bytes, Unavailable> {
    let request =
        Request::get(uri).header(ACCEPT, HeaderValue::from_static("application/json")).body(Bytes::new());
    let request = request.map_err(|cause| Unavailable::new(format_args!("`{uri}` is no URI: {cause}")))?;
    let response =
        client.send(request).await.map_err(|cause| Unavailable::new(format_args!("{uri}: {cause}")))?;
    if response.status() == StatusCode::OK {
        Ok(response.into_body())
    } else {
        Err(Unavailable::new(format_args!("{uri} answered {}", response.status())))
    }
}

#[cfg(test)]
mod tests {
    use std::task::{Context, Poll, Waker};

    use bytes::Bytes;
    use http::{Request, Response};
    use serde_json::json;

    use super::metadata;
    use crate::http::{HttpClient, HttpError};

    /// Answers every request with this.
    struct Web(String);

    impl HttpClient for Web {
        async fn send(&self, _: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
            Ok(Response::new(self.0.clone().into()))
        }
    }

    #[test]
    fn rfc8414_section_2_the_issuer_is_asked_over_tls_at_a_whole_url() {
        let read = |uri: &str| {
            let issuer = "https://auth.example.com";
            let web =
                Web(json!({ "issuer": issuer, "jwks_uri": uri, "introspection_endpoint": uri }).to_string());
            let mut context = Context::from_waker(Waker::noop());
            match std::pin::pin!(metadata(&web, issuer)).poll(&mut context) {
                Poll::Ready(metadata) => metadata.unwrap(),
                Poll::Pending => unreachable!("it waits"),
            }
        };
        for bad in [
            "http:h.example.com",
            "https:h.example.com",
            "h.example.com",
            "/keys",
            "https:///keys",
            "https://",
            "http://h.example.com/keys",
            "https://me@h.example.com/keys",
            "https://h.example.com:+80/keys",
            "https://h.example.com/keys#1",
            "ftp://h.example.com/keys",
            "",
        ] {
            assert!(read(bad).jwks_uri().is_err(), "{bad}");
            assert!(read(bad).introspection_endpoint().is_err(), "{bad}");
        }
        for good in ["https://h.example.com/keys?v=1", "https://h.example.com", "http://127.0.0.1:9000/keys"]
        {
            assert_eq!(read(good).jwks_uri().unwrap(), good);
            assert_eq!(read(good).introspection_endpoint().unwrap(), good);
        }
    }
}
