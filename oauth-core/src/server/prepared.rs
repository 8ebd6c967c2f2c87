//! A server ready to run: checked, with its routes and its constant documents made once.

use std::collections::{BTreeSet, HashMap};
#[cfg(feature = "pages")]
use std::sync::Arc;

use bytes::Bytes;

use super::{AuthorizationServer, ConfigurationError, Route, ServerConfig, exception};
use crate::endpoint::{authorization, discovery, jwks, metadata};
use crate::grant::GrantSet;
#[cfg(feature = "pages")]
use crate::grant::GrantType;
#[cfg(feature = "pages")]
use crate::interaction::Throttle;
use crate::openid::session_management::CheckSession;
use crate::openid::signer;
use crate::scope::is_scope_token;
use crate::token::{Issuer, TokenGenerator, check_issuer, split_origin};

#[derive(Debug)]
pub(crate) struct Prepared<S> {
    pub(crate) server: S,
    pub(crate) issuer: String,
    pub(crate) routes: HashMap<String, Route>,
    pub(crate) metadata: Bytes,
    pub(crate) jwks: Bytes,
    pub(crate) check_session: CheckSession,
    /// Failures by user name, of the password grant; only where it is offered.
    #[cfg(feature = "pages")]
    pub(crate) password_throttle: Option<Arc<Throttle>>,
}

impl<S: AuthorizationServer> Prepared<S> {
    pub(crate) fn new(server: S) -> Result<Self, ConfigurationError> {
        let issuer = server.issuer().unwrap_or_default().to_owned();
        let jwks = jwks::document(&server);
        let mut mistakes = Vec::new();
        check_issuers(&server, &issuer, &mut mistakes);
        check_config(&S::CONFIG, &mut mistakes);
        authorization::response_types::check::<S>(&mut mistakes);
        check_grants::<S>(&mut mistakes);
        exception::check_named::<S>(&mut mistakes);
        exception::check_denied::<S>(&mut mistakes);
        mistakes.extend(server.access_tokens().check().err());
        mistakes.extend(server.refresh_tokens().check().err());
        signer::check(&server, &mut mistakes);
        let routes = routes::<S>(split_origin(&issuer).1, jwks.is_some(), &mut mistakes);
        ConfigurationError::check(mistakes)?;
        let metadata = metadata::document(&server, &issuer, jwks.is_some());
        let bytes = |json: &serde_json::Value| Bytes::from(json.to_string());
        Ok(Self {
            metadata: bytes(&metadata.into()),
            check_session: CheckSession::new(&issuer),
            jwks: jwks.as_ref().map(bytes).unwrap_or_default(),
            #[cfg(feature = "pages")]
            password_throttle: S::Grants::has_grant_type(&GrantType::PASSWORD).then(Arc::default),
            server,
            issuer,
            routes,
        })
    }
}

fn check_issuers<S: AuthorizationServer>(server: &S, issuer: &str, mistakes: &mut Vec<String>) {
    if issuer.is_empty() {
        mistakes.push(
            "no issuer: add `issuer = \"https://…\"` to `#[authorization_server(…)]` or to the access token generator \
             (RFC 8414 §2)"
                .to_owned(),
        );
        return;
    }
    mistakes.extend(check_issuer(issuer).err().map(|mistake| mistake.to_string()));
    let generator = server.access_tokens().issuer().filter(|_| S::AccessTokens::ISSUER != Issuer::Unstated);
    if let Some(other) = generator.filter(|other| *other != issuer) {
        mistakes.push(format!(
            "the server's issuer is `{issuer}` and its access token generator's is `{other}`: they must be the same \
             (RFC 9068 §2.2, RFC 8414 §3.3)"
        ));
    }
}

fn check_config(config: &ServerConfig, mistakes: &mut Vec<String>) {
    for (index, scope) in config.scopes.iter().enumerate() {
        if !is_scope_token(scope.name) {
            mistakes.push(format!("the scope `{}` is malformed (RFC 6749 §3.3)", scope.name));
        }
        if config.scopes.iter().take(index).any(|earlier| earlier.name == scope.name) {
            mistakes.push(format!("the scope `{}` is declared twice", scope.name));
        }
    }
    for name in config.default_scopes {
        if !config.scopes.iter().any(|scope| scope.name == *name) {
            mistakes.push(format!("the default scope `{name}` is not among the scopes"));
        }
    }
    if config.code_lifetime.is_zero() || config.code_lifetime.as_secs() > 600 {
        mistakes
            .push("the code lifetime must be from one second to ten minutes (RFC 6749 §4.1.2)".to_owned());
    }
    if config.device_code_lifetime.is_zero() || config.device_code_lifetime.as_secs() > 3600 {
        mistakes
            .push("the device code lifetime must be from one second to an hour (RFC 8628 §5.1)".to_owned());
    }
    if config.device_polling_interval.as_secs() == 0 {
        mistakes.push("the device polling interval must be a second at least (RFC 8628 §3.2)".to_owned());
    }
    if config.refresh_token_lifetime.is_zero() {
        mistakes.push("the refresh token lifetime is zero".to_owned());
    }
    if config.id_token_lifetime.is_zero() {
        mistakes.push("the ID token lifetime is zero".to_owned());
    }
}

/// What the profile forbids, and grants of one name.
fn check_grants<S: AuthorizationServer>(mistakes: &mut Vec<String>) {
    let (profile, grant_types) = (S::CONFIG.profile, S::METADATA.grant_types);
    for (index, grant_type) in grant_types.iter().enumerate() {
        mistakes.extend(profile.refuses_grant_type(grant_type).map(str::to_owned));
        if grant_types.iter().take(index).any(|earlier| earlier == grant_type) {
            mistakes.push(format!(
                "two grants have the `grant_type` `{grant_type}`: each has its own (RFC 6749 §4.5)"
            ));
        }
    }
    let mut response_types = S::METADATA.response_types.iter().copied();
    let refused = response_types.find_map(|offered| profile.refuses_response_type(offered));
    mistakes.extend(refused.map(str::to_owned));
}

pub(super) fn routes<S: AuthorizationServer>(
    prefix: &str,
    has_jwks: bool,
    mistakes: &mut Vec<String>,
) -> HashMap<String, Route> {
    let metadata = S::METADATA;
    let endpoints = metadata.endpoints.iter().copied();
    let jwks = has_jwks.then_some((Route::Jwks, metadata.jwks));
    // Several grants bring the pages of the one interaction.
    let pages: BTreeSet<_> = metadata.pages.iter().copied().flatten().collect();
    let pages = pages.into_iter().map(|page| (Route::Page(page), *page));
    let mut routes = HashMap::from([(metadata::path(prefix), Route::Metadata)]);
    if metadata.is_openid_provider {
        routes.insert(discovery::path(prefix), Route::Metadata);
    }
    for (route, path) in endpoints.chain(jwks).chain(pages) {
        let well_formed = path.len() > 1
            && path.starts_with('/')
            && path
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'.' | b'_' | b'~'));
        if !well_formed {
            mistakes.push(format!(
                "the path `{path}` must start with `/` and have only unreserved characters (RFC 3986 §2.3)"
            ));
        }
        if routes.insert(format!("{prefix}{path}"), route).is_some() {
            mistakes.push(format!("the path `{path}` leads to two endpoints"));
        }
    }
    routes
}
