//! The codes and tokens that are issued to a client that the person approved.

use super::{Destination, Flow, claims, hints, max_age, prompt, pushed, scope};
use crate::client::ResponseType;
use crate::error::{Error, Result};
use crate::frame::{AuthorizationServer, grant_set};
use crate::interaction::Approval;
use crate::issuing::id_token;
use crate::issuing::id_token::Beside;
use crate::model::{IdTokenContext, check_sub};
use crate::openid::session_management::session_state;
use crate::openid::{IdTokenSigner as _, subject_identifier};
use crate::request::AuthorizationRequest;
use crate::response::{AuthorizationExtras, AuthorizationParameters};
use crate::store::FamilyId;
use crate::validator::RequestValidator as _;

/// Issues what was asked for, once it is certain that who approved, and how they logged in, is what the client asked for.
/// Interactions should see to that themselves; here it holds whoever wrote them.
pub(super) async fn approve<S: AuthorizationServer>(
    flow: &mut Flow<'_, S>,
    destination: &Destination,
    authorization: &AuthorizationRequest,
    approval: Approval,
) -> Result<AuthorizationParameters> {
    let browser_state = approval.browser_state.clone();
    identify(flow, authorization, approval)?;
    scope::check_granted(flow.request, authorization)?;
    max_age::check_login(flow, authorization)?;
    hints::check_subject(flow, authorization).await?;
    claims::check_acr::<S>(flow.request, authorization)?;
    prompt::check_silent(flow, authorization).await?;
    pushed::take(flow).await?;
    // What is issued here dies together with what its code will yield.
    let has_code = authorization.response_type.contains(ResponseType::CODE);
    flow.request.validated.family = has_code.then(FamilyId::random);
    let is_watched = flow.request.openid.is_some() && S::CONFIG.endpoints.check_session.is_some();
    let session_state =
        |state: String| session_state(&authorization.client, &authorization.redirect_uri, &state);
    let mut response = AuthorizationParameters {
        session_state: browser_state.filter(|_| is_watched).and_then(session_state),
        ..AuthorizationParameters::default()
    };
    grant_set::authorize(flow.server, flow.request, authorization, &mut response).await?;
    if authorization.response_type.contains(ResponseType::ID_TOKEN) {
        // It comes last, for it has the hashes of the others.
        let beside = Beside {
            access_token: response.token.as_ref().map(|token| &token.access_token),
            code: response.code.as_ref(),
            state: destination.state.as_deref(),
        };
        response.id_token = Some(id_token::issue(flow.server, flow.request, beside).await?);
    }
    let mut extras = AuthorizationExtras::new(&mut response);
    flow.server.validator().code_modifier(&mut extras, flow.request).await?;
    Ok(response)
}

/// The request has the person, their login and what they granted from now on.
fn identify<S: AuthorizationServer>(
    flow: &mut Flow<'_, S>,
    authorization: &AuthorizationRequest,
    approval: Approval,
) -> Result<()> {
    let granted = approval.scopes.as_ref().unwrap_or(&authorization.scopes);
    let scopes = authorization.scopes.intersection(granted);
    let is_openid = S::IdTokens::IS_OPENID_PROVIDER && scopes.contains("openid");
    let request = &mut *flow.request;
    request.validated.openid = is_openid.then(|| IdTokenContext {
        nonce: authorization.nonce.clone(),
        sid: approval.sid,
        session_expires_at: approval.session_expires_at,
        is_offline: scopes.contains("offline_access"),
        claims: authorization.granted_claims(granted),
    });
    let sub = subject_identifier(flow.server.pairwise_key(), &authorization.client, &approval.subject)?;
    check_sub(&sub).map_err(Error::server)?;
    request.pairwise_identifier = Some(sub.into_owned());
    request.validated.subject = Some(approval.subject);
    request.validated.auth_time = Some(approval.auth_time.unwrap_or_else(|| flow.server.now()));
    request.validated.acr = approval.acr;
    request.validated.amr = approval.amr;
    request.validated.scopes = Some(scopes);
    Ok(())
}
