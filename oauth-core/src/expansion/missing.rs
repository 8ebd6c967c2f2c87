//! The items that stand in beside a compile error.

use std::sync::Arc;
use std::time::Duration;

use crate::client::Client;
use crate::error::Result;
use crate::frame::{AuthorizationServer, Grant};
use crate::grant::token_exchange::{ExchangeApproval, TokenExchangePolicy, TokenExchangeRequest};
use crate::jose::{Jwk, SigningKey};
use crate::openid::IdTokenSigner;
use crate::request::Request;
use crate::response::TokenResponse;
use crate::scope::ScopeSet;
use crate::secret::TokenHash;
use crate::store;
use crate::store::{
    AccessToken, Attempt, AuthorizationGrant, ClientStore, CodeRedemption, CodeStore, ConsentStore,
    DeviceAuthorization, DeviceDecision, DevicePoll, DeviceStore, PeekedCode, RefreshToken, ReplayStore,
    Revocation, RevocationStore, Rotation, Saving, Session, SessionStore, StoreRoles, Successor, TokenStore,
    User, UserStore,
};
use crate::time::UnixTime;
use crate::token::TokenGenerator;
use crate::validator::{Hooks, PlainValidator};

/// Everything a server is made of, without a value: macros emit it beside their errors, so that one mistake makes one
/// error.
#[derive(Debug)]
pub enum Missing {}

impl Missing {
    /// Never runs: there is a compile error beside it.
    pub fn never<T>() -> T {
        std::process::abort()
    }
}

impl StoreRoles for Missing {
    type Clients = Self;
    type Tokens = Self;
    type Codes = Self;
    type Users = Self;
    type Sessions = Self;
    type Consents = Self;
    type Devices = Self;
    type ReplayIds = Self;

    const KEEPS_REPLAY_IDS: bool = false;

    fn clients(&self) -> &Self {
        self
    }
    fn tokens(&self) -> &Self {
        self
    }
    fn codes(&self) -> &Self {
        self
    }
    fn users(&self) -> &Self {
        self
    }
    fn sessions(&self) -> &Self {
        self
    }
    fn consents(&self) -> &Self {
        self
    }
    fn devices(&self) -> &Self {
        self
    }
    fn replay_ids(&self) -> &Self {
        self
    }
}

impl PlainValidator for Missing {
    const WITHOUT_HOOKS: Hooks = Hooks::Unsaid;
}

impl TokenExchangePolicy for Missing {
    async fn may_exchange(&self, _: &TokenExchangeRequest, _: &Request) -> Result<ExchangeApproval> {
        match *self {}
    }
}

impl TokenGenerator for Missing {
    fn tokens(&self) -> crate::token::Tokens<'_> {
        match *self {}
    }
    async fn generate_token(&self, _: &Request) -> Result<String> {
        match *self {}
    }
}

impl IdTokenSigner for Missing {
    fn signing_key(&self) -> Option<SigningKey> {
        match *self {}
    }
    fn jwks(&self) -> Vec<Jwk> {
        match *self {}
    }
}

impl<S: AuthorizationServer> Grant<S> for Missing {
    const GRANT_TYPE: Option<&'static str> = None;

    async fn token(_: &crate::frame::RunningServer<S>, _: &mut Request) -> Result<TokenResponse> {
        Self::never()
    }
}

impl crate::http::HttpClient for Missing {
    async fn send(
        &self,
        _: http::Request<bytes::Bytes>,
    ) -> std::result::Result<http::Response<bytes::Bytes>, crate::http::HttpError> {
        match *self {}
    }
}

impl ClientStore for Missing {
    async fn client(&self, _: &str) -> store::Result<Option<Arc<Client>>> {
        match *self {}
    }
    async fn save_client(&self, _: Client) -> store::Result<()> {
        match *self {}
    }
    async fn is_origin_registered(&self, _: &str) -> store::Result<bool> {
        match *self {}
    }
}

impl UserStore for Missing {
    async fn user_by_username(&self, _: &str) -> store::Result<Option<User>> {
        match *self {}
    }
    async fn user(&self, _: &str) -> store::Result<Option<User>> {
        match *self {}
    }
    async fn save_user(&self, _: User) -> store::Result<()> {
        match *self {}
    }
    async fn rehash_password(&self, _: &str, _: &str, _: &str) -> store::Result<bool> {
        match *self {}
    }
    async fn delete_user(&self, _: &str) -> store::Result<bool> {
        match *self {}
    }
}

