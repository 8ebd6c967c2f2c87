//! `request_uri` of a request that was pushed (RFC 9126): it stands for the parameters until it is answered.

use super::{Flow, Outcome, Parameters};
use crate::client::Client;
use crate::error::{Error, ErrorCode, Result};
use crate::frame::{AuthorizationServer, RunningServer};
use crate::model::PushedRequest;
use crate::openid::IdTokenSigner as _;
use crate::request::Request;
use crate::secret::TokenHash;
use crate::store::{AnyPushedRequestStore, CodeRedemption, StoreRoles as _};
use crate::time::UnixTime;

/// The way that the parameters came.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Origin {
    /// With the request itself.
    Direct,
    /// From the client, which pushes them.
    Pushing,
    /// From the client, which pushed them before.
    Pushed {
        /// The hash of their reference.
        reference: TokenHash,
        /// The time when they were loaded first.
        loaded_at: UnixTime,
    },
}

impl Origin {
    /// The time when what was pushed was loaded first.
    pub(super) const fn loaded_at(self) -> Option<UnixTime> {
        match self {
            Self::Pushed { loaded_at, .. } => Some(loaded_at),
            Self::Direct | Self::Pushing => None,
        }
    }
}

/// The parameters of a request at the authorization endpoint. RFC 9126 §4: with a `request_uri` of ours, they are those that were
/// pushed; whatever else is in the query is ignored, as RFC 9101 §5 has it.
///
/// # Errors
///
/// For a page: nobody knows where else to. §2.2: it is "bound to the client that posted the authorization request", and §4: "An
/// expired `request_uri` MUST be rejected as invalid."
pub(crate) async fn load<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
) -> Result<(Parameters, Origin)> {
    let request_uri =
        request.query().get("request_uri").filter(|_| S::CONFIG.pushed_authorization_requests.is_some());
    let reference = request_uri.map(PushedRequest::reference);
    let reference = match reference {
        // One of another form is refused as unsupported by a provider, whose error can go to the client.
        None => None,
        Some(None) if S::IdTokens::IS_OPENID_PROVIDER => None,
        Some(reference) => Some(reference.ok_or_else(dead)?),
    };
    let Some(reference) = reference else {
        return Ok((Parameters::from(request.query()), Origin::Direct));
    };
    let client_id =
        request.query().get("client_id").ok_or_else(|| Error::invalid_request("client_id is missing"))?;
    let loaded = store(server)?.load(&reference, client_id, server.now()).await?.ok_or_else(dead)?;
    // Hooks see what the steps see.
    request.replace_query(loaded.request.parameters);
    let origin = Origin::Pushed { reference, loaded_at: loaded.loaded_at };
    Ok((Parameters::from(request.query()), origin))
}

/// RFC 9126 §4: "Authorization server policy MAY dictate, either globally or on a per-client basis, that PAR be the only means for
/// a client to pass authorization request data."
///
/// # Errors
///
/// `invalid_request`, as §4 has it.
pub(super) fn check<S: AuthorizationServer>(flow: &Flow<'_, S>, client: &Client) -> Result<()> {
    let by_server = S::CONFIG.pushed_authorization_requests.is_some_and(|pushed| pushed.is_required);
    let is_required = by_server || client.require_pushed_authorization_requests;
    if is_required && matches!(flow.origin, Origin::Direct) {
        return Err(Error::invalid_request("the authorization request must be pushed first"));
    }
    Ok(())
}

/// Uses up what was pushed, once it is answered. RFC 9126 §4: servers "SHOULD treat `request_uri` values as one-time use but MAY
/// allow for duplicate requests due to a user reloading/refreshing their user agent."
///
/// # Errors
///
/// `invalid_request_uri` if another request has answered it.
pub(super) async fn take<S: AuthorizationServer>(flow: &Flow<'_, S>) -> Result<()> {
    let Origin::Pushed { reference, .. } = &flow.origin else { return Ok(()) };
    let (attempt, now) = (flow.request.attempt(), flow.server.now());
    match store(flow.server)?.take(reference, attempt, now).await? {
        CodeRedemption::Redeemed => Ok(()),
        CodeRedemption::Taken | CodeRedemption::Unknown => Err(dead()),
    }
}

/// An error answers what was pushed as a code does. Of two answers one is sent.
pub(super) async fn settle<S: AuthorizationServer>(flow: &Flow<'_, S>, outcome: Outcome) -> Outcome {
    match outcome {
        Outcome::Refused(error) => match take(flow).await {
            Ok(()) => Outcome::Refused(error),
            Err(answered) => Outcome::Answered(answered),
        },
        other => other,
    }
}

fn store<S: AuthorizationServer>(server: &RunningServer<S>) -> Result<&dyn AnyPushedRequestStore> {
    let store = server.validator().pushed_requests();
    store.ok_or_else(|| Error::server("requests are pushed, and no store plays the role `pushed_requests`"))
}

/// One answer for every `request_uri` that stands for nothing, whatever the reason.
fn dead() -> Error {
    Error::new(ErrorCode::InvalidRequestUri)
        .describe("request_uri is unknown, expired, answered already, or another client's")
}
