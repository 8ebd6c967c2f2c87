//! How tokens are issued: all of them are made before anything is used up, and kept before anything is answered.

use std::time::Duration;

use super::{GrantSet, GrantType, bearer};
use crate::error::Result;
use crate::event::{Event, EventKind};
use crate::openid::id_token;
use crate::request::{RefreshLifetimes, Request};
use crate::server::{AuthorizationServer, RunningServer};
use crate::store::{FamilyId, Revocation, TokenStore as _};
use crate::token::{BearerToken, IncludeRefreshToken, TokenExtras, TokenGenerator as _, TokenResponse};
use crate::validator::{RequestValidator, StoreRoles as _};

/// Whether a client gets a refresh token with this response: the server has the grant and so has the client.
pub(crate) fn include_refresh_token<S: AuthorizationServer>(request: &Request) -> IncludeRefreshToken {
    let allowed = S::Grants::HAS_REFRESH_TOKEN
        && request
            .client
            .as_ref()
            .is_some_and(|client| client.grant_types.contains(&GrantType::REFRESH_TOKEN));
    if allowed { IncludeRefreshToken::Yes } else { IncludeRefreshToken::No }
}

/// Makes the tokens of a response, with the ID token if one is due, and keeps nothing.
pub(crate) async fn mint<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
    include: IncludeRefreshToken,
) -> Result<TokenResponse> {
    bearer(server).identify_subject(request)?;
    // Implicit tokens are made at the authorization endpoint, which has hooks and an ID token of its own.
    let is_token_endpoint = request.grant_type.is_some();
    if is_token_endpoint {
        server.validator().post_token(request).await?;
    }
    let mut token = bearer(server).create_token(request, include).await?;
    server.validator().token_modifier(&mut TokenExtras::new(&mut token), request).await?;
    if is_token_endpoint {
        token.id_token = id_token::of_token_response(server, request, &token.access_token).await?;
        request.issuing.is_id_token_settled = true;
    }
    Ok(token)
}

/// Makes the tokens of a response and keeps them.
pub(crate) async fn issue<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
    include: IncludeRefreshToken,
) -> Result<TokenResponse> {
    let token = mint(server, request, include).await?;
    server.validator().save_bearer_token(&token, request).await?;
    Ok(token)
}

/// Makes the tokens of a response for the request's subject, as a family of their own, and keeps them: with a refresh
/// token where the server and the client have the grant.
pub(crate) async fn issue_to_subject<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
) -> Result<TokenResponse> {
    request.validated.family = Some(FamilyId::random());
    issue(server, request, include_refresh_token::<S>(request)).await
}

/// How long refresh tokens of a server live.
pub(crate) const fn refresh_lifetimes<S: AuthorizationServer>() -> RefreshLifetimes {
    RefreshLifetimes { each: S::CONFIG.refresh_token_lifetime, all: S::CONFIG.refresh_token_max_lifetime }
}

/// Revokes all that was issued from one authorization, until the last of it would have expired by itself.
///
/// `kind` is why, and `lifetime` is that of a refresh token of the family, which an earlier configuration may have made longer.
pub(crate) async fn revoke_family<S: AuthorizationServer>(
    server: &RunningServer<S>,
    family: Option<FamilyId>,
    lifetime: Duration,
    kind: EventKind,
) -> Result<()> {
    let Some(family) = family else { return Ok(()) };
    let refresh = lifetime.max(S::CONFIG.refresh_token_lifetime);
    let until = server.now() + S::CONFIG.code_lifetime + refresh + access_token_lifetime::<S>(server);
    server.validator().tokens().revoke(&Revocation::Family(family), until).await?;
    // A code or a refresh token was used twice.
    let now = server.now();
    server.observe(&Event::new(kind, now).family(family));
    server.observe(&Event::new(EventKind::FamilyRevoked, now).family(family));
    Ok(())
}

/// How long the access tokens of a server live.
pub(crate) fn access_token_lifetime<S: AuthorizationServer>(server: &S) -> Duration {
    server.access_tokens().expires_in().unwrap_or(BearerToken::<S::Validator>::DEFAULT_EXPIRES_IN)
}
