//! The place that a login leads back to: our own authorization endpoint or page for devices, and nowhere
//! else.

use super::PagePaths;
use super::site::Site;
use crate::error::Result;
use crate::interaction::Context;
use crate::model::PushedRequest;
use crate::request::{Params, Request};
use crate::validator::RequestValidator;

/// An authorization request of ours or the page for devices, as path and query. It is made from a request to it, or from
/// a parameter that is one byte for byte; so no page of ours redirects to where a link told it to (RFC 9700 §4.11.2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ReturnTo(String);

impl ReturnTo {
    /// The request at hand, with this query.
    pub(super) fn to_authorization(site: Site<'_>, query: &str) -> Self {
        Self::to(&site.authorization(), query)
    }

    /// The page for devices, with this query.
    pub(super) fn to_device<P: PagePaths>(site: Site<'_>, query: &str) -> Self {
        Self::to(&site.path(P::DEVICE), query)
    }

    fn to(path: &str, query: &str) -> Self {
        let mut uri = format!("{path}?");
        for byte in query.bytes() {
            if is_query(byte) {
                uri.push(char::from(byte));
            } else {
                uri.push('%');
                for digit in [byte >> 4, byte & 15] {
                    uri.extend(char::from_digit(digit.into(), 16));
                }
            }
        }
        Self(uri)
    }

    /// The parameter `return_to`, if it names our authorization endpoint or, where there is one, the page for devices.
    pub(super) fn of<P: PagePaths, V>(context: &Context<'_, V>, request: &Request) -> Option<Self> {
        let (site, parameter) = (Site::of(context), request.param("return_to")?);
        let query_of = |path: String| parameter.strip_prefix(&path)?.strip_prefix('?');
        let of_device = || query_of(site.path(P::DEVICE)).filter(|_| (context.has_page)(P::DEVICE));
        let query = query_of(site.authorization()).or_else(of_device)?;
        query.bytes().all(is_query).then(|| Self(parameter.to_owned()))
    }

    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// The parameters of the authorization request, those of a pushed one too (RFC 9126 §4).
    pub(super) async fn parameters<V: RequestValidator>(&self, context: &Context<'_, V>) -> Result<Params> {
        let (_, query) = self.0.split_once('?').unwrap_or_default();
        let query = Params::from(form_urlencoded::parse(query.as_bytes()).into_owned().collect::<Vec<_>>());
        let reference = query.get("request_uri").and_then(PushedRequest::reference);
        let (Some(reference), Some(client_id)) = (reference, query.get("client_id")) else {
            return Ok(query);
        };
        let Some(store) = context.validator.pushed_requests() else { return Ok(query) };
        let loaded = store.load(&reference, client_id, context.now()).await?;
        Ok(loaded.map_or(query, |loaded| Params::from(loaded.request.parameters)))
    }

    /// A page of ours that comes back here.
    pub(super) fn via(&self, page: &str) -> String {
        let encoded: String = form_urlencoded::byte_serialize(self.0.as_bytes()).collect();
        format!("{page}?return_to={encoded}")
    }
}

/// Tells whether browsers leave the byte as it is in a query (URL Standard, "query percent-encode set"); no
/// line breaks, no `#`, no `\`.
fn is_query(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"\"#<>\\".contains(&byte)
}
