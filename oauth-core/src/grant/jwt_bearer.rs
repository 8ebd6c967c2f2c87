//! The JWT bearer grant, RFC 7523 §2.1: what an issuer that is trusted says of somebody is worth a token.

use super::id_jag;
use crate::assertion;
use crate::assertion::{AcceptedAssertion, UnverifiedAssertion};
use crate::client::GrantType;
use crate::error::{Error, Result};
use crate::event::{Event, EventKind};
use crate::frame::{AuthorizationServer, Grant, RunningServer};
use crate::issuing::{issue, scopes_of_body};
use crate::jose::{InvalidJws, JwtKind};
use crate::request::{Request, Unclaimed};
use crate::response::TokenResponse;
use crate::store::{ReplayStore, StoreRoles};
use crate::token::IncludeRefreshToken;
use crate::validator::RequestValidator;

/// `urn:ietf:params:oauth:grant-type:jwt-bearer`. Needs a store for the identifiers of used assertions;
/// [`validate_jwt_bearer_token`](RequestValidator::validate_jwt_bearer_token) says whom to trust, and by default nobody is.
///
/// An identity assertion authorization grant (ID-JAG, `typ` `oauth-id-jag+jwt`) is one of another kind: it names the client, which comes
/// back with it for each token while it lasts.
///
/// The token speaks for whom the hook names, or for the client itself; the assertion's `sub` is its issuer's name for somebody,
/// and nobody here by itself. There is no refresh token (RFC 7521 §4.1): a client that still has its right gets another
/// assertion.
#[derive(Debug, Clone, Copy)]
pub struct JwtBearer;

impl<S> Grant<S> for JwtBearer
where
    S: AuthorizationServer,
    <S::Validator as StoreRoles>::ReplayIds: ReplayStore,
{
    const GRANT_TYPE: Option<&'static str> = Some(GrantType::JWT_BEARER_NAME);
    const IS_OURS: bool = true;

    async fn token(server: &RunningServer<S>, request: &mut Request) -> Result<TokenResponse> {
        let parameter = request.body().get("assertion");
        let text = parameter.ok_or_else(|| Error::invalid_request("assertion is missing"))?.to_owned();
        let scopes = scopes_of_body(server, request).await?;
        let refused = |cause| {
            tracing::debug!(target: "oauth_core", %cause, "assertion refused");
            assertion::refused()
        };
        let issuer = server.issuer();
        let audiences = |kind| match kind {
            JwtKind::IdJag => vec![issuer.to_owned()],
            _ => assertion::audiences(issuer, S::CONFIG.endpoints.token, S::CONFIG.endpoints.token),
        };
        let kinds = [JwtKind::IdJag, JwtKind::AuthorizationGrant];
        let unverified =
            UnverifiedAssertion::parse(&kinds, &text, audiences, server.now()).map_err(refused)?;
        let is_identity = unverified.is_identity_assertion();
        // FAPI 2.0 §5.4.1, whatever keys the hook has.
        if S::CONFIG.profile.algorithms().is_some_and(|allowed| !allowed.contains(&unverified.algorithm())) {
            return Err(refused(InvalidJws::UnsupportedAlgorithm));
        }
        let accepted = server.validator().validate_jwt_bearer_token(&unverified, request).await?;
        let AcceptedAssertion { verified, subject } = accepted;
        let scopes = if is_identity { id_jag::check(server, &verified, scopes, request)? } else { scopes };
        request.validated.subject = subject;
        request.validated.scopes = Some(scopes);
        if !is_identity {
            let (id, until) = (verified.replay_id, verified.until);
            // Before that of the client: what is worth a token is what is used up.
            request.issuing.unclaimed.insert(0, Unclaimed { id, until, reused: assertion::refused });
        }
        let token = issue(server, request, IncludeRefreshToken::No).await?;
        server.observe(&Event::of_request(EventKind::AssertionAccepted, request));
        Ok(token)
    }
}
