//! A request, as hooks, grants and token generators see it.

mod asked_claims;
mod authorization;
mod basic;
mod declared_claims;
mod id_token_hint;
mod issuing;
mod json;
mod logout;
mod params;
mod prompt;
mod proving;
mod response_mode;
mod validated;

use std::fmt;
use std::sync::{Arc, OnceLock};

use http::request::Parts;
use http::{HeaderMap, Method, Uri, header};
use serde_json::{Map, Value};

pub use self::authorization::{AuthorizationRequest, OpenIdParameters};
use self::basic::Basic;
pub use self::id_token_hint::IdTokenHint;
pub(crate) use self::issuing::{Carried, Extent, Issuing, Presented, RefreshLifetimes, Rotating, Unclaimed};
#[cfg(feature = "http-client")]
pub(crate) use self::json::parse as parse_json;
pub use self::logout::LogoutRequest;
pub use self::params::Params;
pub(crate) use self::params::{append_fragment, append_query, decode};
pub use self::prompt::Prompt;
pub(crate) use self::proving::SameAttempt;
pub use self::response_mode::ResponseMode;
pub use self::validated::Validated;
use crate::claims::{Claims, StaticClaim, TokenClaims};
use crate::client::{Client, ClientSource, SubjectType};
use crate::error::{Error, Result};
use crate::jose::Algorithm;
use crate::model::AccessToken;
use crate::time::UnixTime;

/// A request: what came in, what was validated of it, and what hooks made of it.
///
/// What came in is read by methods such as [`body`](Self::body), and what was validated is [`Validated`], whose fields read as if
/// they were the request's own: `request.scopes`. Hooks set the three fields here, and cannot change the rest. Every request has
/// its own: what a hook sets reaches this request's token and no other.
///
/// `Debug` shows neither parameters nor headers: they hold codes, tokens and passwords.
#[derive(Default)]
#[non_exhaustive]
pub struct Request {
    /// Private claims of the token.
    pub claims: Claims,
    /// Additional members of the token response. They can add to it, and never replace one of its own.
    pub extra_credentials: Map<String, Value>,
    /// Things that came with the HTTP request beside its text, such as the address of the peer or its certificate, as the
    /// application's server or a layer put them there; and anything an application wants to hand from one hook to another.
    pub extensions: http::Extensions,
    pub(crate) validated: Validated,
    /// The time when the request came.
    received_at: Option<UnixTime>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    query: Params,
    body: Params,
    json: Option<Value>,
    basic: OnceLock<Option<Basic>>,
    /// The confirmation of what its access token is bound to (`cnf`).
    pub(crate) confirmation: Option<Value>,
    /// The subject as a pairwise client knows it, once that is made.
    pub(crate) pairwise_identifier: Option<String>,
    /// The claims of its access token unless others are set: whom it is for.
    pub(crate) token_claims: TokenClaims,
    /// The claims in every token of the generator that made its access token.
    pub(crate) static_claims: &'static [(&'static str, StaticClaim)],
    /// The self-contained access tokens that it is about: one, or both of an exchange.
    pub(crate) self_contained: Vec<SelfContained>,
    /// The names that this endpoint is known by, if the request has an assertion.
    pub(crate) audiences: Vec<String>,
    /// The rules of the server for the assertion of its client beyond those of RFC 7523, if it has any.
    pub(crate) strict_assertions: Option<StrictAssertions>,
    /// The record of what its tokens are issued from, and how.
    pub(crate) issuing: Issuing,
    /// True where something that was validated of a request which a server has read was changed.
    is_rewritten: bool,
    /// The URL that it is for, where a binding may ask.
    url: Option<String>,
    /// Headers of the response, whatever it is.
    response_headers: HeaderMap,
    /// The client that it names, where the store alone does not know it: by its document, or with the keys that were fetched.
    pub(crate) found_client: Option<Arc<Client>>,
    /// The validator let the client pass without authentication.
    pub(crate) is_exempted: bool,
}

/// A self-contained access token that was verified. What was revoked is yet to be asked.
pub(crate) struct SelfContained {
    /// The text as it was presented.
    pub(crate) text: Box<str>,
    pub(crate) record: Arc<AccessToken>,
}

/// The rules of FAPI 2.0 for the assertions of clients.
#[derive(Debug, Clone)]
pub(crate) struct StrictAssertions {
    /// The one audience, which is no list (§5.3.2.1, no. 8).
    pub(crate) audience: String,
    /// The algorithms (§5.4.1).
    pub(crate) algorithms: &'static [Algorithm],
}

/// The format that an endpoint reads the body of a request in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RequestBody {
    /// `application/x-www-form-urlencoded`.
    Form,
    /// The same, or nothing at all.
    OptionalForm,
    /// `application/json`: one value, in which no object has two members of one name.
    Json,
    /// Nothing, the query included: whatever is there is passed over.
    Ignored,
}

