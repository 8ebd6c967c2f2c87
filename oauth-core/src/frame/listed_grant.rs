//! Grants without their types, so that a server keeps them in one list.

use super::asks::Future;
use super::{Asks, AuthorizationServer, Grant, ListedEndpoint, RunningServer};
use crate::client::ResponseType;
use crate::error::Result;
use crate::request::{AuthorizationRequest, Request};
use crate::response::{AuthorizationParameters, TokenResponse};

/// A [`Grant`] without its type.
pub struct ListedGrant<S: 'static> {
    pub(crate) grant_type: Option<&'static str>,
    pub(crate) is_ours: bool,
    pub(crate) uses_token_endpoint: bool,
    pub(crate) repeatable: &'static [&'static str],
    pub(crate) response: Option<ListedPart<S>>,
    pub(crate) asks: Option<Asks<S>>,
    pub(crate) endpoints: &'static [ListedEndpoint<S>],
    pub(crate) token: for<'a> fn(&'a RunningServer<S>, &'a mut Request) -> Future<'a, TokenResponse>,
}

impl<S: AuthorizationServer> ListedGrant<S> {
    /// The one of this type.
    pub const fn of<G: Grant<S>>() -> Self {
        Self {
            grant_type: G::GRANT_TYPE,
            is_ours: G::IS_OURS,
            uses_token_endpoint: G::USES_TOKEN_ENDPOINT,
            repeatable: G::REPEATABLE,
            response: G::RESPONSE,
            asks: G::ASKS,
            endpoints: G::ENDPOINTS,
            token: |server, request| Box::pin(G::token(server, request)),
        }
    }
}

/// The part that a grant adds to authorization responses (RFC 6749 §4.1.2, §4.2.2).
pub trait ResponsePart<S: AuthorizationServer>: 'static {
    /// The response type that asks for it.
    const RESPONSE_TYPE: ResponseType;

    /// Adds its part. The request has the subject and the granted scopes.
    fn authorize(
        server: &RunningServer<S>,
        request: &mut Request,
        authorization: &AuthorizationRequest,
        response: &mut AuthorizationParameters,
    ) -> impl std::future::Future<Output = Result<()>> + Send;
}

type Authorize<S> = for<'a> fn(
    &'a RunningServer<S>,
    &'a mut Request,
    &'a AuthorizationRequest,
    &'a mut AuthorizationParameters,
) -> Future<'a, ()>;

/// A [`ResponsePart`] without its type: [`Grant::RESPONSE`].
pub struct ListedPart<S> {
    pub(crate) response_type: ResponseType,
    pub(crate) authorize: Authorize<S>,
}

impl<S: AuthorizationServer> ListedPart<S> {
    /// The one of this type.
    pub const fn of<P: ResponsePart<S>>() -> Self {
        Self {
            response_type: P::RESPONSE_TYPE,
            authorize: |server, request, authorization, response| {
                Box::pin(P::authorize(server, request, authorization, response))
            },
        }
    }
}

impl<S> Clone for ListedPart<S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S> Copy for ListedPart<S> {}
