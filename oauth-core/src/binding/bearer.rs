//! Bearer tokens, RFC 6750: whoever has one may use it; and how a token is found in a request.

use http::{Method, header};
use serde_json::Value;

use super::{Binding, Bindings, all};
use crate::error::{Error, Result};
use crate::request::Request;

/// `Bearer`: no binding at all.
#[derive(Debug, Clone, Copy)]
pub struct Bearer;

impl Binding for Bearer {
    const SCHEME: &'static str = "Bearer";

    async fn bind(&self, _: &mut Request) -> Result<Option<Value>> {
        Ok(None)
    }

    fn is_of(&self, confirmation: Option<&Value>) -> bool {
        confirmation.is_none()
    }

    async fn verify(&self, _: &Value, _: &str, _: &mut Request) -> Result<()> {
        Ok(())
    }
}

/// A token that came with a request.
#[derive(Clone, Copy)]
pub(crate) struct Presented<'r> {
    pub(crate) token: &'r str,
    /// The scheme of the header; that of [`Bearer`] for one that came in another way.
    pub(crate) scheme: &'static str,
}

/// The places where the token of a request may be; in the `Authorization` header it may be always.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BearerMethods {
    /// RFC 6750 §2.2: a form.
    pub(crate) body: bool,
    /// RFC 6750 §2.3: the query.
    pub(crate) danger_query: bool,
}

/// Finds the token of a request, in the header of any of these schemes, or as RFC 6750 has it.
///
/// # Errors
///
/// `invalid_request`: see [`BearerToken::get_token_from_request`](crate::token::BearerToken::get_token_from_request).
pub(crate) fn presented<'r>(
    outside: &Bindings,
    request: &'r Request,
    allowed: BearerMethods,
) -> Result<Option<Presented<'r>>> {
    let bearer = |token| Ok(Some(Presented { token, scheme: <Bearer as Binding>::SCHEME }));
    let header = token_from_header(outside, request)?;
    let body = token_from_body(request);
    let query = request.query().get("access_token");
    match (header, body, query) {
        // Other credentials, and no falling back from them.
        (HeaderToken::Other, _, _) | (HeaderToken::Absent, None, None) => Ok(None),
        (HeaderToken::Token(presented), None, None) => Ok(Some(presented)),
        (HeaderToken::Absent, Some(token), None) if allowed.body => bearer(token),
        (HeaderToken::Absent, Some(_), None) => Err(Error::invalid_request(
            "the access token may not be in the body here: send it in the Authorization header (RFC 6750 section 2.2)",
        )),
        (HeaderToken::Absent, None, Some(token)) if allowed.danger_query => bearer(token),
        (HeaderToken::Absent, None, Some(_)) => Err(Error::invalid_request(
            "the access token may not be in the query: send it in the Authorization header (RFC 9700 section 4.3.2)",
        )),
        // RFC 6750 §2: "Clients MUST NOT use more than one method to transmit the token in each request."
        _ => {
            Err(Error::invalid_request("the access token is sent in more than one way (RFC 6750 section 2)"))
        }
    }
}

enum HeaderToken<'r> {
    Absent,
    /// Credentials of another scheme.
    Other,
    Token(Presented<'r>),
}

/// RFC 6750 §2.1: `"Bearer" 1*SP b64token`, and others likewise (RFC 9110 §11.4), the scheme in any case (§11.1).
fn token_from_header<'r>(outside: &Bindings, request: &'r Request) -> Result<HeaderToken<'r>> {
    let malformed = || Error::invalid_request("the Authorization header is malformed (RFC 6750 section 2.1)");
    let mut values = request.headers().get_all(header::AUTHORIZATION).iter();
    let Some(value) = values.next() else {
        return Ok(HeaderToken::Absent);
    };
    if values.next().is_some() {
        return Err(Error::invalid_request("the Authorization header is repeated"));
    }
    let Some(scheme) =
        all(outside).map(super::AnyBinding::scheme).find(|it| has_scheme(value.as_bytes(), it))
    else {
        return Ok(HeaderToken::Other);
    };
    // In words of the processor, since a token is long: a value has no control characters but tabs.
    let text = std::str::from_utf8(value.as_bytes()).ok().filter(|text| text.is_ascii());
    let token = text.and_then(|text| text.split_once(' ')).map_or("", |(_, rest)| rest.trim_ascii());
    if token.is_empty() || token.contains(' ') || token.contains('\t') {
        return Err(malformed());
    }
    Ok(HeaderToken::Token(Presented { token, scheme }))
}

/// Tells whether credentials are of a scheme: RFC 9110 §11.4 has a space after it, and no other white space.
pub(crate) fn has_scheme(value: &[u8], scheme: &str) -> bool {
    value.split_at_checked(scheme.len()).is_some_and(|(found, rest)| {
        found.eq_ignore_ascii_case(scheme.as_bytes()) && matches!(rest, [] | [b' ', ..])
    })
}

/// RFC 6750 §2.2: a form only, and "the "GET" method MUST NOT be used".
fn token_from_body(request: &Request) -> Option<&str> {
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return None;
    }
    request.body().get("access_token")
}

#[cfg(test)]
mod tests {
    use super::has_scheme;

    /// `auth-scheme [ 1*SP … ]`: who looks for the scheme and who reads what follows it find the same end.
    #[test]
    fn rfc9110_section_11_4_a_scheme_ends_with_a_space() {
        for good in ["Basic", "basic cm9ib3Q6eA==", "BASIC  cm9ib3Q6eA=="] {
            assert!(has_scheme(good.as_bytes(), "Basic"), "{good}");
        }
        for bad in ["Basic\tcm9ib3Q6eA==", "Basic\tNmBasic cm9ib3Q6eA==", "Basic=", "", " Basic x"] {
            assert!(!has_scheme(bad.as_bytes(), "Basic"), "{bad}");
        }
    }
}
