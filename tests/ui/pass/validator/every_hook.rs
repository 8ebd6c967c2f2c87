//! Every hook, with the signature that errors show.
#![deny(warnings)]

use std::sync::Arc;

use oauth_core::endpoint::introspection::Introspection;
use oauth_core::openid::IdTokenClaims;
use oauth_core::prelude::*;
use oauth_core::store::{self, AccessToken, AuthorizationGrant, CodeRedemption, PeekedCode};
use oauth_core::token::TokenResponse;
use oauth_core::validator::Hook;
use serde_json::{Map, Value};

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

fn refuse<T>() -> Result<T> {
    Err(Error::invalid_request("no"))
}

#[validator]
impl Accounts {
    fn client_authentication_required(&self, _client: &Client, _request: &mut Request) -> Result<bool> {
        refuse()
    }

    fn authenticate_client(&self, _request: &mut Request) -> Result<Arc<Client>> {
        refuse()
    }

    fn get_client_secret(&self, _client: &Client, _request: &mut Request) -> Result<Option<SecretString>> {
        refuse()
    }

    fn validate_jwt_bearer_token(
        &self,
        _assertion: &UnverifiedAssertion<'_>,
        _request: &mut Request,
    ) -> Result<AcceptedAssertion> {
        refuse()
    }

    fn validate_client_id(&self, _client_id: &str, _request: &mut Request) -> Result<()> {
        refuse()
    }

    fn validate_grant_type(
        &self,
        _client: &Client,
        _grant_type: &GrantType,
        _request: &mut Request,
    ) -> Result<()> {
        refuse()
    }

    fn validate_response_type(
        &self,
        _client: &Client,
        _response_type: ResponseType,
        _request: &mut Request,
    ) -> Result<()> {
        refuse()
    }

    fn is_origin_allowed(&self, _client: &Client, _origin: &str, _request: &mut Request) -> Result<bool> {
        refuse()
    }

    fn validate_redirect_uri(
        &self,
        _client: &Client,
        _redirect_uri: &str,
        _request: &mut Request,
    ) -> Result<()> {
        refuse()
    }

    fn get_default_redirect_uri(&self, _client: &Client, _request: &mut Request) -> Result<Option<String>> {
        refuse()
    }

    fn validate_scopes(&self, _client: &Client, _scopes: &ScopeSet, _request: &mut Request) -> Result<()> {
        refuse()
    }

    fn get_default_scopes(
        &self,
        _client: &Client,
        _server_defaults: &ScopeSet,
        _request: &mut Request,
    ) -> Result<ScopeSet> {
        refuse()
    }

    fn is_within_original_scope(
        &self,
        _scopes: &ScopeSet,
        _original: &ScopeSet,
        _request: &mut Request,
    ) -> Result<bool> {
        refuse()
    }

    fn is_pkce_required(&self, _client: &Client, _request: &mut Request) -> Result<bool> {
        refuse()
    }

    fn save_authorization_code(
        &self,
        _code: &SecretString,
        _grant: AuthorizationGrant,
        _request: &mut Request,
    ) -> Result<()> {
        refuse()
    }

    fn peek_authorization_code(&self, _code: &str, _request: &mut Request) -> Result<Option<PeekedCode>> {
        refuse()
    }

    fn redeem_authorization_code(&self, _code: &str, _request: &mut Request) -> Result<CodeRedemption> {
        refuse()
    }

    fn pre_authorization(&self, _request: &mut Request) -> Result<()> {
        refuse()
    }

    fn post_authorization(&self, _authorization: &AuthorizationRequest, _request: &Request) -> Result<()> {
        refuse()
    }

    fn code_modifier(&self, _extras: &mut AuthorizationExtras<'_>, _request: &Request) -> Result<()> {
        refuse()
    }

    fn pre_token(&self, _request: &mut Request) -> Result<()> {
        refuse()
    }

    fn post_token(&self, _request: &Request) -> Result<()> {
        refuse()
    }

    fn token_modifier(&self, _extras: &mut TokenExtras<'_>, _request: &Request) -> Result<()> {
        refuse()
    }

    fn save_bearer_token(&self, _token: &TokenResponse, _request: &mut Request) -> Result<()> {
        refuse()
    }

