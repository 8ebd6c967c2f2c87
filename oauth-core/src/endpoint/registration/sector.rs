//! `sector_identifier_uri`, OpenID Connect Dynamic Client Registration §5.

use super::refused;
use crate::client::Client;
use crate::error::Result;
use crate::frame::{AuthorizationServer, RunningServer};
use crate::request::Request;

/// Checks that the client is one of its sector: "The values of the registered redirect_uris MUST be included in the elements of the
/// array". Whoever could name a sector without that would learn what its clients call people.
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