impl Request {
    /// Reads a request: its query, and its body if that is a form.
    ///
    /// # Errors
    ///
    /// `invalid_request` if percent encoding or UTF-8 is malformed, a parameter is repeated (RFC 6749 §3.1, §3.2),
    /// or a body that is not `application/x-www-form-urlencoded` came with a POST.
    pub fn parse(method: Method, uri: Uri, headers: HeaderMap, body: &[u8]) -> Result<Self> {
        let (mut parts, ()) = http::Request::new(()).into_parts();
        (parts.method, parts.uri, parts.headers) = (method, uri, headers);
        Self::read(parts, body, RequestBody::Form, |_| false)
    }

    /// Reads a request as an endpoint wants it. Its extensions go with it.
    ///
    /// # Errors
    ///
    /// `invalid_request`, as [`parse`](Self::parse); parameters that `may_repeat` names may be there more than once.
    pub(crate) fn read(
        parts: Parts,
        body: &[u8],
        kind: RequestBody,
        may_repeat: impl Fn(&str) -> bool,
    ) -> Result<Self> {
        let mut request = Self::of(parts);
        request.fill(body, kind, may_repeat)?;
        Ok(request)
    }

    /// The head of a request, nothing of which is read.
    pub(crate) fn of(parts: Parts) -> Self {
        Self::head(parts, Params::default())
    }

    /// Reads the query and the body of a request that has its head, as [`read`](Self::read) does.
    ///
    /// # Errors
    ///
    /// Likewise.
    pub(crate) fn fill(
        &mut self,
        body: &[u8],
        kind: RequestBody,
        may_repeat: impl Fn(&str) -> bool,
    ) -> Result<()> {
        if kind == RequestBody::Ignored {
            return Ok(());
        }
        if let Some(query) = self.uri.query() {
            self.query = Params::parse_with(query.as_bytes(), &may_repeat)?;
        }
        let is_absent = body.is_empty() && !self.headers.contains_key(header::CONTENT_TYPE);
        match kind {
            RequestBody::OptionalForm if is_absent => {}
            RequestBody::Json if self.is_of_type("application/json") => self.json = Some(json::parse(body)?),
            _ if kind != RequestBody::Json && self.is_of_type("application/x-www-form-urlencoded") => {
                self.body = Params::parse_with(body, may_repeat)?;
            }
            RequestBody::Json if self.method == Method::PUT => return Err(not_json()),
            _ if self.method != Method::POST => {}
            RequestBody::Json => return Err(not_json()),
            _ => {
                return Err(Error::invalid_request(
                    "the content type must be application/x-www-form-urlencoded",
                ));
            }
        }
        Ok(())
    }

    /// All that a request has but its parameters.
    fn head(parts: Parts, query: Params) -> Self {
        let Parts { method, uri, headers, extensions, .. } = parts;
        Self { extensions, method, uri, headers, query, ..Self::default() }
    }

    fn is_of_type(&self, mime: &str) -> bool {
        let value = self.headers.get(header::CONTENT_TYPE);
        if value.is_some_and(|value| value == mime) {
            return true;
        }
        let essence = value.and_then(|value| value.to_str().ok()?.split(';').next());
        essence.is_some_and(|essence| essence.trim().eq_ignore_ascii_case(mime))
    }

    /// A request that did not come over HTTP, for tokens that an application issues by itself.
    pub fn local(client: impl Into<Arc<Client>>) -> Self {
        let validated = Validated { client: Some(client.into()), ..Validated::default() };
        Self { validated, ..Self::default() }
    }

    /// Reads the head of a request for a resource: method, URI and headers, no body. Its query must be one of OAuth: an
    /// application's own is for [`for_application`](Self::for_application).
    ///
    /// # Errors
    ///
    /// `invalid_request` if the query is malformed or repeats a parameter.
    pub fn for_resource(parts: &Parts) -> Result<Self> {
        let query = Params::parse(parts.uri.query().unwrap_or_default().as_bytes())?;
        Ok(Self::head(parts.clone(), query))
    }

    /// Reads the head of a request for an application's own route, whose query is the application's: of it, only
    /// `access_token` is read (RFC 6750 §2.3), and [`query`](Self::query) has nothing else.
    ///
    /// # Errors
    ///
    /// `invalid_request` if `access_token` is repeated or malformed.
    pub fn for_application(parts: &Parts) -> Result<Self> {
        let query = Params::only("access_token", parts.uri.query().unwrap_or_default())?;
        Ok(Self::head(parts.clone(), query))
    }

