//! The clients that fit a server.

use crate::client::{
    Client, ClientAuthMethod, GrantType, Introspects, InvalidClientMetadata, ResponseType, SubjectType,
    of_client,
};
use crate::frame::{AuthorizationServer, Route, RunningServer};
use crate::issuing::offered::offers;
use crate::openid::IdTokenSigner as _;

impl<S: AuthorizationServer> RunningServer<S> {
    /// Checks that the server has what a client wants of it: its grants, response types, scopes, resources, its way to authenticate.
    /// [`Admin::create_client`](crate::admin::Admin::create_client) of a running server checks it, too; a store saves whatever it is
    /// given.
    ///
    /// Of the grants that [`build`](crate::client::ClientBuilder::build) adds by itself, `refresh_token` and `client_credentials`, it
    /// need not have more than the client can do without.
    ///
    /// ```
    /// use oauth_core::prelude::*;
    ///
    /// #[validator]
    /// struct Accounts {
    ///     #[store]
    ///     store: MemoryStore,
    /// }
    ///
    /// #[authorization_server(grants(client_credentials), scopes("reports"), issuer = "https://auth.example.com")]
    /// struct Server {
    ///     #[validator]
    ///     accounts: Accounts,
    /// }
    ///
    /// let server = Server { accounts: Accounts { store: MemoryStore::new() } }.start()?;
    /// let client = Client::confidential("billing", &ClientSecret::generate()).scope("report").build()?;
    /// let mistake = server.check_client(&client).unwrap_err();
    /// assert_eq!(
    ///     mistake.to_string(),
    ///     "client `billing` wants the scope `report`, which the server does not declare: it has `reports` (RFC 6749 §3.3)"
    /// );
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// One line that names the client, what it wants, and what the server has.
    pub fn check_client(&self, client: &Client) -> Result<(), InvalidClientMetadata> {
        self.check_method(client)?;
        self.check_grants(client)?;
        self.check_scopes(client)?;
        self.check_endpoints(client)?;
        self.check_openid(client)?;
        if S::CONFIG.profile.is_fapi2() { client.check_fapi2() } else { Ok(()) }
    }

    fn check_method(&self, client: &Client) -> Result<(), InvalidClientMetadata> {
        let method = client.token_endpoint_auth_method;
        if offers::<S>(method)
            || self.client_authentication().iter().any(|outside| outside.method() == method)
        {
            return Ok(());
        }
        let offered = named(self.metadata().client_authentication.iter().map(ClientAuthMethod::as_str));
        Err(of_client(
            client,
            &format!(
                "authenticates by `{method}`, which the server does not offer: it has {offered} (RFC 8414 §2)"
            ),
        )
        .of("token_endpoint_auth_method"))
    }

    fn check_grants(&self, client: &Client) -> Result<(), InvalidClientMetadata> {
        let metadata = self.metadata();
        let is_offered = |grant: &GrantType| metadata.has_grant_type(grant.as_str());
        let may_lack = [GrantType::REFRESH_TOKEN, GrantType::CLIENT_CREDENTIALS];
        let has_more =
            client.introspects != Introspects::Nothing || client.grant_types.iter().any(is_offered);
        let is_spare = |grant: &GrantType| may_lack.contains(grant) && has_more;
        if let Some(grant) = client.grant_types.iter().find(|grant| !is_offered(grant) && !is_spare(grant)) {
            let offered = named(metadata.grant_types.iter().copied());
            let mistake = format!(
                "wants the grant `{grant}`, which the server does not offer: it has {offered} (RFC 8414 §2)"
            );
            return Err(of_client(client, &mistake).of("grant_types"));
        }
        let is_missing = |wanted: &&ResponseType| !metadata.has_response_type(**wanted);
        if let Some(wanted) = client.response_types.iter().find(is_missing) {
            let offered = named(metadata.response_types.iter().map(|known| known.as_str()));
            let mistake = format!(
                "wants the response type `{wanted}`, which the server does not offer: it has {offered} (RFC 8414 §2)"
            );
            return Err(of_client(client, &mistake).of("response_types"));
        }
        if !client.require_pkce && !S::CONFIG.danger_pkce_optional {
            let mistake = "is exempt from PKCE, which the server demands of all: leave `require_pkce(false)` out, or write \
                           `danger_pkce_optional` at the server (OAuth 2.1 §4.1.1)";
            return Err(of_client(client, mistake));
        }
        Ok(())
    }

