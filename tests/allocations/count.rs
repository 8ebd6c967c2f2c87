//! The allocator that counts, and what a request came to.

use std::alloc::System;

use bytes::Bytes;
use http::{Request, StatusCode};
use http_body_util::{BodyExt as _, Full};
use oauth_core::prelude::AuthorizationServer;
use oauth_core::server::RunningServer;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use tower::Service as _;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// One request.
pub(crate) struct Counted {
    pub(crate) allocations: usize,
    pub(crate) bytes: usize,
    pub(crate) body: Bytes,
}

/// Asks a server, and counts from the whole request to the whole answer.
pub(crate) async fn ask<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: Request<Full<Bytes>>,
) -> Counted {
    let mut service = server.clone();
    let region = Region::new(ALLOCATOR);
    let response = service.call(request).await.unwrap();
    let (status, body) = (response.status(), response.into_body().collect().await.unwrap().to_bytes());
    let change = region.change();
    assert_eq!(status, StatusCode::OK, "{}", String::from_utf8_lossy(&body));
    // One that grows is another.
    let allocations = change.allocations + change.reallocations;
    Counted { allocations, bytes: change.bytes_allocated, body }
}

/// The bytes that are allocated now.
pub(crate) fn live() -> usize {
    let stats = ALLOCATOR.stats();
    stats.bytes_allocated - stats.bytes_deallocated
}
