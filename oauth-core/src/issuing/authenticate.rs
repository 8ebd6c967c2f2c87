//! The client of a request, before anything else.

use std::sync::Arc;

use super::offered;
use crate::client::Client;
use crate::error::{Error, ErrorCode, Result};
use crate::event::{Event, EventKind};
use crate::frame::{AuthorizationServer, RunningServer};
use crate::limits::Network;
use crate::request::{Request, StrictAssertions, Unclaimed};
use crate::store::StoreRoles as _;
use crate::validator::RequestValidator as _;
use crate::{assertion, client_auth};

/// RFC 6749 §2.3.1: an endpoint that takes client secrets is protected "against brute force attacks". Nobody else's failures count
/// where the address is known; where it is not, their length has to do.
async fn authenticate_by_limit<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
) -> Result<Arc<Client>> {
    let address = Network::of(&request.extensions);
    let attempt = match (client_auth::guessed_client(request), address) {
        (Some(client_id), Some(address)) => {
            let credentials = client_auth::credentials(request);
            Some(server.guesses().client_secret(client_id, address, credentials).await?)
        }
        _ => None,
    };
    // What fetches is limited, too.
    server.find_client(request).await?;
    let outside = server.client_authentication();
    let answer = if client_auth::is_from_outside(outside, request) {
        client_auth::authenticate(server.validator(), outside, request).await
    } else {
        server.validator().authenticate_client(request).await
    };
    match (attempt, &answer) {
        (Some(attempt), Ok(_)) => attempt.succeeded().await,
        (Some(attempt), Err(error)) if error.code() == ErrorCode::InvalidClient => attempt.failed(),
        // Dropped, it does not count.
        _ => {}
    }
    if let Err(error) = &answer
        && error.code() == ErrorCode::InvalidClient
    {
        let kind = EventKind::ClientAuthenticationFailed;
        let method = client_auth::tried(outside, request);
        server.observe(&Event { client_auth: method, ..Event::of_request(kind, request).error(error) });
    }
    answer
}

/// As [`identify`], at an endpoint that uses nothing up afterwards.
pub(crate) async fn authenticate<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
    path: &str,
) -> Result<Arc<Client>> {
    let client = identify(server, request, path).await?;
    claim_replay_ids(server, request).await?;
    Ok(client)
}

/// Claims the identifiers of assertions and proofs that a request brought: last of all, before something is used up.
///
/// # Errors
///
/// That of a second use.
pub(crate) async fn claim_replay_ids<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
) -> Result<()> {
    let (attempt, now) = (request.attempt(), request.now());
    for Unclaimed { id, until, reused } in std::mem::take(&mut request.issuing.unclaimed) {
        if !server.validator().claim_replay_id(&id, attempt, until, now).await? {
            let error = reused();
            let is_proof = error.code() == ErrorCode::InvalidDpopProof;
            let kind = if is_proof { EventKind::ProofReplayed } else { EventKind::AssertionReplayed };
            server.observe(&Event::of_request(kind, request));
            return Err(error);
        }
    }
    Ok(())
}

/// Checks what the endpoints for clients ask of every request before anything else. `path` is the endpoint's. Whoever calls it calls
/// [`claim_replay_ids`] when all is checked.
///
/// # Errors
///
/// `invalid_request` for parameters in the query: RFC 6749 §2.3.1, credentials "MUST NOT be included in the request
/// URI", and the token endpoint's parameters are those of the body (§3.2). `invalid_client` as RFC 6749 §5.2 says.
pub(crate) async fn identify<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
    path: &str,
) -> Result<Arc<Client>> {
    if !request.query().is_empty() {
        return Err(Error::invalid_request("parameters belong in the body, not in the query"));
    }
    if assertion::is_in(request) {
        let issuer = server.issuer();
        request.audiences = assertion::audiences(issuer, S::CONFIG.endpoints.token, path);
        let algorithms = S::CONFIG.profile.algorithms();
        request.strict_assertions =
            algorithms.map(|algorithms| StrictAssertions { audience: issuer.to_owned(), algorithms });
    }
    let client = authenticate_by_limit(server, request).await?;
    offered::check_client(server, &client, request)?;
    let client = server.identified(client, request).await?;
    if request.client_is_authenticated() {
        let kind = EventKind::ClientAuthenticationSucceeded;
        let method = Some(client.token_endpoint_auth_method);
        server.tell(|| Event { client_auth: method, ..Event::of_request(kind, request) });
    }
    Ok(client)
}
