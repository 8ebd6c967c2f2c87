//! A request while it is answered.

use std::time::Instant;

use http::{Method, StatusCode};

use crate::clock::Clock;
use crate::event::{Exchange, Observer};
use crate::frame::{AuthorizationServer, ListedEndpoint, RunningServer};

/// Says that a request has come, and that it was answered; or given up, where it is dropped before.
pub(super) struct UnderWay<'a> {
    observer: &'a dyn Observer,
    clock: &'a Clock,
    began: Instant,
    exchange: Exchange<'a>,
}

impl<'a> UnderWay<'a> {
    pub(super) fn begin<S: AuthorizationServer>(
        server: &'a RunningServer<S>,
        endpoint: ListedEndpoint<S>,
        method: &'a Method,
    ) -> Self {
        let (observer, clock) = (server.observer(), server.clock());
        // Of the documents at well-known paths, which follow from the issuer, the name.
        let route = endpoint.path.unwrap_or_else(|| endpoint.route.name());
        let exchange = Exchange::new(route, method);
        observer.began(&exchange);
        Self { observer, clock, began: clock.instant(), exchange }
    }

    pub(super) const fn answered(&mut self, status: StatusCode) {
        self.exchange.status = Some(status);
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.exchange.duration = self.clock.instant().saturating_duration_since(self.began);
        self.observer.ended(&self.exchange);
    }
}
