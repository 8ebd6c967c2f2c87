//! The endpoints of a server: those of the framework in one list, and those that an application adds.

use std::pin::Pin;

use bytes::Bytes;
use http::StatusCode;
use serde_json::{Map, Value};

use super::serve::serve;
use super::{AuthorizationServer, Endpoint, Route, RunningServer, grant_set};
use crate::error::Error;
use crate::event::{Event, TraceId};
use crate::http::{Cors, Response, empty};
use crate::interaction::error_page;
use crate::limits::ClientAddress;

type Future<'a> = Pin<Box<dyn std::future::Future<Output = Response> + Send + 'a>>;

/// An [`Endpoint`] without its type, so that servers keep them in lists.
pub struct ListedEndpoint<S> {
    pub(crate) route: Route,
    /// The path as the constants give it.
    pub(crate) path: Option<&'static str>,
    pub(crate) methods: &'static str,
    pub(crate) cors: Cors,
    pub(crate) path_of: fn(&S) -> Option<&'static str>,
    pub(crate) metadata: fn(&RunningServer<S>, &mut Map<String, Value>),
    pub(crate) respond: for<'a> fn(&'a RunningServer<S>, Route, http::Request<Bytes>) -> Future<'a>,
}

impl<S: AuthorizationServer> ListedEndpoint<S> {
    /// The endpoint `E` for a list.
    pub const fn of<E: Endpoint<S>>() -> Self {
        Self {
            route: E::ROUTE,
            path: E::PATH,
            methods: E::METHODS,
            cors: E::CORS,
            path_of: E::path,
            metadata: E::metadata,
            respond: respond::<S, E>,
        }
    }

    /// The same of an endpoint that is offered wherever it has a [path](Endpoint::PATH). Where it has none, nothing refers to what answers:
    /// it is neither compiled for the server nor in its program.
    pub(crate) const fn with_path<E: Endpoint<S>>() -> Self {
        let endpoint = Self::of::<E>();
        if E::PATH.is_some() {
            endpoint
        } else {
            Self { metadata: |_, _| (), respond: absent::<S>, ..endpoint }
        }
    }

    /// A page of a grant or its interaction.
    pub(crate) const fn page(path: &'static str) -> Self {
        Self {
            route: Route::page(path),
            path: Some(path),
            methods: "GET, POST",
            cors: Cors::Nobody,
            path_of: |_| None,
            metadata: |_, _| (),
            respond: page::<S>,
        }
    }
}

impl<S> Clone for ListedEndpoint<S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S> Copy for ListedEndpoint<S> {}

fn respond<S: AuthorizationServer, E: Endpoint<S>>(
    server: &RunningServer<S>,
    _: Route,
    request: http::Request<Bytes>,
) -> Future<'_> {
    Box::pin(serve::<S, E>(server, request))
}

fn absent<S>(_: &RunningServer<S>, _: Route, _: http::Request<Bytes>) -> Future<'_> {
    Box::pin(async { empty(StatusCode::NOT_FOUND) })
}

fn page<S: AuthorizationServer>(
    server: &RunningServer<S>,
    route: Route,
    request: http::Request<Bytes>,
) -> Future<'_> {
    Box::pin(async move {
        let answer = match route.as_page() {
            Some(page) => grant_set::page(server, page, &request).await,
            None => Err(Error::server("an endpoint was routed as a page")),
        };
        answer.unwrap_or_else(|error| {
            let address = request.extensions().get().map(|ClientAddress(address)| *address);
            server.tell_failure(&error, |kind| Event {
                trace: TraceId::of(request.headers()),
                ..Event::new(kind, server.now()).address(address)
            });
            error_page(&error)
        })
    })
}
