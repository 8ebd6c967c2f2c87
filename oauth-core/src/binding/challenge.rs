//! The answer of a protected resource to a request that it refuses, RFC 6750 §3.

use std::fmt;
use std::sync::Arc;

use http::header::WWW_AUTHENTICATE;
use http::{HeaderMap, HeaderValue, StatusCode};

use super::dpop::ByKey;
use super::{Bearer, Binding as _};
use crate::error::{Error, ErrorCode, ResourceErrorCode};
use crate::http::{Response, empty};
use crate::scope::{AuthenticationRequirements, ScopeSet};

/// The `WWW-Authenticate` challenge of RFC 6750 §3, with its status: `Bearer`, and the schemes of other [bindings](crate::binding).
///
/// ```
/// use oauth_core::prelude::*;
/// use oauth_core::resource::Challenge;
///
/// let nobody = Challenge::new("example");
/// assert_eq!(nobody.to_string(), r#"Bearer realm="example""#);
/// assert_eq!(nobody.status(), 401);
///
/// let expired = Challenge::new("example").refused(&Error::invalid_token("The access token expired"));
/// assert_eq!(
///     expired.to_string(),
///     r#"Bearer realm="example", error="invalid_token", error_description="The access token expired""#,
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    /// The first is what `Display` shows.
    schemes: Arc<[Scheme]>,
    realm: Arc<str>,
    refusal: Option<Box<(ResourceErrorCode, Option<String>)>>,
    scope: Option<ScopeSet>,
    authentication: Option<Box<AuthenticationRequirements>>,
    resource_metadata: Option<Arc<str>>,
    /// Headers of the response beside the challenge.
    beside: Option<Box<HeaderMap>>,
}

/// The scheme of a challenge, with parameters of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scheme {
    pub(crate) name: &'static str,
    pub(crate) parameters: Vec<(&'static str, String)>,
}

impl Scheme {
    const BEARER: Self = Self { name: Bearer::SCHEME, parameters: Vec::new() };
}

impl Challenge {
    /// The challenge of a request without credentials. RFC 6750 §3.1: "If the request lacks any authentication information
    /// […], the resource server SHOULD NOT include an error code or other error information."
    ///
    /// The realm says what is protected (RFC 9110 §11.5), in printable ASCII: any other character, `"` and `\` become `?`.
    pub fn new(realm: impl AsRef<str>) -> Self {
        let realm = quotable(realm.as_ref());
        let schemes = Arc::new([Scheme::BEARER]);
        Self {
            schemes,
            realm,
            refusal: None,
            scope: None,
            authentication: None,
            resource_metadata: None,
            beside: None,
        }
    }

    /// Sets the schemes of the tokens that would do (RFC 9110 §11.6.1): the response has a challenge each.
    #[must_use]
    pub(crate) fn schemes(mut self, schemes: Vec<Scheme>) -> Self {
        self.schemes = schemes.into();
        self
    }

    /// Sets headers of the response beside the challenge.
    #[must_use]
    pub(crate) fn beside(mut self, headers: HeaderMap) -> Self {
        self.beside = (!headers.is_empty()).then(|| Box::new(headers));
        self
    }

    /// Says why the credentials are refused; the status follows from it.
    #[must_use]
    pub fn refused(mut self, error: &Error) -> Self {
        error.log();
        let code = ResourceErrorCode::from(error.code());
        self.refusal = Some(Box::new((code, error.description().map(str::to_owned))));
        // What is wrong with a proof says nothing to who has none, and a client looks for its own scheme's challenge alone.
        if matches!(error.code(), ErrorCode::InvalidDpopProof | ErrorCode::UseDpopNonce) {
            return self.by_key();
        }
        self
    }

    /// The challenge to those who can prove a key (RFC 9449 §7.1), and no other.
    #[must_use]
    pub(crate) fn by_key(self) -> Self {
        self.by_scheme(ByKey::SCHEME)
    }

    /// The challenge of this scheme, and no other.
    #[must_use]
    pub(crate) fn by_scheme(mut self, name: &str) -> Self {
        let is_it = |scheme: &&Scheme| scheme.name == name;
        self.schemes = self.schemes.iter().filter(is_it).cloned().collect();
        self
    }

