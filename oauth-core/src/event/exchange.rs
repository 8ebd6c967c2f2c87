//! A request and its answer, as HTTP sees them.

use std::time::Duration;

use http::{Method, StatusCode};

/// A request for an endpoint, and what became of it: the facts that metrics of HTTP are made of.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Exchange<'a> {
    /// The path of the endpoint relative to the issuer, as the server declares it: never one that a request made up.
    pub route: &'a str,
    /// The method.
    pub method: &'a Method,
    /// The status of the answer; `None`: there is none yet, or whoever asked went away.
    pub status: Option<StatusCode>,
    /// The time since the request came.
    pub duration: Duration,
}

impl<'a> Exchange<'a> {
    /// A request that has just come.
    pub const fn new(route: &'a str, method: &'a Method) -> Self {
        Self { route, method, status: None, duration: Duration::ZERO }
    }
}
