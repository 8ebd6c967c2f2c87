//! Errors from before anybody was asked: who is sent on with them.

use super::{Destination, Flow, Outcome, prompt};
use crate::client::ClientSource;
use crate::error::Error;
use crate::frame::{AuthorizationServer, grant_set};

/// RFC 9700 §4.11.2, against links on the server's host that lead to a client of an attacker: the server "SHOULD only
/// automatically redirect the user agent if it trusts the redirect URI".
///
/// It trusts those of clients that its operator registered, and sends everybody there at once: a deviation, for it "MUST always
/// authenticate the user first". To a client that came by itself go those who are logged in, and requests with `prompt=none`;
/// others decide on a page.
pub(super) async fn outcome<S: AuthorizationServer>(
    flow: &Flow<'_, S>,
    destination: &Destination,
    is_decided: bool,
    error: Error,
) -> Outcome {
    let is_trusted = is_decided
        || destination.client.source == ClientSource::Operator
        || prompt::is_silent(flow.parameters)
        || is_logged_in(flow).await;
    if is_trusted { Outcome::Refused(error) } else { Outcome::Untrusted(error) }
}

async fn is_logged_in<S: AuthorizationServer>(flow: &Flow<'_, S>) -> bool {
    grant_set::is_logged_in(flow.server, flow.request).await.unwrap_or_else(|error| {
        error.log();
        false
    })
}
