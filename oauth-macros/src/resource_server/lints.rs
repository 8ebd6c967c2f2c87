//! Advice about resource servers: what weakens one has an argument that names it.

use super::attr::Attr;
use crate::lints::Finding;
use crate::rules::advice;

pub(super) fn find(attr: &Attr) -> Vec<Finding> {
    [body_token(attr), danger_query_token(attr), danger_typ_jwt(attr), danger_absent_audience(attr)]
        .into_iter()
        .flatten()
        .collect()
}

/// RFC 6750 §2.2: "This method SHOULD NOT be used except in application contexts where participating browsers do not have
/// access to the "Authorization" request header field."
fn body_token(attr: &Attr) -> Option<Finding> {
    Some(Finding { lint: &advice::body_token, span: attr.body_token.as_ref()?.span })
}

/// RFC 9700 §4.3.2: "Clients MUST NOT pass access tokens in a URI query parameter".
fn danger_query_token(attr: &Attr) -> Option<Finding> {
    Some(Finding { lint: &advice::danger_query_token, span: attr.danger_query_token.as_ref()?.span })
}

/// RFC 9068 §4: "The resource server MUST verify that the "typ" header value is "at+jwt" or "application/at+jwt"".
fn danger_typ_jwt(attr: &Attr) -> Option<Finding> {
    Some(Finding { lint: &advice::danger_typ_jwt, span: attr.danger_typ_jwt.as_ref()?.span })
}

/// RFC 9700 §2.3: "every resource server is obliged to verify, for every request, whether the access token sent with that
/// request was meant to be used for that particular resource server".
fn danger_absent_audience(attr: &Attr) -> Option<Finding> {
    let arg = attr.danger_absent_audience.as_ref()?;
    Some(Finding { lint: &advice::danger_absent_audience, span: arg.span })
}
