//! Authorization requests, as a table of steps: one file a step.
//!
//! A step reads its `Parameters`, checks them against what the steps before it found, and returns what it found. Its file
//! has all that the specifications say of the parameter: what is read before anybody is asked, and what is checked once
//! somebody has answered. A new parameter is one file, its line in `validate`, and a field of [`AuthorizationRequest`].
//!
//! Nothing is kept and nothing used up before everything was checked: only `approve` issues.

mod approve;
mod claims;
mod client;
mod decide;
mod dpop_jkt;
mod errors;
mod flow;
mod hints;
mod max_age;
mod nonce;
mod parameters;
mod pkce;
mod prompt;
mod pushed;
mod redirect_uri;
mod request_object;
pub(crate) mod resource;
mod response_mode;
mod response_type;
pub(crate) mod scope;

use std::sync::Arc;

use ::http::Method;

use self::approve::approve;
pub(crate) use self::flow::{Destination, Flow, Outcome};
pub(crate) use self::parameters::Parameters;
pub(crate) use self::pushed::{Origin, load};
use crate::client::Client;
use crate::error::{Error, Result};
use crate::event::{Event, EventKind};
use crate::frame::AuthorizationServer;
use crate::interaction::Decision;
pub use crate::request::{AuthorizationRequest, OpenIdParameters, Prompt, ResponseMode};
pub use crate::response::{AuthorizationExtras, AuthorizationParameters};
use crate::validator::RequestValidator;

/// The first steps, whose errors go nowhere: nobody knows yet where to.
pub(crate) async fn destination<S: AuthorizationServer>(flow: &mut Flow<'_, S>) -> Result<Destination> {
    let client = client::find(flow).await?;
    destination_of(flow, client).await
}

async fn destination_of<S: AuthorizationServer>(
    flow: &mut Flow<'_, S>,
    client: Arc<Client>,
) -> Result<Destination> {
    let (redirect_uri, requested_redirect_uri) = redirect_uri::check(flow, &client).await?;
    let state = flow.parameters.text("state");
    let response_mode = response_mode::of_errors(flow);
    Ok(Destination { client, redirect_uri, requested_redirect_uri, state, response_mode })
}

/// The table: everything about an authorization request but the person. Errors go to the redirect URI.
async fn validate<S: AuthorizationServer>(
    flow: &mut Flow<'_, S>,
    destination: &Destination,
) -> Result<AuthorizationRequest> {
    let client = &destination.client;
    flow.server.validator().pre_authorization(flow.request).await?;
    pushed::check(flow, client)?;
    request_object::check(flow)?;
    let response_type = response_type::check(flow, client).await?;
    let response_mode = response_mode::check(flow, response_type)?;
    let code_challenge = pkce::check(flow, client, response_type).await?;
    let scopes = scope::check(flow, response_type).await?;
    let resources = resource::check(flow)?;
    // Here belongs `authorization_details` (RFC 9396).
    let dpop_jkt = dpop_jkt::check(flow, client, response_type)?;
    let openid = OpenIdParameters {
        prompt: prompt::check(flow)?,
        max_age: max_age::check(flow)?,
        display: flow.parameters.text("display"),
        ui_locales: flow.parameters.words("ui_locales"),
        login_hint: flow.parameters.text("login_hint"),
        id_token_hint: hints::check(flow, client)?,
        acr_values: claims::acr_values(flow)?,
        claims: claims::check(flow)?,
    };
    let nonce = nonce::check(flow, response_type)?;
    let authorization = AuthorizationRequest {
        client: Arc::clone(client),
        response_type,
        response_mode,
        redirect_uri: destination.redirect_uri.clone(),
        requested_redirect_uri: destination.requested_redirect_uri.clone(),
        scopes,
        resources,
        code_challenge,
        dpop_jkt,
        nonce,
        openid,
        loaded_at: flow.origin.loaded_at(),
        declared_claims: S::Validator::CLAIMS,
    };
    flow.server.validator().post_authorization(&authorization, flow.request).await?;
    Ok(authorization)
}

/// The table for a page of the application's own, or what to answer instead.
pub(crate) async fn validate_only<S: AuthorizationServer>(
    flow: &mut Flow<'_, S>,
    destination: &Destination,
) -> Result<AuthorizationRequest, Outcome> {
    match validate(flow, destination).await {
        Ok(authorization) => Ok(authorization),
        Err(error) => {
            let outcome = errors::outcome(flow, destination, false, error).await;
            Err(pushed::settle(flow, outcome).await)
        }
    }
}

/// The table for a request that its client pushes: whatever is wrong with it, the client is told at once (RFC 9126 §2.1).
pub(crate) async fn push<S: AuthorizationServer>(flow: &mut Flow<'_, S>, client: Arc<Client>) -> Result<()> {
    let destination = destination_of(flow, client).await?;
    validate(flow, &destination).await.map(drop)
}

/// The last steps: asks the person, unless `decided` says already what they said, and issues what they agreed to.
pub(crate) async fn respond<S: AuthorizationServer>(
    flow: &mut Flow<'_, S>,
    destination: &Destination,
    decided: Option<Decision>,
) -> Outcome {
    let outcome = answer(flow, destination, decided).await;
    pushed::settle(flow, outcome).await
}

async fn answer<S: AuthorizationServer>(
    flow: &mut Flow<'_, S>,
    destination: &Destination,
    decided: Option<Decision>,
) -> Outcome {
    let is_decided = decided.is_some();
    let authorization = match validate(flow, destination).await {
        Ok(authorization) => authorization,
        Err(error) => return errors::outcome(flow, destination, is_decided, error).await,
    };
    // What a form of the interaction sends is the same request again.
    if *flow.request.method() == Method::GET {
        flow.server.observe(&Event::of_request(EventKind::AuthorizationAccepted, flow.request));
    }
    match decide::decide(flow, &authorization, decided).await {
        Ok(Decision::Respond(page)) => Outcome::Page(page),
        Ok(Decision::Deny) => Outcome::Refused(Error::access_denied("the resource owner refused")),
        Ok(Decision::Approve(approval)) => approve(flow, destination, &authorization, approval)
            .await
            .map_or_else(Outcome::Refused, Outcome::Granted),
        Err(error) => errors::outcome(flow, destination, is_decided, error).await,
    }
}
