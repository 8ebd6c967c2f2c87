//! [`ProtectedResource`]: from a request to a validated token or a challenge.

use std::sync::Arc;

use bytes::Bytes;

use super::metadata::{Document, ResourceMetadata};
use super::scope_checks::{check_scopes_are_declared, check_scopes_are_described_alike};
use super::{Bearer, ResourceConfig, ValidatedToken, start_up};
use crate::binding;
use crate::binding::{AnyBinding, BearerMethods, Challenge};
use crate::error::{Error, ErrorCode, Result};
use crate::http::{Response, document};
use crate::request::Request;
use crate::scope::{RequiredScopes, Scope, twins};
use crate::server::ConfigurationError;

/// Tells whether a token is valid, and what it says.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not validate tokens",
    label = "not a token validator",
    note = "use `oauth_core::resource::Jwks`, `Introspection` or `Local`, or a type of yours that implements `TokenValidator`"
)]
pub trait TokenValidator: Send + Sync + 'static {
    /// The scopes that its tokens can have: a handler that asks for another does not compile. `None`: any. Default: any.
    const SCOPES: Option<&'static [Scope]> = None;

    /// Validates a token: signature or record, times, issuer and audience. Scopes are checked afterwards.
    ///
    /// # Errors
    ///
    /// `invalid_token`; `temporarily_unavailable` or `server_error` where it cannot tell.
    fn validate(&self, token: &str) -> impl Future<Output = Result<ValidatedToken>> + Send;
}

/// A resource, ready to validate requests. Cloning is cheap and shares its caches.
///
/// It is a state of axum routers: handlers take a [`Bearer`].
#[derive(Debug)]
pub struct ProtectedResource<V>(Arc<Inner<V>>);

#[derive(Debug)]
struct Inner<V> {
    validator: V,
    methods: BearerMethods,
    bindings: Vec<Arc<dyn AnyBinding>>,
    /// The challenge to a request without credentials.
    challenge: Challenge,
    metadata: Option<Document>,
}

/// The identity of a resource, beyond its constants.
pub(super) struct Identity<'a> {
    pub(super) issuer: &'a str,
    pub(super) audience: Option<&'a str>,
    /// The scopes of `scopes_supported`.
    pub(super) scopes: &'a [Scope],
}

impl<V: TokenValidator> ProtectedResource<V> {
    /// A resource with a validator of your own, which knows `config.audience` itself.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the configuration, all at once.
    pub fn new(validator: V, issuer: &str, config: &ResourceConfig) -> Result<Self, ConfigurationError> {
        let registered = crate::scope::registered();
        let scopes = config.scopes.unwrap_or(&registered);
        let mut mistakes = Vec::new();
        mistakes.extend(start_up::trusts_no_issuer(issuer));
        Self::assemble(
            validator,
            &Identity { issuer, audience: config.audience, scopes },
            config,
            Vec::new(),
            mistakes,
        )
    }

    pub(super) fn assemble(
        validator: V,
        identity: &Identity<'_>,
        config: &ResourceConfig,
        bindings: Vec<Arc<dyn AnyBinding>>,
        mut mistakes: Vec<String>,
    ) -> Result<Self, ConfigurationError> {
        start_up::check(config, &mut mistakes);
        mistakes.extend(twins(identity.scopes));
        let metadata = ResourceMetadata::of(config).document(identity);
        let metadata = metadata.map_err(|mistake| mistakes.push(mistake)).unwrap_or_default();
        ConfigurationError::check(mistakes)?;
        let mut challenge = Challenge::new(config.realm.or(identity.audience).unwrap_or(identity.issuer))
            .schemes(binding::schemes(&bindings));
        if let Some(metadata) = &metadata {
            challenge = challenge.resource_metadata(&metadata.url);
        }
        let methods = BearerMethods { body: config.body_token, danger_query: config.danger_query_token };
        Ok(Self(Arc::new(Inner { validator, methods, bindings, challenge, metadata })))
    }

    /// Validates the token of a request, and that it has the scopes `S`: a scope, a tuple of which all are needed,
    /// [`AnyOf`](crate::scope::AnyOf) of which one is, or `()`.
    ///
    /// The request comes from [`Request::for_application`], or from [`Request::parse`] where tokens in forms are allowed.
    ///
    /// # Errors
    ///
    /// The challenge to answer with (RFC 6750 §3).
    pub async fn authorize<S: RequiredScopes>(&self, request: &Request) -> Result<Bearer<S>, Challenge> {
        match self.authorize_if_present(request).await? {
            Some(token) => Ok(token),
            None => Err(self.0.challenge.clone()),
        }
    }

    /// The same as [`authorize`](Self::authorize), where a request may also come without any token: `None`. A
    /// token that is refused is refused all the same.
    ///
    /// # Errors
    ///
    /// The challenge to answer with.
    pub async fn authorize_if_present<S: RequiredScopes>(
        &self,
        request: &Request,
    ) -> Result<Option<Bearer<S>>, Challenge> {
        // For each handler, while it is compiled.
        const { check_scopes_are_declared::<S, V>() };
        const { check_scopes_are_described_alike::<S, V>() };
        let refused = |error| self.challenge(&error);
        let bindings = &self.0.bindings;
        let presented = binding::presented(bindings, request, self.0.methods).map_err(refused)?;
        let Some(presented) = presented else { return Ok(None) };
        let token = self.0.validator.validate(presented.token).await.map_err(refused)?;
        binding::check(bindings, &presented, token.claims().get("cnf"), request).await.map_err(refused)?;
        if token.allows::<S>() {
            return Ok(Some(Bearer::new(token)));
        }
        // RFC 6750 §3.1: "The resource server […] MAY include the "scope" attribute with the scope necessary".
        let error = Error::new(ErrorCode::InsufficientScope).describe("the access token lacks a scope");
        Err(self.challenge(&error).scope(S::sufficient()))
    }

    /// The challenge of this resource with an error.
    pub fn challenge(&self, error: &Error) -> Challenge {
        self.0.challenge.clone().refused(error)
    }

    /// The path of the metadata (RFC 9728 §3.1), if the resource has any.
    pub fn metadata_path(&self) -> Option<&str> {
        self.0.metadata.as_ref().map(|metadata| metadata.path.as_str())
    }

    /// Answers a request for the metadata; `None` if the request is for another path.
    pub fn respond_metadata<B>(&self, request: &http::Request<B>) -> Option<Response> {
        let metadata = self.0.metadata.as_ref().filter(|metadata| metadata.path == request.uri().path())?;
        Some(document(request.method(), "application/json", &metadata.body))
    }

    /// The route of the metadata (RFC 9728 §3), to be merged into your router.
    #[cfg(feature = "axum")]
    pub fn router<State: Clone + Send + Sync + 'static>(&self) -> axum::Router<State> {
        use axum::response::IntoResponse as _;

        let Some(path) = self.metadata_path() else { return axum::Router::new() };
        let resource = self.clone();
        let respond = move |request: axum::extract::Request| {
            let response = resource.respond_metadata(&request);
            std::future::ready(response.map_or_else(
                || http::StatusCode::NOT_FOUND.into_response(),
                axum::response::IntoResponse::into_response,
            ))
        };
        axum::Router::new().route(path, axum::routing::any(respond))
    }

    /// The metadata document.
    pub fn metadata(&self) -> Option<&Bytes> {
        self.0.metadata.as_ref().map(|metadata| &metadata.body)
    }
}

impl<V> Clone for ProtectedResource<V> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}