    /// Reads a request as [`for_application`](Self::for_application) does, with the form that it brought.
    #[cfg(feature = "axum")]
    pub(crate) fn for_application_form(parts: &Parts, body: &[u8]) -> Result<Self> {
        // The query is not the form's.
        let Self { body, .. } =
            Self::parse(parts.method.clone(), Uri::default(), parts.headers.clone(), body)?;
        Ok(Self { body, ..Self::for_application(parts)? })
    }

    /// The same request, read at this time.
    pub(crate) fn received_at(self, now: UnixTime) -> Self {
        Self { received_at: Some(now), ..self }
    }

    /// The same, unless a server has read it already.
    pub(crate) fn receive_at(&mut self, now: UnixTime) {
        self.received_at.get_or_insert(now);
    }

    /// The time, by the clock of the server that reads the request; of a request that no server reads, the system's.
    pub fn now(&self) -> UnixTime {
        self.received_at.unwrap_or_else(UnixTime::now)
    }

    const fn is_read_by_a_server(&self) -> bool {
        self.received_at.is_some()
    }

    /// Refuses a request that was validated, and changed by a hook afterwards.
    ///
    /// # Errors
    ///
    /// `server_error`.
    pub(crate) fn check_is_as_validated(&self) -> Result<()> {
        if self.is_rewritten {
            return Err(Error::server(
                "a hook changed what was validated of its request (`with_…`): hooks set `claims`, `extra_credentials` and \
                 `extensions`, and refuse what they do not want",
            ));
        }
        Ok(())
    }

    /// The method.
    pub const fn method(&self) -> &Method {
        &self.method
    }

    /// The URI.
    pub const fn uri(&self) -> &Uri {
        &self.uri
    }

    /// The headers.
    pub const fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The parameters of the query.
    pub const fn query(&self) -> &Params {
        &self.query
    }

    /// Puts the parameters of a pushed request in the place of those of the query (RFC 9126 §4). The URI stays as it came.
    pub(crate) fn replace_query(&mut self, parameters: Vec<(String, String)>) {
        self.query = Params::from(parameters);
    }

    /// The parameters of the body.
    pub const fn body(&self) -> &Params {
        &self.body
    }

    /// The body, where an endpoint takes JSON.
    pub const fn json(&self) -> Option<&Value> {
        self.json.as_ref()
    }

    /// A parameter of the query or else of the body. The query comes first: it is the authorization request where a form of
    /// the interaction is POSTed to the authorization endpoint, and the endpoints that read the body refuse a query.
    pub fn param(&self, name: &str) -> Option<&str> {
        self.query.get(name).or_else(|| self.body.get(name))
    }

    /// The identifier of the client, once it is known.
    pub fn client_id(&self) -> Option<&str> {
        self.client.as_ref().map(|client| client.client_id.as_str())
    }

    /// `sub` of tokens: the subject as this client knows it, which is another for each sector where the client registered
    /// `subject_type` `pairwise` (OIDC Core §8). A generator writes this one, and never `subject`.
    ///
    /// For a pairwise client it is `None` until the framework has made it: once the person has approved, and before
    /// [`post_token`](crate::validator::RequestValidator::post_token), declared claims and the claims of the userinfo endpoint.
    pub fn subject_identifier(&self) -> Option<&str> {
        // §8.1: who is not to know the subject does not get it for want of another.
        let is_pairwise =
            self.client.as_ref().is_some_and(|client| client.subject_type == SubjectType::Pairwise);
        if is_pairwise { self.pairwise_identifier.as_deref() } else { self.subject.as_deref() }
    }

    /// Tells whether the client has proved who it is: a public client cannot, and one that the validator
    /// exempts did not.
    pub fn client_is_authenticated(&self) -> bool {
        !self.is_exempted && self.client.as_ref().is_some_and(|client| !client.is_public())
    }

    /// Tells whether the client has proved who it is, and the operator answers for it: one that came by itself has as many secrets
    /// as it wants.
    pub(crate) fn client_is_vouched_for(&self) -> bool {
        let is_known = self.client.as_ref().is_some_and(|client| client.source == ClientSource::Operator);
        is_known && self.client_is_authenticated()
    }

    /// Tells whether this scope is among those that the client may be granted.
    pub(crate) fn client_may_have(&self, scope: &str) -> bool {
        self.client.as_ref().is_some_and(|client| client.scope.contains(scope))
    }

    /// The client, where the framework has made sure that there is one.
    ///
    /// # Errors
    ///
    /// `server_error` if there is none.
    pub fn require_client(&self) -> Result<Arc<Client>> {
        self.client.clone().ok_or_else(|| Error::server("a client was needed before it was identified"))
    }
}

fn not_json() -> Error {
    Error::invalid_request("the content type must be application/json")
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("path", &self.uri.path())
            .field("client_id", &self.client_id())
            .field("grant_type", &self.grant_type)
            .field("scopes", &self.scopes)
            .finish_non_exhaustive()
    }
}