    fn check_scopes(&self, client: &Client) -> Result<(), InvalidClientMetadata> {
        let config = self.config();
        let is_missing = |name: &&str| !config.scopes.iter().any(|scope| scope.name == *name);
        if let Some(wanted) = client.scope.iter().find(is_missing) {
            let declared = named(config.scopes.iter().map(|scope| scope.name));
            let mistake = format!(
                "wants the scope `{wanted}`, which the server does not declare: it has {declared} (RFC 6749 §3.3)"
            );
            return Err(of_client(client, &mistake).of("scope"));
        }
        let is_missing = |uri: &&String| !config.resources.iter().any(|resource| resource.is_meant_by(uri));
        if let Some(wanted) = client.resources.iter().find(is_missing) {
            let declared = named(config.resources.iter().map(|resource| resource.uri));
            let mistake = format!(
                "wants the resource `{wanted}`, which the server does not declare: it has {declared} (RFC 8707 §2)"
            );
            return Err(of_client(client, &mistake).of("resources"));
        }
        Ok(())
    }

    /// Checks what needs an endpoint or a switch of the server.
    fn check_endpoints(&self, client: &Client) -> Result<(), InvalidClientMetadata> {
        let metadata = self.metadata();
        let refuse = |member: &'static str, mistake: &str| Err(of_client(client, mistake).of(member));
        if client.introspects != Introspects::Nothing && metadata.path(Route::INTROSPECTION).is_none() {
            let mistake = "introspects tokens, and the server has no introspection endpoint (RFC 7662 §2)";
            return refuse("introspects", mistake);
        }
        if client.require_pushed_authorization_requests
            && metadata.path(Route::PUSHED_AUTHORIZATION_REQUEST).is_none()
        {
            let mistake = "must push its authorization requests, and there is no endpoint for them: write \
                           `pushed_authorization_requests` at the server (RFC 9126 §5)";
            return refuse("require_pushed_authorization_requests", mistake);
        }
        if client.dpop_bound_access_tokens && self.config().dpop.is_none() {
            let mistake = "wants all its tokens bound to a key, and the server binds none: write `dpop` at the server \
                           (RFC 9449 §5.2)";
            return refuse("dpop_bound_access_tokens", mistake);
        }
        Ok(())
    }

    fn check_openid(&self, client: &Client) -> Result<(), InvalidClientMetadata> {
        if let Some(member) = self.logout_member_in_vain(client) {
            let mistake = "wants to hear of logouts, and the server has no sessions that it ends: that is an OpenID provider with an \
                           interaction such as `LoginPages` (OpenID Connect RP-Initiated Logout §2)";
            return Err(of_client(client, mistake).of(member));
        }
        if client.subject_type == SubjectType::Pairwise && self.server().pairwise_key().is_none() {
            let mistake = "wants pairwise identifiers, and the server has no key to make them of: add a field `#[pairwise_key]` \
                           (OpenID Connect Core §8.1)";
            return Err(of_client(client, mistake).of("subject_type"));
        }
        if !S::IdTokens::IS_OPENID_PROVIDER {
            return Ok(());
        }
        let keys = self.id_tokens().signing_keys();
        let wanted = [
            ("id_token_signed_response_alg", client.id_token_signed_response_alg),
            ("userinfo_signed_response_alg", client.userinfo_signed_response_alg),
        ];
        for (member, algorithm) in wanted {
            let Some(algorithm) = algorithm else { continue };
            if !keys.iter().any(|key| key.algorithm() == algorithm) {
                let has = named(keys.iter().map(|key| key.algorithm().as_str()));
                let mistake = format!(
                    "has {member} `{algorithm}`, for which the server has no key: it has {has} (OpenID Connect Registration §2)"
                );
                return Err(of_client(client, &mistake).of(member));
            }
        }
        Ok(())
    }

    /// The member by which a client wants to hear of logouts of which the server does not tell.
    fn logout_member_in_vain(&self, client: &Client) -> Option<&'static str> {
        let ends_sessions = self.metadata().path(Route::END_SESSION).is_some();
        if !ends_sessions && !client.post_logout_redirect_uris.is_empty() {
            return Some("post_logout_redirect_uris");
        }
        if !ends_sessions && client.backchannel_logout_uri.is_some() {
            return Some("backchannel_logout_uri");
        }
        let is_told_by_browsers = ends_sessions && self.metadata().has_sessions;
        (!is_told_by_browsers && client.frontchannel_logout_uri.is_some())
            .then_some("frontchannel_logout_uri")
    }
}

/// Names as a list.
fn named<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<_> = names.into_iter().map(|name| format!("`{name}`")).collect();
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}
