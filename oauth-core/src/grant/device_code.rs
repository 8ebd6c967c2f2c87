//! The device authorization grant, RFC 8628: a device without a browser shows a code, and a person approves it elsewhere.

use super::device_authorization::{DeviceAuthorizationEndpoint, DeviceAuthorizationResponse};
use crate::authorization::{Flow, Origin, Parameters, resource, scope};
use crate::client::GrantType;
use crate::error::{Error, ErrorCode, Result};
use crate::event::{Event, EventKind};
use crate::frame::{Asks, AuthorizationServer, Grant, ListedEndpoint, RunningServer};
use crate::interaction::DeviceInteraction;
use crate::issuing::{claim_replay_ids, include_refresh_token, mint};
use crate::limits::Network;
use crate::model::UserCode;
use crate::request::Request;
use crate::response::TokenResponse;
use crate::secret::{SecretString, TokenHash};
use crate::store::{CodeRedemption, DeviceAuthorization, DevicePoll, DeviceStore, StoreRoles};
use crate::validator::RequestValidator as _;

/// `urn:ietf:params:oauth:grant-type:device_code`. Needs a store for devices and a [`DeviceInteraction`].
#[derive(Debug, Clone, Copy)]
pub struct DeviceCode;

/// User codes that are tried: two live ones are the same once in 2³⁴ pairs.
const ATTEMPTS: usize = 8;

impl<S> Grant<S> for DeviceCode
where
    S: AuthorizationServer,
    <S::Validator as StoreRoles>::Devices: DeviceStore,
    S::Interaction: DeviceInteraction<S::Validator>,
{
    const GRANT_TYPE: Option<&'static str> = Some(GrantType::DEVICE_CODE_NAME);
    const IS_OURS: bool = true;
    const ASKS: Option<Asks<S>> = Some(Asks::for_devices());
    const ENDPOINTS: &'static [ListedEndpoint<S>] = &[ListedEndpoint::of::<DeviceAuthorizationEndpoint>()];

    /// §3.4, §3.5. A code that was used up is `invalid_grant` and nothing more: devices poll, and two polls at once are no
    /// attack; nor did anyone but the device ever see the code.
    async fn token(server: &RunningServer<S>, request: &mut Request) -> Result<TokenResponse> {
        let device_code = request.body().get("device_code");
        let device_code =
            TokenHash::of(device_code.ok_or_else(|| Error::invalid_request("device_code is missing"))?);
        let client = request.require_client()?;
        let devices = server.validator().devices();
        match devices.poll_device_code(&device_code, &client.client_id, server.now()).await? {
            DevicePoll::Approved(grant) => {
                request.restore(&grant.authorization);
                request.validated.scopes = Some(server.config().declared_of(&grant.authorization.scopes));
                let token = mint(server, request, include_refresh_token::<S>(request)).await?;
                match devices.take_device_code(&device_code, request.attempt(), server.now()).await? {
                    CodeRedemption::Redeemed => {}
                    CodeRedemption::Taken | CodeRedemption::Unknown => return Err(dead_code()),
                }
                server.validator().save_bearer_token(&token, request).await?;
                server.observe(&Event::of_request(EventKind::DeviceRedeemed, request));
                Ok(token)
            }
            DevicePoll::Pending => Err(Error::new(ErrorCode::AuthorizationPending)),
            DevicePoll::SlowDown => {
                server.observe(&Event::of_request(EventKind::DeviceTooFast, request));
                Err(Error::new(ErrorCode::SlowDown))
            }
            DevicePoll::Denied => Err(Error::access_denied("the person refused")),
            DevicePoll::Expired => Err(Error::new(ErrorCode::ExpiredToken)),
            DevicePoll::Unknown => Err(dead_code()),
        }
    }
}

/// Begins it, for a client that is authenticated and may use the grant (§3.2).
pub(crate) async fn begin<S>(
    server: &RunningServer<S>,
    request: &mut Request,
) -> Result<DeviceAuthorizationResponse>
where
    S: AuthorizationServer,
    <S::Validator as StoreRoles>::Devices: DeviceStore,
    S::Interaction: DeviceInteraction<S::Validator>,
{
    let client = request.require_client()?;
    let parameters = Parameters::from(request.body());
    let flow = &mut Flow { server, request, parameters: &parameters, origin: Origin::Direct };
    let scopes = scope::read(flow).await?;
    let resources = resource::check(flow)?;
    let address = Network::of(&request.extensions).filter(|_| !request.client_is_vouched_for());
    server.limits().device(&client.client_id, address, server.instant())?;
    claim_replay_ids(server, request).await?;
    let (expires_in, interval) = (S::CONFIG.device_code_lifetime, S::CONFIG.device_polling_interval);
    let expires_at = server.now() + expires_in;
    let authorization = DeviceAuthorization {
        client_id: client.client_id.clone(),
        scopes,
        resources,
        claims: request.claims.as_map().clone(),
        interval,
        expires_at,
        // Who polls as told learns that it has expired, and nobody else needs it.
        kept_until: expires_at + interval * 2,
    };
    let device_code = SecretString::random();
    for _ in 0..ATTEMPTS {
        let user_code = UserCode::random();
        let devices = server.validator().devices();
        if devices.save_device_code(device_code.hash(), user_code.hash(), authorization.clone()).await? {
            let path = <S::Interaction as DeviceInteraction<S::Validator>>::VERIFICATION_PATH;
            let verification_uri = format!("{}{path}", server.issuer());
            server.observe(&Event::of_request(EventKind::DeviceRequested, request));
            return Ok(DeviceAuthorizationResponse {
                device_code,
                user_code,
                verification_uri,
                expires_in,
                interval,
            });
        }
    }
    Err(Error::server("every user code that was tried is in use"))
}

fn dead_code() -> Error {
    Error::invalid_grant("the device code is unknown, used, or another client's")
}
