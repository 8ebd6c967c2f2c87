//! [`Bearer`]: a validated token with the scopes that a handler asked for.

use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;

use super::ValidatedToken;
use crate::scope::RequiredScopes;

/// A valid access token that has the scopes `S`: a `#[scope]` type, a tuple of which all are needed,
/// [`AnyOf`](crate::scope::AnyOf) of which one is, or `()` for any valid token.
///
/// With the feature `axum` it is an extractor, and so is `Option<Bearer<S>>`, for routes that work without a token, too. The
/// state of the router says who validates: see [`ResourceState`]. It reads the header, and where
/// [`danger_query_token`](super::ResourceConfig::danger_query_token) allows it the query; a form's token is for
/// [`BearerForm`]. The rest of the query is the handler's own, and none of OAuth's rules apply to it.
///
/// ```
/// use oauth_core::prelude::*;
///
/// #[scope("calendar.read", "See your calendar")]
/// pub struct CalendarRead;
///
/// async fn events(token: Bearer<CalendarRead>) -> String {
///     format!("the events of {}", token.subject().unwrap_or("nobody"))
/// }
/// ```
// The bound is here, too, so that what is no scope is an error where a handler names it.
pub struct Bearer<S: RequiredScopes> {
    token: ValidatedToken,
    scopes: PhantomData<fn() -> S>,
}

impl<S: RequiredScopes> Bearer<S> {
    /// Only where the scopes have been checked.
    pub(super) const fn new(token: ValidatedToken) -> Self {
        Self { token, scopes: PhantomData }
    }

    /// The token, without its promise.
    pub fn into_token(self) -> ValidatedToken {
        self.token
    }
}

impl<S: RequiredScopes> Deref for Bearer<S> {
    type Target = ValidatedToken;

    fn deref(&self) -> &ValidatedToken {
        &self.token
    }
}

impl<S: RequiredScopes> Clone for Bearer<S> {
    fn clone(&self) -> Self {
        Self { token: self.token.clone(), scopes: PhantomData }
    }
}

impl<S: RequiredScopes> fmt::Debug for Bearer<S> {
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

    use super::super::{Challenge, ProtectedResource, TokenValidator};
    use super::Bearer;
    use crate::request::{Params, Request};
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

    impl<S: RequiredScopes, State: ResourceState> FromRequestParts<State> for Bearer<S> {
        type Rejection = Challenge;

        async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Self, Challenge> {
            let resource = state.resource();
            let request = Request::for_application(parts).map_err(|error| resource.challenge(&error))?;
            resource.authorize(&request).await
        }
    }

    impl<S: RequiredScopes, State: ResourceState> OptionalFromRequestParts<State> for Bearer<S> {
        type Rejection = Challenge;

        async fn from_request_parts(parts: &mut Parts, state: &State) -> Result<Option<Self>, Challenge> {
            let resource = state.resource();
            let request = Request::for_application(parts).map_err(|error| resource.challenge(&error))?;
            resource.authorize_if_present(&request).await
        }
    }

    /// A validated token and the form that the request brought: the token may be in the form (RFC 6750 §2.2), where
    /// [`body_token`](super::super::ResourceConfig::body_token) allows it, or in the header. It reads the body, so it is a
    /// handler's last parameter.
    #[derive(Debug)]
    pub struct BearerForm<S: RequiredScopes>(
        /// The token.
        pub Bearer<S>,
        /// The form, `access_token` included.
        pub Params,
    );

    impl<S: RequiredScopes, State: ResourceState> FromRequest<State> for BearerForm<S> {
        type Rejection = Response;

        async fn from_request(request: axum::extract::Request, state: &State) -> Result<Self, Response> {
            let resource = state.resource();
            let (parts, body) = request.into_parts();
            let body = axum::extract::Request::from_parts(parts.clone(), body);
            let body = Bytes::from_request(body, state)
                .await
                .map_err(axum::response::IntoResponse::into_response)?;
            let request = Request::for_application_form(&parts, &body)
                .map_err(|error| resource.challenge(&error).into_response())?;
            let token = resource.authorize(&request).await.map_err(Challenge::into_response)?;
            Ok(Self(token, request.body().clone()))
        }
    }
}
