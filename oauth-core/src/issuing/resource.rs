//! Resource indicators, RFC 8707: whom an access token is for.

use oauth_rules::resource_indicator::rfc8707_section_2_resources_say_whom_a_token_is_for;

use crate::client::Client;
use crate::error::{Error, ErrorCode, Result};
use crate::frame::{AuthorizationServer, RunningServer, known_at};
use crate::request::{Extent, Request};
use crate::scope::ScopeSet;
use crate::validator::RequestValidator as _;

/// The declared resources that these values of `resource` mean, each once. A server that declares none does not know the parameter,
/// and "MUST ignore" it (RFC 6749 §3.1).
///
/// # Errors
///
/// `invalid_target`. RFC 8707 §2: "The requested resource is invalid, missing, unknown, or malformed." Not even one is passed over:
/// the client would use the token where it is not meant for.
pub(crate) fn requested<'r, S: AuthorizationServer>(
    server: &RunningServer<S>,
    client: &Client,
    values: impl Iterator<Item = &'r str>,
) -> Result<Vec<String>> {
    let mut resources: Vec<String> = Vec::new();
    if server.config().resources.is_empty() {
        return Ok(resources);
    }
    for asked in values {
        // §2: "The URI MUST NOT include a fragment component."
        if asked.contains('#') {
            return Err(invalid_target("a resource has no fragment"));
        }
        let resource = server.config().resource(asked).filter(|resource| client.may_access(resource.uri));
        let resource =
            resource.ok_or_else(|| invalid_target("a resource is unknown, or not for this client"))?;
        if !resources.iter().any(|known| known == resource.uri) {
            resources.push(resource.uri.to_owned());
        }
    }
    Ok(resources)
}

/// Reads `resource` of a token request, before anything is looked at that could be used up: the request has it from now on.
///
/// # Errors
///
/// `invalid_target`.
pub(crate) fn read<S: AuthorizationServer>(server: &RunningServer<S>, request: &mut Request) -> Result<()> {
    check_claims(server, request)?;
    let client = request.require_client()?;
    request.validated.resources = requested(server, &client, request.body().get_all("resource"))?;
    Ok(())
}

/// The resources that a token is asked for, of those that were granted: RFC 8707 §2.2, the request says "where it intends to use the
/// access token", which is among "the resources that were originally granted".
///
/// Without `resource` it is for all of them. What the server does not declare any more, or the client may not have, is gone.
///
/// # Errors
///
/// `invalid_target` if one was not granted, or none is left.
pub(crate) fn of_granted<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &Request,
    granted: &[String],
) -> Result<Vec<String>> {
    let client = request.require_client()?;
    let is_left = |uri: &&String| server.config().resource(uri).is_some() && client.may_access(uri);
    let left: Vec<_> = granted.iter().filter(is_left).cloned().collect();
    // Of an authorization request, they are the request's own.
    let asked = match request.grant_type {
        Some(_) => requested(server, &client, request.body().get_all("resource"))?,
        None => Vec::new(),
    };
    if asked.iter().any(|resource| !left.contains(resource)) {
        return Err(invalid_target("a resource was not granted"));
    }
    // It was for something: without that, it is not for everything else.
    if left.is_empty() && !granted.is_empty() {
        return Err(invalid_target("no resource is left of what was granted"));
    }
    Ok(if asked.is_empty() { left } else { asked })
}

/// Makes up whom the token of a request is for, and with it which scopes it has. Nothing is used up yet.
///
/// # Errors
///
/// `invalid_target`, and what hooks return.
pub(crate) async fn settle<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
) -> Result<()> {
    forget_earlier_audience(server, request);
    check_claims(server, request)?;
    let granted = match request.restored() {
        Some(authorization) => authorization.resources.clone(),
        None => request.resources.clone(),
    };
    let mut meant = of_granted(server, request, &granted)?;
    if meant.len() > 1 {
        let picked = server.validator().get_token_resources(&meant, request).await?;
        if picked.is_empty() || picked.iter().any(|resource| !meant.contains(resource)) {
            return Err(Error::server(
                "get_token_resources picked none of the resources, or another: return some of those it is given (RFC 8707 §2.2)",
            ));
        }
        meant = picked;
    }
    let scopes = request.scopes.as_ref().map(|scopes| known_scopes(server, &meant, scopes)).transpose()?;
    let whole = Extent { scopes: request.scopes.clone(), resources: granted };
    request.narrow(whole, scopes, meant);
    Ok(())
}

/// The scopes of these that are known at one of the resources; all, where none is named.
///
/// # Errors
///
/// `invalid_scope` if none is known. A token without any would be told without `scope`, which means that it has what was asked for
/// (RFC 6749 §5.1).
pub(crate) fn known_scopes<S: AuthorizationServer>(
    server: &RunningServer<S>,
    resources: &[String],
    scopes: &ScopeSet,
) -> Result<ScopeSet> {
    let declared: Vec<_> = resources.iter().filter_map(|uri| server.config().resource(uri)).collect();
    let known = if declared.is_empty() { scopes.clone() } else { known_at(&declared, scopes) };
    if known.is_empty() && !scopes.is_empty() {
        return Err(Error::invalid_scope("none of the scopes is known at the resource"));
    }
    Ok(known)
}

/// Takes away an `aud` of hooks, which a grant may have from before the server declared resources.
fn forget_earlier_audience<S: AuthorizationServer>(server: &RunningServer<S>, request: &mut Request) {
    let kept = request.restored().and_then(|authorization| authorization.claims.get("aud"));
    if !server.config().resources.is_empty() && kept.is_some() && kept == request.claims.get("aud") {
        request.claims.remove("aud");
    }
}

/// Refuses an `aud` of a hook where resources say whom a token is for.
///
/// # Errors
///
/// `server_error`.
pub(crate) fn check_claims<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &Request,
) -> Result<()> {
    match request.claims.get("aud").filter(|_| !server.config().resources.is_empty()) {
        Some(audience) => {
            let words = rfc8707_section_2_resources_say_whom_a_token_is_for.words;
            Err(Error::server(format!("a hook sets `aud` to {audience}: {words}")))
        }
        None => Ok(()),
    }
}

/// RFC 8707 §2.
pub(crate) fn invalid_target(why: &'static str) -> Error {
    Error::new(ErrorCode::InvalidTarget).describe(why)
}
