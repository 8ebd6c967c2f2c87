//! The device authorization endpoint, RFC 8628 §3.1.

use std::fmt;
use std::time::Duration;

use http::StatusCode;
use serde::ser::{Serialize, SerializeMap as _, Serializer};

use super::device_code;
use crate::client::GrantType;
use crate::error::Result;
use crate::frame::{AuthorizationServer, Endpoint, Route, RunningServer};
use crate::http::{Response, json};
use crate::interaction::DeviceInteraction;
use crate::issuing::identify;
use crate::model::UserCode;
use crate::request::{Request, append_query};
use crate::secret::SecretString;
use crate::store::{DeviceStore, StoreRoles};
use crate::validator::RequestValidator;

/// The answer to a device, RFC 8628 §3.2. `Debug` shows neither code.
#[derive(Clone)]
#[non_exhaustive]
pub struct DeviceAuthorizationResponse {
    /// `device_code`.
    pub device_code: SecretString,
    /// `user_code`.
    pub user_code: UserCode,
    /// `verification_uri`, where the person goes.
    pub verification_uri: String,
    /// `expires_in`, sent in seconds.
    pub expires_in: Duration,
    /// `interval`, sent in seconds.
    pub interval: Duration,
}

impl DeviceAuthorizationResponse {
    /// `verification_uri_complete`, for a QR code (§3.3.1).
    pub fn verification_uri_complete(&self) -> String {
        append_query(&self.verification_uri, [("user_code", self.user_code.expose().into())])
    }
}

impl Serialize for DeviceAuthorizationResponse {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("device_code", self.device_code.expose())?;
        map.serialize_entry("user_code", &self.user_code.expose())?;
        map.serialize_entry("verification_uri", &self.verification_uri)?;
        map.serialize_entry("verification_uri_complete", &self.verification_uri_complete())?;
        map.serialize_entry("expires_in", &self.expires_in.as_secs())?;
        map.serialize_entry("interval", &self.interval.as_secs())?;
        map.end()
    }
}

impl fmt::Debug for DeviceAuthorizationResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DeviceAuthorizationResponse")
            .field("verification_uri", &self.verification_uri)
            .field("expires_in", &self.expires_in)
            .field("interval", &self.interval)
            .finish_non_exhaustive()
    }
}

/// `device_authorization_endpoint`, which the grant brings along.
pub(crate) struct DeviceAuthorizationEndpoint;

impl<S> Endpoint<S> for DeviceAuthorizationEndpoint
where
    S: AuthorizationServer,
    <S::Validator as StoreRoles>::Devices: DeviceStore,
    S::Interaction: DeviceInteraction<S::Validator>,
{
    const ROUTE: Route = Route::DEVICE_AUTHORIZATION;
    const PATH: Option<&'static str> = Some(S::CONFIG.endpoints.device_authorization);

    fn may_repeat(server: &RunningServer<S>, name: &str) -> bool {
        server.config().may_repeat(name)
    }

    /// §3.1: "The client authentication requirements of Section 3.2.1 of [RFC6749] apply to requests on this endpoint".
    async fn respond(server: &RunningServer<S>, request: &mut Request) -> Result<Response> {
        request.validated.grant_type = Some(GrantType::DEVICE_CODE);
        let client = identify(server, request, S::CONFIG.endpoints.device_authorization).await?;
        server.validator().validate_grant_type(&client, &GrantType::DEVICE_CODE, request).await?;
        Ok(json(StatusCode::OK, &device_code::begin(server, request).await?))
    }
}
