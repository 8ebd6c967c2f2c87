//! [`Bearer`]: a validated token with the scopes that a handler asked for.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use super::ValidatedToken;
use crate::claims::PrivateClaims;
use crate::error::Result;
use crate::scope::RequiredScopes;

/// A valid access token that has the scopes `S`: a `#[scope]` type, a tuple of which all are needed,
/// [`AnyOf`](crate::scope::AnyOf) of which one is, or `()` for any valid token. It has the private claims `C`, too: a struct
/// with `#[derive(Claims)]`, or an `Option` of one; by default none are asked for.
///
/// With the feature `axum` it is an extractor, and so is `Option<Bearer<S, C>>`, for routes that work without a token, too. The
/// state of the router says who validates: see [`ResourceState`]. It reads the header, and where
/// [`danger_query_token`](super::ResourceConfig::danger_query_token) allows it the query; a form's token is for
/// [`BearerForm`]. The rest of the query is the handler's own, and none of OAuth's rules apply to it.
///
/// Where the scopes suffice and a claim is missing or of another type, the answer is 401 `invalid_token` (RFC 6750 §3.1). It
/// does not say which claim: the log does.
///
/// ```
/// use oauth_core::prelude::*;
///
/// #[scope("calendar.read", "See your calendar")]
/// pub struct CalendarRead;
///
/// /// What our access tokens say beside the standard claims.
/// #[derive(Claims)]
/// pub struct Tenancy {
///     tenant: String,
/// }
///
/// async fn events(token: Bearer<CalendarRead, Tenancy>) -> String {
///     format!("the events of {} at {}", token.subject().unwrap_or("nobody"), token.private_claims().tenant)
/// }
/// ```
///
/// A handler that asks for a scope which its resource does not declare does not compile; `cargo build` says so, `cargo check`
/// does not. Likewise one beside its server that needs a private claim which nothing there issues.
///
/// ```compile_fail
/// use axum::{Router, routing::get};
/// use oauth_core::prelude::*;
///
/// #[scope("calendar.read", "See your calendar")]
/// pub struct CalendarRead;
///
/// #[scope("mail.read")]
/// pub struct MailRead;
///
/// #[resource_server(issuer = "https://auth.example.com", audience = "https://example.com", jwks, scopes(MailRead))]
/// struct Mail;
///
/// async fn events(_: Bearer<CalendarRead>) {}
///
/// let app: Router = Router::new().route("/", get(events)).with_state(Mail.into_resource()?);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Bearer<S: RequiredScopes, C: PrivateClaims = ()> {
    token: ValidatedToken,
    private_claims: C,
    scopes: PhantomData<fn() -> S>,
}

impl<S: RequiredScopes> Bearer<S> {
    /// Wraps a token, only where the scopes have been checked.
    pub(super) const fn new(token: ValidatedToken) -> Self {
        Self { token, private_claims: (), scopes: PhantomData }
    }

    /// The same with its private claims.
    ///
    /// # Errors
    ///
    /// `invalid_token` if one of them is missing or of another type.
    pub fn with_claims<C: PrivateClaims>(self) -> Result<Bearer<S, C>> {
        let Self { token, private_claims: (), scopes } = self;
        Ok(Bearer { private_claims: token.claims_as()?, token, scopes })
    }
}

impl<S: RequiredScopes, C: PrivateClaims> Bearer<S, C> {
    /// The token's private claims.
    pub const fn private_claims(&self) -> &C {
        &self.private_claims
    }

    /// The token, without its promise.
    pub fn into_token(self) -> ValidatedToken {
        self.token
    }

    /// The token, without its promise, and its private claims.
    pub fn into_parts(self) -> (ValidatedToken, C) {
        (self.token, self.private_claims)
    }
}

impl<S: RequiredScopes, C: PrivateClaims> Deref for Bearer<S, C> {
    type Target = ValidatedToken;

    fn deref(&self) -> &ValidatedToken {
        &self.token
    }
}

impl<S: RequiredScopes, C: PrivateClaims + Clone> Clone for Bearer<S, C> {
    fn clone(&self) -> Self {
        let Self { token, private_claims, scopes } = self;
        Self { token: token.clone(), private_claims: private_claims.clone(), scopes: *scopes }
    }
}

/// The private claims are among those of the token.
impl<S: RequiredScopes, C: PrivateClaims> fmt::Debug for Bearer<S, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Bearer").field(&self.token).finish()
    }
}

#[cfg(feature = "axum")]
pub use self::extract::{BearerForm, ResourceState};

#[cfg(feature = "axum")]
mod extract {
    use std::sync::Arc;

    use axum::body::Bytes;
    use axum::extract::{FromRequest, FromRequestParts, OptionalFromRequestParts};
    use axum::response::{IntoResponse as _, Response};
    use http::request::Parts;

