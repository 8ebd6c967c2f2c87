//! `resource`: which APIs the client wants access to (RFC 8707 §2.1).

use super::Flow;
use crate::error::Result;
use crate::frame::AuthorizationServer;
use crate::issuing::resource;

/// The resources that are asked for, which the request has from now on. RFC 8707 §2.1: "When the "resource" parameter is used in
/// an authorization request [...], it indicates the identity of the protected resource(s) to which access is being requested."
pub(crate) fn check<S: AuthorizationServer>(flow: &mut Flow<'_, S>) -> Result<Vec<String>> {
    let client = flow.request.require_client()?;
    let resources = resource::requested(flow.server, &client, flow.parameters.all("resource"))?;
    resource::check_claims(flow.server, flow.request)?;
    // What no token could have, nobody is asked for.
    if let Some(scopes) = &flow.request.scopes {
        resource::known_scopes(flow.server, &resources, scopes)?;
    }
    flow.request.validated.resources.clone_from(&resources);
    Ok(resources)
}
