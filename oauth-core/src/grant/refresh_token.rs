//! The refresh token grant, RFC 6749 §6, with the rotation of RFC 9700 §4.14.2.

use std::time::Duration;

use crate::client::Client;
use crate::error::{Error, ErrorCode, Result};
use crate::event::{Event, EventKind};
use crate::frame::{AuthorizationServer, Grant, RunningServer};
use crate::issuing::{claim_replay_ids, issue, mint, revoke_family};
use crate::limits::TooFast;
use crate::request::{Presented, Request, Rotating};
use crate::response::TokenResponse;
use crate::scope::ScopeSet;
use crate::secret::SecretString;
use crate::store::{FamilyId, Rotation, StoreRoles as _, Successor, TokenStore as _};
use crate::token::IncludeRefreshToken;
use crate::validator::{RequestValidator, dead_refresh_token};
use crate::{sealed, store};

/// `refresh_token`.
#[derive(Debug, Clone, Copy)]
pub struct RefreshToken;

impl<S: AuthorizationServer> Grant<S> for RefreshToken {
    const GRANT_TYPE: Option<&'static str> = Some("refresh_token");
    const IS_OURS: bool = true;

    async fn token(server: &RunningServer<S>, request: &mut Request) -> Result<TokenResponse> {
        let presented = request.body().get("refresh_token");
        let presented =
            SecretString::new(presented.ok_or_else(|| Error::invalid_request("refresh_token is missing"))?);
        let client = request.require_client()?;
        let record = server.validator().validate_refresh_token(presented.expose(), &client, request).await?;
        check(server, &record, &client, request)?;
        // RFC 9700 §4.14.2: a reused token revokes its family, whatever scope it asks for or a hook says that is asked below.
        // A request that is replayed as a whole, its assertion as well, punishes nobody.
        let successor = if record.is_rotated {
            claim_replay_ids(server, request).await?;
            Some(present_again(server, request, &presented, &record).await?)
        } else {
            None
        };
        request.restore(&record.authorization);
        request.validated.scopes =
            Some(narrowed_scopes(server, request, &client, &record.authorization.scopes).await?);
        if successor.is_none() && must_rotate(server, request).await? {
            rotate(server, request, presented, record).await
        } else {
            let mut token = issue(server, request, IncludeRefreshToken::No).await?;
            token.refresh_token = Some(successor.unwrap_or(presented));
            Ok(token)
        }
    }
}

/// Checks what holds of every record, whichever hook found it: RFC 6749 §6, "the refresh token is bound to
/// the client to which it was issued"; and no authorization outlives the server's configuration of now.
pub(super) fn check<S: AuthorizationServer>(
    server: &RunningServer<S>,
    record: &store::RefreshToken,
    client: &Client,
    request: &Request,
) -> Result<()> {
    let end = record.authorization.granted_at + S::CONFIG.refresh_token_max_lifetime;
    if record.client_id() != client.client_id || record.expires_at.min(end) <= server.now() {
        return Err(dead_refresh_token());
    }
    // RFC 9449 §5: a thief without the key neither slows the family down nor ends it.
    request.check_confirmation(&record.authorization)?;
    // Without a family there is nothing to count by, and nothing to rotate.
    let Some(family) = record.authorization.family else { return Ok(()) };
    server.refresh_pace().begin(family, server.instant()).map_err(|cause| too_fast(&cause))
}

fn too_fast(cause: &TooFast) -> Error {
    match cause {
        TooFast::Family(wait) => Error::too_many_requests(*wait).by_rule("refresh"),
        TooFast::Server(wait) => Error::overloaded(*wait).by_rule("refresh"),
    }
}

/// RFC 6749 §6: "The requested scope MUST NOT include any scope not originally granted by the resource owner, and if
/// omitted is treated as equal to the scope originally granted"; less what the client may not have any more.
async fn narrowed_scopes<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
    client: &Client,
    original: &ScopeSet,
) -> Result<ScopeSet> {
    let Some(requested) = request.body().get("scope") else {
        return allowed_scopes(server, request, client, server.config().declared_of(original)).await;
    };
    let requested = ScopeSet::parse(requested)?;
    let granted = server.config().declares(&requested)
        && (requested.is_subset(original)
            || server.validator().is_within_original_scope(&requested, original, request).await?);
    if !granted {
        return Err(Error::invalid_scope("a scope was not granted originally"));
    }
    server.validator().validate_scopes(client, &requested, request).await?;
    Ok(requested)
}

