//! Protected resource metadata, RFC 9728.

use bytes::Bytes;
use serde_json::{Value, json};

use oauth_rules::{issuer, url};

use super::ResourceConfig;
use super::protected::Identity;
use crate::binding::dpop;
use crate::scope::Scope;
use oauth_rules::url::split_origin;

/// The metadata that a protected resource advertises, as far as its constants say: the constant
/// [`ResourceServer::METADATA`](super::ResourceServer::METADATA), from which the document (RFC 9728 §2) and its route are made.
///
/// A run adds what only it can know: an issuer or an audience from a field, and where no scopes are named, the
/// [registered](crate::scope::registered) ones, which linking the program brings together.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct ResourceMetadata {
    /// `resource`; `None`: the audience of a field, if that is a resource identifier.
    pub resource: Option<&'static str>,
    /// `bearer_methods_supported`.
    pub bearer_methods: &'static [&'static str],
    /// `dpop_bound_access_tokens_required`: it takes only tokens that are bound to a key (RFC 9449).
    pub dpop_bound_access_tokens_required: bool,
    /// `scopes_supported`; `None`: those that are registered.
    pub scopes: Option<&'static [Scope]>,
}

impl ResourceMetadata {
    /// The metadata of a configuration.
    pub const fn of(config: &ResourceConfig) -> Self {
        Self {
            resource: match (config.resource, config.audience) {
                (Some(resource), _) => Some(resource),
                (None, Some(audience)) if is_resource(audience) => Some(audience),
                (None, _) => None,
            },
            bearer_methods: match (config.body_token, config.danger_query_token) {
                (false, false) => &["header"],
                (true, false) => &["header", "body"],
                (false, true) => &["header", "query"],
                (true, true) => &["header", "body", "query"],
            },
            dpop_bound_access_tokens_required: config.dpop_required,
            scopes: config.scopes,
        }
    }

    /// The origin of its URLs, where it is known.
    pub(super) fn origin<'a>(&'a self, audience: Option<&'a str>) -> Option<&'a str> {
        let resource = self.resource.or(audience.filter(|audience| is_resource(audience)))?;
        split(resource).ok().map(|(origin, _)| origin)
    }

    /// The document, and where it is; `None`: the resource has no identifier.
    ///
    /// # Errors
    ///
    /// If the identifier is not one.
    pub(super) fn document(&self, identity: &Identity<'_>) -> Result<Option<Document>, String> {
        let resource = self.resource.or(identity.audience.filter(|audience| is_resource(audience)));
        let Some(resource) = resource else { return Ok(None) };
        let (origin, path) = split(resource)?;
        let mut document = json!({
            "resource": resource,
            "authorization_servers": [identity.issuer],
            "bearer_methods_supported": self.bearer_methods,
        });
        let scopes: Vec<&str> = identity.scopes.iter().map(|scope| scope.name).collect();
        if let (Value::Object(members), true) = (&mut document, identity.takes_proofs) {
            members.insert("dpop_signing_alg_values_supported".to_owned(), json!(dpop::ALGORITHMS));
            if self.dpop_bound_access_tokens_required {
                members.insert("dpop_bound_access_tokens_required".to_owned(), json!(true));
            }
        }
        // §3.2: "Parameters with zero values MUST be omitted from the response."
        if let (Value::Object(members), false) = (&mut document, scopes.is_empty()) {
            members.insert("scopes_supported".to_owned(), json!(scopes));
        }
        let path = format!("/.well-known/oauth-protected-resource{path}");
        Ok(Some(Document { url: format!("{origin}{path}"), path, body: document.to_string().into() }))
    }
}

/// The place of the document, and the document.
#[derive(Debug, Clone)]
pub(super) struct Document {
    /// The document's path on the resource's host.
    pub(super) path: String,
    pub(super) url: String,
    pub(super) body: Bytes,
}

/// Tells whether a text can be a resource identifier.
const fn is_resource(resource: &str) -> bool {
    issuer::check_foreign(resource).is_ok()
}

/// Origin and path. §3.1: the well-known path goes "between the host component and the path and/or query components, if
/// any"; "any terminating slash (/) following the host component MUST be removed".
///
/// §1.2 allows a query, which no router tells apart: it is refused with all that [`url::check_resource`] refuses.
fn split(resource: &str) -> Result<(&str, &str), String> {
    url::check_resource(resource).map_err(|words| format!("the resource identifier `{resource}` {words}"))?;
    // A path may end with `/`, a host not.
    match split_origin(resource) {
        (origin, "/") => Ok((origin, "")),
        split => Ok(split),
    }
}

#[cfg(test)]
mod tests {
    use super::{Identity, ResourceConfig, ResourceMetadata, split};

    #[test]
    fn section_3_1_the_path_is_inserted() {
        for (resource, url) in [
            (
                "https://resource.example.com",
                "https://resource.example.com/.well-known/oauth-protected-resource",
            ),
            (
                "https://resource.example.com/",
                "https://resource.example.com/.well-known/oauth-protected-resource",
            ),
            (
                "https://resource.example.com/resource1",
                "https://resource.example.com/.well-known/oauth-protected-resource/resource1",
            ),
            ("http://127.0.0.1:80/a/b/", "http://127.0.0.1:80/.well-known/oauth-protected-resource/a/b/"),
        ] {
            let identity = Identity {
                issuer: "https://as.example.com",
                audience: Some(resource),
                scopes: &[],
                takes_proofs: false,
            };
            let document = ResourceMetadata::of(&ResourceConfig::new()).document(&identity).unwrap();
            assert_eq!(document.unwrap().url, url);
        }
    }

    #[test]
    fn what_is_no_identifier_is_refused() {
        for resource in [
            "",
            "api",
            "http://example.com",
            "https://",
            "https://a?b",
            "https://a#b",
            "https://a@b",
            "https://a//",
        ] {
            assert!(split(resource).is_err(), "{resource}");
        }
    }
}
