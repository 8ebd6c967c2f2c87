//! `sector_identifier_uri`, OpenID Connect Dynamic Client Registration §5.

use super::refused;
use crate::client::{Client, SubjectType};
use crate::error::Result;
use crate::frame::{AuthorizationServer, RunningServer};
use crate::request::Request;

/// Checks that the client is one of its sector: "The values of the registered redirect_uris MUST be included in the elements of the
/// array". Whoever could name a sector without that would learn what its clients call people. That there are some, each with a host of
/// its own on the web, is a rule of the client.
pub(super) async fn check<S: AuthorizationServer>(
    server: &RunningServer<S>,
    client: &Client,
    request: &mut Request,
) -> Result<()> {
    let Some(uri) = &client.sector_identifier_uri else { return Ok(()) };
    let listed = server.sector(uri, request).await?.unwrap_or_default();
    // All causes have one text: nobody learns what can be reached from here.
    if client.redirect_uris.iter().all(|own| listed.iter().any(|listed| listed == own.as_str())) {
        return Ok(());
    }
    Err(refused(
        "at sector_identifier_uri is no JSON array that has all redirect_uris (OpenID Connect Registration section 5)",
    ))
}

/// Checks that a replacement calls people what the client has called them. Identifiers are made when they are read: with the tokens that
/// it has, a client that moved would learn what another sector calls its people, or who of two sectors is one person. OIDC Core §8:
/// `pairwise` is there "so as not to enable Clients to correlate the End-User's activities without permission". A client that changes
/// its hosts has a `sector_identifier_uri` from the start (§8.1, Registration §5), or registers anew.
///
/// To revoke what it holds and then move it would leave a moment in which it gets more.
pub(super) fn check_unmoved(was: &Client, is: &Client) -> Result<()> {
    let sector = |client: &Client| match client.subject_type {
        // Everybody's, whatever its hosts.
        SubjectType::Public => None,
        SubjectType::Pairwise => Some(client.sector_identifier()),
    };
    if sector(was) == sector(is) {
        return Ok(());
    }
    Err(refused(
        "subject_type and the sector identifier of a client stay as they were registered (OpenID Connect Core section 8.1): register \
         another client",
    ))
}
