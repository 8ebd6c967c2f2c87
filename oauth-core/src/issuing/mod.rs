//! The work that grants and endpoints share: the client is authenticated, and tokens are issued. All of them are made before anything is used up, and kept before anything is answered.

mod authenticate;
pub(crate) mod id_token;
mod id_token_hint;
pub(crate) mod offered;
pub(crate) mod resource;

use std::time::Duration;

pub(crate) use self::authenticate::{authenticate, claim_replay_ids, identify};
use crate::binding::dpop::check_bound;
use crate::client::GrantType;
use crate::error::Result;
use crate::event::{Event, EventKind};
use crate::frame::{AuthorizationServer, GrantSet as _, RunningServer, access_token_lifetime};
use crate::openid::IdTokenSigner as _;
use crate::request::Request;
use crate::response::{TokenExtras, TokenResponse};
use crate::scope::ScopeSet;
use crate::store::{FamilyId, Revocation, StoreRoles as _, TokenStore as _};
use crate::token::IncludeRefreshToken;
use crate::validator::RequestValidator as _;

/// The methods for a [`Grant`](crate::frame::Grant) of an application's own.
impl<S: AuthorizationServer> RunningServer<S> {
    /// The scopes that a token request asks for, checked against the server's and the client's, or the defaults (RFC 6749 §3.3).
    ///
    /// # Errors
    ///
    /// `invalid_scope`.
    pub async fn requested_scopes(&self, request: &mut Request) -> Result<ScopeSet> {
        scopes_of_body(self, request).await
    }

    /// Makes the tokens of a response, with the hooks around, and keeps the access token. The request has its scopes, and its
    /// subject, where it speaks for a person.
    ///
    /// # Errors
    ///
    /// What hooks, generators and stores return.
    pub async fn issue(&self, request: &mut Request, include: IncludeRefreshToken) -> Result<TokenResponse> {
        issue(self, request, include).await
    }
}

/// Tells whether a client gets a refresh token with this response: the server has the grant and so has the
/// client.
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
    // Of an endpoint of the application's own, too.
    if S::CONFIG.profile.is_fapi2() {
        check_bound(request.confirmation.as_ref())?;
    }
    resource::settle(server, request).await?;
    server.bearer().identify_subject(request)?;
    // Implicit tokens are made at the authorization endpoint, which has hooks and an ID token of its own.
    let is_token_endpoint = request.grant_type.is_some();
    if is_token_endpoint {
        server.validator().post_token(request).await?;
    }
    request.check_is_as_validated()?;
    let mut token = server.bearer().create_token(request, include).await?;
    server.validator().token_modifier(&mut TokenExtras::new(&mut token), request).await?;
    if is_token_endpoint && S::IdTokens::IS_OPENID_PROVIDER {
        // It is the client's, and not a resource's.
        let extent = request.extent();
        request.set_extent(request.whole());
        token.id_token = id_token::of_token_response(server, request, &token.access_token).await?;
        request.set_extent(extent);
    }
    request.issuing.is_id_token_settled |= is_token_endpoint;
    claim_replay_ids(server, request).await?;
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
    request.widen();
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

/// Ends what a marker is about, for as long as any of it could live.
pub(crate) async fn revoke<S: AuthorizationServer>(
    server: &RunningServer<S>,
    revocation: &Revocation,
) -> Result<()> {
    Ok(server.validator().tokens().revoke(revocation, server.now() + Revocation::LONGEST).await?)
}

/// Revokes all that was issued from one authorization, until the last of it would have expired by itself.
///
/// `kind` is why, and `lifetime` is that of a refresh token of the family, which an earlier configuration may have made longer.
pub(crate) async fn revoke_family<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &Request,
    family: Option<FamilyId>,
    lifetime: Duration,
    kind: EventKind,
) -> Result<()> {
    let Some(family) = family else { return Ok(()) };
    let refresh = lifetime.max(S::CONFIG.refresh_token_lifetime);
    let until = server.now() + S::CONFIG.code_lifetime + refresh + access_token_lifetime::<S>(server);
    server.validator().tokens().revoke(&Revocation::Family(family), until).await?;
    // A code or a refresh token was used twice.
    server.observe(&Event::of_request(kind, request).family(family));
    server.observe(&Event::of_request(EventKind::FamilyRevoked, request).family(family));
    Ok(())
}

/// Checks a requested `scope` against the server's and the client's, or takes the defaults (RFC 6749 §3.3).
pub(crate) async fn requested_scopes<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
    requested: Option<&str>,
) -> Result<ScopeSet> {
    let scopes = requested.map(|requested| declared_scopes(server, request, requested)).transpose()?;
    allowed_scopes(server, request, scopes).await
}

/// As [`requested_scopes`], of the `scope` of a token request.
pub(crate) async fn scopes_of_body<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
) -> Result<ScopeSet> {
    let requested = request.body().get("scope");
    let scopes = requested.map(|requested| declared_scopes(server, request, requested)).transpose()?;
    allowed_scopes(server, request, scopes).await
}

fn declared_scopes<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &Request,
    requested: &str,
) -> Result<ScopeSet> {
    ScopeSet::parse_declared(requested, server.config().scopes, &request.require_client()?.scope)
}

/// These scopes, if the client may have them, or the defaults.
async fn allowed_scopes<S: AuthorizationServer>(
    server: &RunningServer<S>,
    request: &mut Request,
    scopes: Option<ScopeSet>,
) -> Result<ScopeSet> {
    let client = request.require_client()?;
    let Some(scopes) = scopes else {
        let defaults = server.config().default_scope_set();
        let scopes = server.validator().get_default_scopes(&client, &defaults, request).await?;
        return Ok(server.config().declared_of(&scopes));
    };
    server.validator().validate_scopes(&client, &scopes, request).await?;
    Ok(scopes)
}