    /// Says which scopes would do (RFC 6750 §3); empty: nothing is said.
    #[must_use]
    pub fn scope(mut self, scope: ScopeSet) -> Self {
        self.scope = Some(scope).filter(|scope| !scope.is_empty());
        self
    }

    /// Says which login would do (RFC 9470 §3).
    #[must_use]
    pub fn authentication(mut self, requirements: AuthenticationRequirements) -> Self {
        self.authentication = (!requirements.are_none()).then(|| Box::new(requirements));
        self
    }

    /// Says where the resource's metadata is, RFC 9728 §5.1.
    #[must_use]
    pub fn resource_metadata(mut self, url: impl AsRef<str>) -> Self {
        self.resource_metadata = Some(quotable(url.as_ref()));
        self
    }

    /// The reason that the request is refused; `None`: it has no credentials.
    pub fn code(&self) -> Option<ResourceErrorCode> {
        self.refusal.as_ref().map(|refusal| refusal.0)
    }

    /// RFC 6750 §3.1: 400 for `invalid_request`, 401 for `invalid_token`, for `insufficient_user_authentication` (RFC 9470 §3) and for no
    /// credentials, 403 for
    /// `insufficient_scope`; 500 or 503 for a failure of ours.
    pub fn status(&self) -> StatusCode {
        self.code().map_or(StatusCode::UNAUTHORIZED, ResourceErrorCode::status)
    }

    /// The value of `WWW-Authenticate`. A failure of ours has none: nothing that the caller could send would help.
    pub fn header(&self) -> Option<HeaderValue> {
        self.headers().into_iter().next()
    }

    fn headers(&self) -> Vec<HeaderValue> {
        if self.status().is_server_error() {
            return Vec::new();
        }
        self.schemes.iter().filter_map(|scheme| HeaderValue::try_from(self.challenge(scheme)).ok()).collect()
    }

    /// `auth-scheme 1*SP 1#auth-param`.
    fn challenge(&self, scheme: &Scheme) -> String {
        let mut challenge = format!("{} {}", scheme.name, self.parameters());
        for (name, value) in &scheme.parameters {
            challenge.extend([", ", name, "=\"", &quotable(value), "\""]);
        }
        challenge
    }

    /// `1#auth-param`. RFC 6750 §3: `scope`, `error` and `error_description` "MUST NOT appear more than once".
    fn parameters(&self) -> String {
        let mut parameters = format!("realm=\"{}\"", self.realm);
        let mut add = |name: &str, value: &str| {
            parameters.extend([", ", name, "=\"", value, "\""]);
        };
        if let Some((code, description)) = self.refusal.as_deref() {
            add("error", code.as_str());
            if let Some(description) = description {
                add("error_description", description);
            }
        }
        if let Some(requirements) = &self.authentication {
            let acr_values = requirements.acceptable_acr_values();
            if !acr_values.is_empty() {
                add("acr_values", &quotable(&acr_values.join(" ")));
            }
            if let Some(max_age) = requirements.greatest_age() {
                // RFC 9470 §3: "it has to represent a non-negative integer".
                add("max_age", &max_age.as_secs().to_string());
            }
        }
        self.scope.iter().for_each(|scope| add("scope", &scope.to_string()));
        self.resource_metadata.iter().for_each(|url| add("resource_metadata", url));
        parameters
    }

    /// The response: status and challenge, no body.
    pub fn to_response(&self) -> Response {
        let mut response = empty(self.status());
        response.headers_mut().extend(self.beside.iter().flat_map(|headers| (**headers).clone()));
        for challenge in self.headers() {
            response.headers_mut().append(WWW_AUTHENTICATE, challenge);
        }
        response
    }
}

/// The first challenge.
impl fmt::Display for Challenge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.challenge(self.schemes.first().unwrap_or(&Scheme::BEARER)))
    }
}

/// The characters that a quoted string holds as they are (RFC 9110 §5.6.4), of those in ASCII.
fn quotable(text: &str) -> Arc<str> {
    let quote = |c: char| if matches!(c, '\x20'..='\x7E') && c != '"' && c != '\\' { c } else { '?' };
    text.chars().map(quote).collect::<String>().into()
}

#[cfg(feature = "axum")]
impl axum::response::IntoResponse for Challenge {
    fn into_response(self) -> axum::response::Response {
        self.to_response().into_response()
    }
}
