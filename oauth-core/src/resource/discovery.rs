//! The metadata in which the issuer speaks of itself: RFC 8414, and OpenID Connect Discovery.

use std::fmt;

use bytes::Bytes;
use http::header::ACCEPT;
use http::{HeaderValue, Request, StatusCode};
use oauth_rules::issuer::without_slash;
use serde::Deserialize;

use crate::error::{ErrorCode, StandsFor};
use crate::http::HttpClient;
use oauth_rules::url::split_origin;

/// The members of the metadata that matter to a resource.
#[derive(Debug, Deserialize)]
pub(super) struct IssuerMetadata {
    issuer: String,
    pub(super) jwks_uri: Option<String>,
    pub(super) introspection_endpoint: Option<String>,
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
