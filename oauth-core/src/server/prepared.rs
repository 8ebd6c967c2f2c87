//! A server ready to run: checked, with its routes and its constant documents made once.

use std::collections::{BTreeSet, HashMap};
#[cfg(feature = "pages")]
use std::sync::Arc;

use bytes::Bytes;

use super::{AuthorizationServer, ConfigurationError, Route, ServerMetadata, start_up};
use crate::endpoint::{discovery, jwks, metadata};
#[cfg(feature = "pages")]
use crate::grant::{GrantSet, GrantType};
#[cfg(feature = "pages")]
use crate::interaction::Throttle;
use crate::openid::session_management::CheckSession;
use crate::token::split_origin;

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
        let paths = paths::<S>(jwks.is_some());
        ConfigurationError::check(start_up::mistakes(&server, &issuer, &paths))?;
        let routes = routes::<S>(split_origin(&issuer).1, paths);
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

/// What is routed below the issuer, by path relative to it.
pub(super) fn paths<S: AuthorizationServer>(has_jwks: bool) -> Vec<(&'static str, Route)> {
    let metadata = const { ServerMetadata::of::<S>() };
    let endpoints = metadata.endpoints.iter().copied();
    let jwks = has_jwks.then_some((Route::Jwks, metadata.jwks));
    // Several grants bring the pages of the one interaction.
    let pages: BTreeSet<_> = metadata.pages.iter().copied().flatten().collect();
    let pages = pages.into_iter().map(|page| (Route::Page(page), *page));
    endpoints.chain(jwks).chain(pages).map(|(route, path)| (path, route)).collect()
}

/// Whatever is routed, by absolute path.
pub(super) fn routes<S: AuthorizationServer>(
    prefix: &str,
    paths: Vec<(&'static str, Route)>,
) -> HashMap<String, Route> {
    let mut routes = HashMap::from([(metadata::path(prefix), Route::Metadata)]);
    if const { ServerMetadata::of::<S>() }.is_openid_provider {
        routes.insert(discovery::path(prefix), Route::Metadata);
    }
    routes.extend(paths.into_iter().map(|(path, route)| (format!("{prefix}{path}"), route)));
    routes
}