/// The granted scopes that the client may have now: what an operator took from it is gone with the next
/// refresh.
async fn allowed_scopes<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
    client: &Client,
    granted: ScopeSet,
) -> Result<ScopeSet> {
    let mut is_allowed =
        async |scopes: &ScopeSet| match server.validator().validate_scopes(client, scopes, request).await {
            Ok(()) => Ok(true),
            Err(error) if error.code() == ErrorCode::InvalidScope => Ok(false),
            Err(error) => Err(error),
        };
    if is_allowed(&granted).await? {
        return Ok(granted);
    }
    let mut left = ScopeSet::new();
    for scope in granted.iter() {
        let one = ScopeSet::parse(scope)?;
        if is_allowed(&one).await? {
            left = left.union(&one);
        }
    }
    if left.is_empty() {
        Err(Error::invalid_scope("the client may have none of the scopes any more"))
    } else {
        Ok(left)
    }
}

/// RFC 9700 §2.2.2: refresh tokens of public clients "MUST be sender-constrained or use refresh token rotation".
///
/// FAPI 2.0 §5.3.2.1 has no public clients, and "shall not use refresh token rotation except in extraordinary circumstances". The answer
/// repeats the token, as of any server that does not rotate: a client that keeps what it got last has it still.
async fn must_rotate<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
) -> Result<bool> {
    if S::CONFIG.profile.is_fapi2() {
        return Ok(false);
    }
    Ok(!request.client_is_authenticated() || server.validator().rotate_refresh_token(request).await?)
}

/// Makes the tokens, and keeps them in the same step in which the successor takes the place of what was presented.
async fn rotate<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
    presented: SecretString,
    record: store::RefreshToken,
) -> Result<TokenResponse> {
    let (hash, family) = (record.hash, record.authorization.family);
    let lifetime = record.expires_at.since(record.issued_at);
    let mut token = mint(server, request, IncludeRefreshToken::Yes).await?;
    let due = Presented { token: presented.clone(), hash, grace: S::CONFIG.refresh_token_grace };
    request.issuing.rotating = Some(Rotating::Due(Box::new(due)));
    let saved = server.validator().save_bearer_token(&token, request).await;
    let rotation = match (request.issuing.rotating.take(), saved) {
        (Some(Rotating::Done(rotation)), saved) => {
            if matches!(rotation, Rotation::Rotated | Rotation::Retried { .. }) {
                saved?;
            }
            rotation
        }
        // A hook keeps the access token in its own way.
        (Some(Rotating::Due(due)), Ok(())) => due.rotate(server.validator(), &token, None, request).await?,
        (_, saved) => return saved.and(Err(dead_refresh_token())),
    };
    if rotation == Rotation::Rotated {
        server.observe(&Event::of_request(EventKind::RefreshRotated, request));
    } else {
        let successor = rotated_before(server, request, &presented, rotation, family, lifetime).await?;
        token.refresh_token = Some(successor);
    }
    Ok(token)
}

/// The successor of a token that was rotated by an earlier request, if it still yields one.
async fn present_again<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &Request,
    presented: &SecretString,
    record: &store::RefreshToken,
) -> Result<SecretString> {
    // Of a second rotation the store keeps nothing, so this is nobody's.
    let nobodys = store::RefreshToken { hash: SecretString::random().hash(), ..record.clone() };
    let successor = Successor { token: nobodys, sealed: Vec::new() };
    let (tokens, grace) = (server.validator().tokens(), S::CONFIG.refresh_token_grace);
    let rotation = tokens.rotate_refresh_token(&record.hash, successor, None, server.now(), grace).await?;
    let (family, lifetime) = (record.authorization.family, record.expires_at.since(record.issued_at));
    rotated_before(server, request, presented, rotation, family, lifetime).await
}

/// The one successor of a token that was rotated before, where the response to that request was lost. A token that was reused
/// revokes its family; `lifetime` is its own.
async fn rotated_before<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &Request,
    presented: &SecretString,
    rotation: Rotation,
    family: Option<FamilyId>,
    lifetime: Duration,
) -> Result<SecretString> {
    match rotation {
        // The same successor again, never a second one.
        Rotation::Retried { sealed } => {
            let successor = sealed::open(presented.expose(), &sealed)?;
            let event = Event::of_request(EventKind::RefreshRetried, request);
            server.observe(&family.map_or(event, |family| event.family(family)));
            Ok(successor)
        }
        Rotation::Reused => {
            revoke_family(server, request, family, lifetime, EventKind::RefreshReused).await?;
            Err(dead_refresh_token())
        }
        Rotation::Rotated | Rotation::Unknown => Err(dead_refresh_token()),
    }
}
