//! The trait of endpoints.

use serde_json::{Map, Value};

use super::{AuthorizationServer, Route, RunningServer};
use crate::client::GrantType;
use crate::error::{Error, ErrorCode, Result};
use crate::http::{Cors, Response, error_response};
use crate::request::{Request, RequestBody};

/// An endpoint of the server `S`. Those of an application's own are added by
/// [`Environment::endpoint`](crate::server::Environment::endpoint): they are routed, advertised in the metadata, and in the report.
///
/// ```
/// use http::StatusCode;
/// use oauth_core::endpoint::Endpoint;
/// use oauth_core::http::{Response, json};
/// use oauth_core::prelude::*;
/// use oauth_core::server::{Environment, Route, RunningServer};
/// use serde_json::Map;
///
/// /// Tells an authenticated client how many jobs it may still start.
/// struct Quota;
///
/// impl Endpoint<Jobs> for Quota {
///     const ROUTE: Route = Route::endpoint("quota_endpoint");
///     const PATH: Option<&'static str> = Some("/quota");
///
///     async fn respond(server: &RunningServer<Jobs>, request: &mut Request) -> Result<Response> {
///         server.authenticate::<Self>(request).await?;
///         Ok(json(StatusCode::OK, &Map::from_iter([("jobs".to_owned(), 3.into())])))
///     }
/// }
///
/// # #[validator] struct Accounts { #[store] store: MemoryStore }
/// #[authorization_server(grants(client_credentials), scopes("jobs"), issuer = "https://auth.example.com")]
/// struct Jobs {
///     #[validator]
///     accounts: Accounts,
/// }
///
/// # let accounts = Accounts { store: MemoryStore::new() };
/// let server = Jobs { accounts }.start_in(Environment::new().endpoint::<Quota>())?;
/// assert!(server.paths().any(|path| path == "/quota"));
/// # Ok::<(), oauth_core::server::ConfigurationError>(())
/// ```
pub trait Endpoint<S: AuthorizationServer>: Sized + 'static {
    /// The member of the metadata that has its URL.
    const ROUTE: Route;

    /// The path relative to the issuer; `None`: this server does not offer it.
    const PATH: Option<&'static str>;

    /// The methods that it answers, as the header `Allow` lists them. Default: `POST`.
    const METHODS: &'static str = "POST";

    /// The body that it reads. Default: a form.
    const BODY: RequestBody = RequestBody::Form;

    /// The scripts of other origins that may read its answers. Default: those of clients.
    const CORS: Cors = Cors::Clients;

    /// Error codes of its own, beside those of [`TokenErrorCode`](crate::error::TokenErrorCode).
    const ERRORS: &'static [ErrorCode] = &[];

    /// The path in this run: another than [`PATH`](Self::PATH) only where the constants cannot tell.
    fn path(_server: &S) -> Option<&'static str> {
        Self::PATH
    }

    /// Tells whether a parameter may be there more than once (RFC 6749 §3.1, §3.2 say of all: no).
    fn may_repeat(_server: &RunningServer<S>, _name: &str) -> bool {
        false
    }

    /// Adds members to the metadata beside its URL. What the framework says itself counts.
    fn metadata(_server: &RunningServer<S>, _document: &mut Map<String, Value>) {}

    /// Answers a request.
    ///
    /// # Errors
    ///
    /// What [`refuse`](Self::refuse) makes a response of.
    fn respond(
        server: &RunningServer<S>,
        request: &mut Request,
    ) -> impl Future<Output = Result<Response>> + Send;

    /// Answers with an error; without a request, it could not be read. Default: JSON, as RFC 6749 §5.2 has it.
    fn refuse(_server: &RunningServer<S>, error: &Error, request: Option<&Request>) -> Response {
        error_response(error, code_of(error, request), Self::ERRORS)
    }
}

/// RFC 8628 §3.5 adds `access_denied` to the errors of RFC 6749 §5.2, for the devices that poll. A hook that says it to
/// another client means that the grant is refused.
pub(crate) fn code_of(error: &Error, request: Option<&Request>) -> ErrorCode {
    let is_poll = request.is_some_and(|request| {
        request.grant_type == Some(GrantType::DEVICE_CODE) && request.body().get("device_code").is_some()
    });
    if error.code() == ErrorCode::AccessDenied && !is_poll { ErrorCode::InvalidGrant } else { error.code() }
}
