//! The offer of the server: what its profile has, and the scopes and resources that are data.

use oauth_core::prelude::*;
use oauth_core::server::{Environment, Report, Resource, ServerMetadata};

/// The things that clients can be given.
#[derive(Debug, Clone)]
pub(crate) struct Offer {
    /// The constants of the profile.
    pub(crate) metadata: ServerMetadata,
    /// The name of the profile.
    pub(crate) profile: &'static str,
    /// True if a client may have `require_pkce: false`.
    pub(crate) is_pkce_optional: bool,
    /// True if clients come by the URL of their metadata document.
    pub(crate) takes_client_documents: bool,
    /// The scopes, without those of the constants.
    pub(crate) scopes: Vec<Scope>,
    /// The scopes that strangers may have.
    pub(crate) unverified_scopes: Vec<&'static str>,
    /// The resources that tokens are for (RFC 8707).
    pub(crate) resources: Vec<Resource>,
}

impl Offer {
    /// The constants of a server, whose profile has this name.
    pub(crate) const fn of<S: AuthorizationServer>(profile: &'static str) -> Self {
        Self {
            metadata: S::METADATA,
            profile,
            is_pkce_optional: S::CONFIG.danger_pkce_optional,
            takes_client_documents: S::CONFIG.client_id_metadata_documents,
            scopes: Vec::new(),
            unverified_scopes: Vec::new(),
            resources: Vec::new(),
        }
    }

    /// The environment that a server starts in, for it to know what is data.
    pub(crate) fn environment<S: AuthorizationServer>(&self) -> Environment<S> {
        let environment = Environment::new().scopes(self.scopes.iter().copied());
        environment
            .unverified_scopes(self.unverified_scopes.iter().copied())
            .resources(self.resources.iter().copied())
    }

    /// The names of all scopes.
    pub(crate) fn scope_names(&self) -> Vec<&'static str> {
        let mut names: Vec<_> = self.metadata.scopes.iter().map(|scope| scope.name).collect();
        names
            .extend(self.scopes.iter().map(|scope| scope.name).filter(|name| !self.metadata.has_scope(name)));
        names
    }

    /// The declared resource that this URI means.
    pub(crate) fn resource(&self, uri: &str) -> Option<&Resource> {
        self.resources.iter().find(|resource| resource.is_meant_by(uri))
    }
}

/// Logs the endpoints, the grants, the scopes and what else clients want to know; all of it, with the rules that are enforced,
/// at the level `debug`. It is the server's own report, so that nothing is claimed that is not served.
pub(crate) fn log(report: &Report) {
    for endpoint in &report.endpoints {
        tracing::info!(target: "provider", "{} {}", endpoint.path, endpoint.route);
    }
    let line = |name, values: Vec<&str>| tracing::info!(target: "provider", "{name}: {}", values.join(", "));
    line("grants", report.grants.clone());
    line("response types", report.response_types.iter().map(|asked| asked.as_str()).collect());
    line("scopes", report.scopes.iter().map(|scope| scope.name).collect());
    if !report.resources.is_empty() {
        line("resources", report.resources.iter().map(|resource| resource.uri).collect());
    }
    line("client authentication", report.client_authentication.iter().map(String::as_str).collect());
    line("access tokens", vec![&report.access_tokens.to_string()]);
    for exception in &report.exceptions {
        tracing::info!(target: "provider", "allowed: {}, {}", exception.name, exception.reason.unwrap_or(exception.cost));
    }
    tracing::debug!(target: "provider", "{report}");
}
