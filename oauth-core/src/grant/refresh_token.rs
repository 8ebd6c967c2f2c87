//! The refresh token grant, RFC 6749 §6, with the rotation of RFC 9700 §4.14.2.

use std::time::Duration;

use super::{Grant, issue, revoke_family};
use crate::client::Client;
use crate::error::{Error, Result};
use crate::request::Request;
use crate::scope::ScopeSet;
use crate::secret::{SecretString, TokenHash};
use crate::server::{AuthorizationServer, RunningServer};
use crate::store::{self, Rotation, Successor, TokenStore as _};
use crate::token::{IncludeRefreshToken, TokenResponse, sealed};
use crate::validator::{RequestValidator, StoreRoles as _};

/// `refresh_token`.
#[derive(Debug, Clone, Copy)]
pub struct RefreshToken;

impl<S: AuthorizationServer> Grant<S> for RefreshToken {
    const GRANT_TYPE: Option<&'static str> = Some("refresh_token");

    async fn token(server: &RunningServer<S>, request: &mut Request) -> Result<TokenResponse> {
        let presented = request.body().get("refresh_token");
        let presented =
            SecretString::new(presented.ok_or_else(|| Error::invalid_request("refresh_token is missing"))?);
        let client = request.require_client()?;
        let record = server.validator().validate_refresh_token(presented.expose(), &client, request).await?;
        // RFC 9700 §4.14.2: a reused token revokes its family, whatever scope it asks for or a hook says that is asked below.
        let successor =
            if record.is_rotated { Some(present_again(server, &presented, &record).await?) } else { None };
        request.claims.restore(record.claims.clone());
        request.subject = Some(record.subject.clone());
        request.auth_time = Some(record.auth_time);
        request.family = Some(record.family);
        request.openid.clone_from(&record.openid);
        request.scopes = Some(narrowed_scopes(server, request, &record.scopes).await?);
        // The access token is kept first: should the rest fail, the presented token is still good, and the access token,
        // which nobody has seen, dies with its family or of old age.
        if successor.is_none() && must_rotate(server, request).await? {
            let token = issue(server, request, IncludeRefreshToken::Yes).await?;
            rotate(server, request, &presented, record, token).await
        } else {
            let mut token = issue(server, request, IncludeRefreshToken::No).await?;
            token.refresh_token = Some(successor.unwrap_or(presented));
            Ok(token)
        }
    }
}

/// The default of [`RequestValidator::validate_refresh_token`].
pub(crate) async fn find<V: RequestValidator>(
    validator: &V,
    token: &str,
    client: &Client,
    request: &mut Request,
) -> Result<store::RefreshToken> {
    let record = validator.tokens().refresh_token(&TokenHash::of(token), request.now()).await?;
    record.filter(|record| record.client_id == client.client_id).ok_or_else(dead_token)
}

/// RFC 6749 §6: "The requested scope MUST NOT include any scope not originally granted by the resource owner, and if
/// omitted is treated as equal to the scope originally granted".
async fn narrowed_scopes<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
    original: &ScopeSet,
) -> Result<ScopeSet> {
    let Some(requested) = request.body().get("scope") else {
        return Ok(S::CONFIG.declared_of(original));
    };
    let requested = ScopeSet::parse(requested)?;
    let allowed = S::CONFIG.declares(&requested)
        && (requested.is_subset(original)
            || server.validator().is_within_original_scope(&requested, original, request).await?);
    if allowed { Ok(requested) } else { Err(Error::invalid_scope("a scope was not granted originally")) }
}

/// RFC 9700 §2.2.2: refresh tokens of public clients "MUST be sender-constrained or use refresh token rotation".
async fn must_rotate<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
) -> Result<bool> {
    Ok(!request.client_is_authenticated() || server.validator().rotate_refresh_token(request).await?)
}

async fn rotate<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &Request,
    presented: &SecretString,
    record: store::RefreshToken,
    mut token: TokenResponse,
) -> Result<TokenResponse> {
    let next = token.refresh_token.as_ref().ok_or_else(|| Error::server("no refresh token was generated"))?;
    let successor = store::RefreshToken::issued(next, S::CONFIG.refresh_token_lifetime, request)?;
    let lifetime = record.expires_at.since(record.issued_at);
    let successor = Successor {
        // §6: "the refresh token scope MUST be identical to that of the refresh token included by the client".
        token: store::RefreshToken { scopes: record.scopes, claims: record.claims, ..successor },
        sealed: sealed::seal(presented.expose(), next)?,
    };
    let grace = S::CONFIG.refresh_token_grace;
    let tokens = server.validator().tokens();
    match tokens.rotate_refresh_token(&presented.hash(), successor, server.now(), grace).await? {
        Rotation::Rotated => {}
        earlier => token.refresh_token = Some(rotated_before(server, presented, earlier, lifetime).await?),
    }
    Ok(token)
}

/// What a token is worth that was rotated by an earlier request.
async fn present_again<S: AuthorizationServer>(
    server: &RunningServer<S>,
    presented: &SecretString,
    record: &store::RefreshToken,
) -> Result<SecretString> {
    // Of a second rotation the store keeps nothing, so this is nobody's.
    let nobodys = store::RefreshToken { hash: SecretString::random().hash(), ..record.clone() };
    let successor = Successor { token: nobodys, sealed: Vec::new() };
    let (tokens, grace) = (server.validator().tokens(), S::CONFIG.refresh_token_grace);
    let rotation = tokens.rotate_refresh_token(&presented.hash(), successor, server.now(), grace).await?;
    rotated_before(server, presented, rotation, record.expires_at.since(record.issued_at)).await
}

/// The one successor of a token that was rotated before, where the response to that request was lost. A token that was reused
/// revokes its family; `lifetime` is its own.
async fn rotated_before<S: AuthorizationServer>(
    server: &RunningServer<S>,
    presented: &SecretString,
    rotation: Rotation,
    lifetime: Duration,
) -> Result<SecretString> {
    match rotation {
        // The same successor again, never a second one.
        Rotation::Retried { sealed } => sealed::open(presented.expose(), &sealed),
        Rotation::Reused { family } => {
            revoke_family(server, family, lifetime).await?;
            Err(dead_token())
        }
        Rotation::Rotated | Rotation::Unknown => Err(dead_token()),
    }
}

/// One answer for every refresh token that cannot be used, whatever the reason.
fn dead_token() -> Error {
    Error::invalid_grant("the refresh token is unknown, expired, revoked, used, or another client's")
}