impl RevocationStore for Missing {
    async fn is_revoked(&self, _: &store::Marks, _: UnixTime) -> store::Result<bool> {
        match *self {}
    }
}

impl CodeStore for Missing {
    async fn save_code(&self, _: TokenHash, _: AuthorizationGrant) -> store::Result<()> {
        match *self {}
    }
    async fn peek_code(&self, _: &TokenHash, _: UnixTime) -> store::Result<Option<PeekedCode>> {
        match *self {}
    }
    async fn take_code(&self, _: &TokenHash, _: Attempt, _: UnixTime) -> store::Result<CodeRedemption> {
        match *self {}
    }
}

impl TokenStore for Missing {
    async fn save_tokens(
        &self,
        _: Option<AccessToken>,
        _: Option<RefreshToken>,
        _: UnixTime,
    ) -> store::Result<Saving> {
        match *self {}
    }
    async fn access_token(&self, _: &TokenHash, _: UnixTime) -> store::Result<Option<AccessToken>> {
        match *self {}
    }
    async fn refresh_token(&self, _: &TokenHash, _: UnixTime) -> store::Result<Option<RefreshToken>> {
        match *self {}
    }
    async fn rotate_refresh_token(
        &self,
        _: &TokenHash,
        _: Successor,
        _: Option<AccessToken>,
        _: UnixTime,
        _: Duration,
    ) -> store::Result<Rotation> {
        match *self {}
    }
    async fn revoke(&self, _: &Revocation, _: UnixTime) -> store::Result<()> {
        match *self {}
    }
}

impl SessionStore for Missing {
    async fn save_session(&self, _: TokenHash, _: Session) -> store::Result<()> {
        match *self {}
    }
    async fn session(&self, _: &TokenHash, _: UnixTime) -> store::Result<Option<Session>> {
        match *self {}
    }
    async fn add_session_client(&self, _: &TokenHash, _: &str, _: UnixTime) -> store::Result<()> {
        match *self {}
    }
    async fn end_session(&self, _: &TokenHash, _: UnixTime) -> store::Result<Option<Session>> {
        match *self {}
    }
    async fn end_sessions_of(&self, _: &str, _: UnixTime) -> store::Result<Vec<Session>> {
        match *self {}
    }
}

impl ReplayStore for Missing {
    async fn claim_replay_id(
        &self,
        _: &TokenHash,
        _: Attempt,
        _: UnixTime,
        _: UnixTime,
    ) -> store::Result<bool> {
        match *self {}
    }
}

impl ConsentStore for Missing {
    async fn consent(&self, _: &str, _: &str) -> store::Result<Option<ScopeSet>> {
        match *self {}
    }
    async fn save_consent(&self, _: &str, _: &str, _: ScopeSet) -> store::Result<()> {
        match *self {}
    }
    async fn delete_consent(&self, _: &str, _: &str) -> store::Result<bool> {
        match *self {}
    }
}

impl DeviceStore for Missing {
    async fn save_device_code(
        &self,
        _: TokenHash,
        _: TokenHash,
        _: DeviceAuthorization,
    ) -> store::Result<bool> {
        match *self {}
    }
    async fn device_authorization(
        &self,
        _: &TokenHash,
        _: UnixTime,
    ) -> store::Result<Option<DeviceAuthorization>> {
        match *self {}
    }
    async fn decide_device_code(&self, _: &TokenHash, _: DeviceDecision, _: UnixTime) -> store::Result<bool> {
        match *self {}
    }
    async fn poll_device_code(&self, _: &TokenHash, _: &str, _: UnixTime) -> store::Result<DevicePoll> {
        match *self {}
    }
    async fn take_device_code(
        &self,
        _: &TokenHash,
        _: Attempt,
        _: UnixTime,
    ) -> store::Result<CodeRedemption> {
        match *self {}
    }
}

impl store::PushedRequestStore for Missing {
    async fn save_pushed_request(&self, _: TokenHash, _: store::PushedRequest) -> store::Result<()> {
        match *self {}
    }
    async fn load_pushed_request(
        &self,
        _: &TokenHash,
        _: &str,
        _: UnixTime,
    ) -> store::Result<Option<store::LoadedRequest>> {
        match *self {}
    }
    async fn take_pushed_request(
        &self,
        _: &TokenHash,
        _: store::Attempt,
        _: UnixTime,
    ) -> store::Result<store::CodeRedemption> {
        match *self {}
    }
}