    fn validate_bearer_token(
        &self,
        _token: &str,
        _scopes: &ScopeSet,
        _request: &mut Request,
    ) -> Result<AccessToken> {
        refuse()
    }

    fn validate_refresh_token(
        &self,
        _token: &str,
        _client: &Client,
        _request: &mut Request,
    ) -> Result<store::RefreshToken> {
        refuse()
    }

    fn rotate_refresh_token(&self, _request: &mut Request) -> Result<bool> {
        refuse()
    }

    fn revoke_token(
        &self,
        _token: &str,
        _token_type_hint: Option<&str>,
        _request: &mut Request,
    ) -> Result<()> {
        refuse()
    }

    fn finalize_id_token(&self, _claims: &mut IdTokenClaims, _request: &Request) -> Result<()> {
        refuse()
    }

    fn refresh_id_token(&self, _request: &mut Request) -> Result<bool> {
        refuse()
    }

    fn validate_silent_login(&self, _request: &mut Request) -> Result<bool> {
        refuse()
    }

    fn validate_silent_authorization(&self, _request: &mut Request) -> Result<bool> {
        refuse()
    }

    fn validate_user_match(&self, _sub: &str, _request: &mut Request) -> Result<bool> {
        refuse()
    }

    fn introspect_token(
        &self,
        _token: &str,
        _token_type_hint: Option<&str>,
        _request: &mut Request,
    ) -> Result<Option<Introspection>> {
        refuse()
    }

    fn get_userinfo_claims(&self, _request: &mut Request) -> Result<Claims> {
        refuse()
    }

    fn validate_user(
        &self,
        _username: &str,
        _password: &str,
        _request: &mut Request,
    ) -> Result<Option<User>> {
        refuse()
    }

    fn get_login_key(&self, username: &str, _request: &mut Request) -> Result<String> {
        Ok(username.to_lowercase())
    }

    fn is_otp_required(&self, user: &User, _request: &mut Request) -> Result<bool> {
        Ok(user.claims.contains_key("totp"))
    }

    fn validate_otp(&self, _user: &User, _otp: &str, _request: &mut Request) -> Result<bool> {
        refuse()
    }

    async fn allow_fetch(&self, _url: &str, _request: &mut Request) -> Result<bool> {
        refuse()
    }

    async fn allow_client(&self, _client: &Client, _request: &mut Request) -> Result<bool> {
        refuse()
    }

    async fn validate_initial_access_token(&self, _token: &str, _request: &mut Request) -> Result<bool> {
        refuse()
    }

    async fn claim_initial_access_token(&self, _token: &str, _request: &mut Request) -> Result<bool> {
        refuse()
    }

    async fn validate_software_statement(
        &self,
        _statement: &str,
        _request: &mut Request,
    ) -> Result<Option<Map<String, Value>>> {
        refuse()
    }

    async fn get_token_resources(
        &self,
        _resources: &[String],
        _request: &mut Request,
    ) -> Result<Vec<String>> {
        refuse()
    }

    #[token_generator]
    fn token(&self, _request: &Request) -> Result<String> {
        refuse()
    }

    #[token_generator(refresh)]
    fn handle(&self, _request: &Request) -> Result<String> {
        refuse()
    }
}

/// A server with whatever asks them.
#[authorization_server(
    grants(
        authorization_code,
        refresh_token,
        implicit,
        client_credentials,
        password,
        device_code,
        jwt_bearer
    ),
    profile = "oauth2.0",
    scopes("openid", "profile" = "See your name"),
    issuer = "https://auth.example.com",
    danger_pkce_optional,
    pushed_authorization_requests,
    client_id_metadata_documents,
    registration(initial_access_token),
    unverified_scopes("openid", "profile")
)]
struct Everything {
    #[validator]
    accounts: Accounts,
    #[id_token]
    keys: IdTokenKeys,
    #[interaction]
    pages: LoginPages,
}

fn require<V: RequestValidator>() {}

fn main() {
    const { assert!(Accounts::KNOWS_CLIENT_SECRETS && Accounts::KEEPS_REPLAY_IDS) };
    require::<Accounts>();
    const { assert!(Accounts::HOOKS.overridden().len() == Hook::ALL.len()) };
    let _ = |server: Everything| server.start();
}