    use super::super::issued_claims::check_claims_are_issued;
    use super::super::{Challenge, ProtectedResource, TokenValidator};
    use super::Bearer;
    use crate::claims::PrivateClaims;
    use crate::request::{Params, Request, SameAttempt};
    use crate::scope::RequiredScopes;

    /// The state of a router whose handlers take a [`Bearer`]: it has the [`ProtectedResource`] that validates. The resource is
    /// such a state itself; implement it for a state of your own:
    ///
    /// ```
    /// use oauth_core::http::HttpsClient;
    /// use oauth_core::resource::{Jwks, ProtectedResource, ResourceState};
    ///
    /// struct App {
    ///     calendar: ProtectedResource<Jwks<HttpsClient>>,
    /// }
    ///
    /// impl ResourceState for App {
    ///     type Validator = Jwks<HttpsClient>;
    ///
    ///     fn resource(&self) -> &ProtectedResource<Self::Validator> {
    ///         &self.calendar
    ///     }
    /// }
    /// ```
    #[diagnostic::on_unimplemented(
        message = "nothing validates tokens here: `{Self}`, the state of this router, has no protected resource",
        label = "handlers that take a `Bearer` need one",
        note = "give it to the router: `.with_state(Api {{ … }}.into_resource()?)`",
        note = "or implement `oauth_core::resource::ResourceState` for a state of your own that holds it"
    )]
    pub trait ResourceState: Send + Sync {
        /// Validates tokens.
        type Validator: TokenValidator;

        /// The resource that the routes belong to.
        fn resource(&self) -> &ProtectedResource<Self::Validator>;
    }

    impl<V: TokenValidator> ResourceState for ProtectedResource<V> {
        type Validator = V;

        fn resource(&self) -> &Self {
            self
        }
    }

    #[diagnostic::do_not_recommend]
    impl<T: ResourceState> ResourceState for Arc<T> {
        type Validator = T::Validator;

        fn resource(&self) -> &ProtectedResource<T::Validator> {
            T::resource(self)
        }
    }

    /// Has all extractors of a request use once what it brings to be used once.
    fn remember_attempt(parts: &mut Parts) {
        parts.extensions.get_or_insert_default::<SameAttempt>();
    }

    impl<S: RequiredScopes, C: PrivateClaims, State: ResourceState> FromRequestParts<State> for Bearer<S, C> {
        type Rejection = Challenge;

        async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Challenge> {
            // For each handler, while it is compiled.
            const { check_claims_are_issued::<C, State::Validator>() };
            let resource = state.resource();
            remember_attempt(parts);
            let token = resource.authorize_parts::<S>(parts).await?;
            token.with_claims().map_err(|error| resource.challenge(&error))
        }
    }

    impl<S: RequiredScopes, C: PrivateClaims, State: ResourceState> OptionalFromRequestParts<State>
        for Bearer<S, C>
    {
        type Rejection = Challenge;

        async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Option<Self>, Challenge> {
            // For each handler, while it is compiled.
            const { check_claims_are_issued::<C, State::Validator>() };
            let resource = state.resource();
            let refused = |error| resource.challenge(&error);
            remember_attempt(parts);
            let mut request = Request::for_application(parts).map_err(refused)?;
            let token = resource.authorize_if_present::<S>(&mut request).await?;
            token.map(Bearer::with_claims).transpose().map_err(refused)
        }
    }

    /// A validated token and the form that the request brought: the token may be in the form (RFC 6750 §2.2), where
    /// [`body_token`](super::super::ResourceConfig::body_token) allows it, or in the header. It reads the body, so it is a
    /// handler's last parameter.
    #[derive(Debug)]
    pub struct BearerForm<S: RequiredScopes, C: PrivateClaims = ()>(
        /// The token.
        pub Bearer<S, C>,
        /// The form, `access_token` included.
        pub Params,
    );

    impl<S: RequiredScopes, C: PrivateClaims, State: ResourceState> FromRequest<State> for BearerForm<S, C> {
        type Rejection = Response;

        async fn from_request(request: axum::extract::Request, state: &State) -> Result<Self, Response> {
            const { check_claims_are_issued::<C, State::Validator>() };
            let resource = state.resource();
            let refused = |error| resource.challenge(&error).into_response();
            let (mut parts, body) = request.into_parts();
            remember_attempt(&mut parts);
            let body = axum::extract::Request::from_parts(parts.clone(), body);
            let body = Bytes::from_request(body, state)
                .await
                .map_err(axum::response::IntoResponse::into_response)?;
            let mut request = Request::for_application_form(&parts, &body).map_err(refused)?;
            let token = resource.authorize::<S>(&mut request).await.map_err(Challenge::into_response)?;
            Ok(Self(token.with_claims().map_err(refused)?, request.body().clone()))
        }
    }
}
