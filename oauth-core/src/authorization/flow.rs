//! The things that steps are lent, and those that they lead to.

use std::sync::Arc;

use super::parameters::Parameters;
use super::pushed::Origin;
use crate::client::Client;
use crate::error::Error;
use crate::frame::RunningServer;
use crate::http::Response;
use crate::request::{Request, ResponseMode};
use crate::response::AuthorizationParameters;

/// The server, the request and its parameters, which every step is lent.
pub(crate) struct Flow<'a, S> {
    pub(crate) server: &'a RunningServer<S>,
    pub(crate) request: &'a mut Request,
    pub(crate) parameters: &'a Parameters,
    pub(crate) origin: Origin,
}

/// The place that the answer goes to, once that is certain: errors may go there too, from here on.
#[derive(Debug)]
pub(crate) struct Destination {
    pub(crate) client: Arc<Client>,
    pub(crate) redirect_uri: String,
    pub(crate) requested_redirect_uri: Option<String>,
    pub(crate) state: Option<String>,
    /// The mode in which the answer travels. Where the request asks for what cannot be, errors take the
    /// default way of its response type.
    pub(crate) response_mode: ResponseMode,
}

/// The outcome of an authorization request.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// The person must see a page first.
    Page(Response),
    /// The answer to an approval: it goes to the redirect URI.
    Granted(AuthorizationParameters),
    /// The error that goes to the redirect URI.
    Refused(Error),
    /// The error that goes to the redirect URI if the person wants to go there: nothing is known of them, and
    /// little of the client.
    Untrusted(Error),
    /// The error that goes nowhere: what was pushed has been answered already.
    Answered(Error),
}
