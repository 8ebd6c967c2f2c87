//! The way that grants ask people: the interaction of a server, without its bounds.

use std::pin::Pin;

use bytes::Bytes;

use super::{AuthorizationServer, RunningServer};
use crate::error::Result;
use crate::http::Response;
use crate::interaction::{Decision, DeviceInteraction, Interaction, Look};
use crate::request::{AuthorizationRequest, LogoutRequest, Request};

pub(super) type Future<'a, T> = Pin<Box<dyn std::future::Future<Output = Result<T>> + Send + 'a>>;
type Decide<S> =
    for<'a> fn(&'a RunningServer<S>, &'a AuthorizationRequest, &'a Request) -> Future<'a, Decision>;
type IsLoggedIn<S> = for<'a> fn(&'a RunningServer<S>, &'a Request) -> Future<'a, bool>;
type EndSession<S> = for<'a> fn(&'a RunningServer<S>, &'a LogoutRequest, &'a Request) -> Future<'a, Response>;
type Page<S> = for<'a> fn(&'a RunningServer<S>, &'a str, &'a http::Request<Bytes>) -> Future<'a, Response>;

/// The part that the interaction of a server plays in a grant: [`Grant::ASKS`](crate::grant::Grant::ASKS).
pub struct Asks<S> {
    /// The paths of its pages, relative to the issuer.
    pub(crate) pages: &'static [&'static str],
    /// True if people stay logged in, so that they can sign out.
    pub(crate) has_sessions: bool,
    /// The check for what is wrong with the interaction in this run.
    pub(crate) check: fn(&S) -> std::result::Result<(), String>,
    /// The classes of logins that it can ask for; `None`: it does not say.
    pub(crate) acr_values: fn(&S) -> Option<Vec<&str>>,
    /// The look of the pages that tell of an error; `None`: the built-in one.
    pub(crate) look: fn(&S) -> Option<&Look>,
    pub(crate) decide: Option<Decide<S>>,
    pub(crate) is_logged_in: Option<IsLoggedIn<S>>,
    pub(crate) end_session: Option<EndSession<S>>,
    pub(crate) page: Page<S>,
}

impl<S: AuthorizationServer> Asks<S> {
    /// An interaction that asks people to log in and to agree, at the authorization endpoint.
    pub const fn for_authorization() -> Self
    where
        S::Interaction: Interaction<S::Validator>,
    {
        Self {
            pages: <S::Interaction as Interaction<S::Validator>>::PAGES,
            has_sessions: <S::Interaction as Interaction<S::Validator>>::HAS_SESSIONS,
            check: |server| server.interaction().check(),
            acr_values: |server| server.interaction().acr_values(),
            #[cfg(feature = "pages")]
            look: |server| server.interaction().theme(),
            #[cfg(not(feature = "pages"))]
            look: |_| None,
            decide: Some(decide::<S>),
            is_logged_in: Some(is_logged_in::<S>),
            end_session: Some(end_session::<S>),
            page: page::<S>,
        }
    }

    /// An interaction that asks people about a device whose code they carry.
    pub const fn for_devices() -> Self
    where
        S::Interaction: DeviceInteraction<S::Validator>,
    {
        Self {
            pages: <S::Interaction as DeviceInteraction<S::Validator>>::PAGES,
            has_sessions: false,
            check: |server| server.interaction().check(),
            acr_values: |_| None,
            #[cfg(feature = "pages")]
            look: |server| server.interaction().theme(),
            #[cfg(not(feature = "pages"))]
            look: |_| None,
            decide: None,
            is_logged_in: None,
            end_session: None,
            page: device_page::<S>,
        }
    }
}

impl<S> Clone for Asks<S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<S> Copy for Asks<S> {}

fn decide<'a, S: AuthorizationServer<Interaction: Interaction<S::Validator>>>(
    server: &'a RunningServer<S>,
    authorization: &'a AuthorizationRequest,
    request: &'a Request,
) -> Future<'a, Decision> {
    Box::pin(async move { server.interaction().decide(&server.context(), authorization, request).await })
}

fn is_logged_in<'a, S: AuthorizationServer<Interaction: Interaction<S::Validator>>>(
    server: &'a RunningServer<S>,
    request: &'a Request,
) -> Future<'a, bool> {
    Box::pin(async move { server.interaction().is_logged_in(&server.context(), request).await })
}

fn end_session<'a, S: AuthorizationServer<Interaction: Interaction<S::Validator>>>(
    server: &'a RunningServer<S>,
    logout: &'a LogoutRequest,
    request: &'a Request,
) -> Future<'a, Response> {
    Box::pin(async move { server.interaction().end_session(&server.context(), logout, request).await })
}

fn page<'a, S: AuthorizationServer<Interaction: Interaction<S::Validator>>>(
    server: &'a RunningServer<S>,
    page: &'a str,
    request: &'a http::Request<Bytes>,
) -> Future<'a, Response> {
    Box::pin(async move { server.interaction().page(&server.context(), page, request).await })
}

fn device_page<'a, S: AuthorizationServer<Interaction: DeviceInteraction<S::Validator>>>(
    server: &'a RunningServer<S>,
    page: &'a str,
    request: &'a http::Request<Bytes>,
) -> Future<'a, Response> {
    Box::pin(async move { server.interaction().device_page(&server.context(), page, request).await })
}
