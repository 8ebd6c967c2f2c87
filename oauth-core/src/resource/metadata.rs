//! Protected resource metadata, RFC 9728.

use bytes::Bytes;
use serde_json::{Value, json};

use super::ResourceConfig;
use crate::token::{issuer_defect, split_origin};

/// Where the document is, and the document.
#[derive(Debug, Clone)]
pub(super) struct Metadata {
    /// Its path on the resource's host.
    pub(super) path: String,
    pub(super) url: String,
    pub(super) body: Bytes,
}

impl Metadata {
    /// The document of a resource identifier.
    ///
    /// # Errors
    ///
    /// If the identifier is not one.
    pub(super) fn new(
        resource: &str,
        issuer: &str,
        scopes: &[&str],
        config: &ResourceConfig,
    ) -> Result<Self, String> {
        let (origin, path) = split(resource)?;
        let mut methods = vec!["header"];
        methods.extend(config.body_token.then_some("body"));
        methods.extend(config.danger_query_token.then_some("query"));
        let mut document = json!({
            "resource": resource,
            "authorization_servers": [issuer],
            "bearer_methods_supported": methods,
        });
        // §3.2: "Parameters with zero values MUST be omitted from the response."
        if let (Value::Object(members), false) = (&mut document, scopes.is_empty()) {
            members.insert("scopes_supported".to_owned(), json!(scopes));
        }
        let path = format!("/.well-known/oauth-protected-resource{path}");
        Ok(Self { url: format!("{origin}{path}"), path, body: document.to_string().into() })
    }
}

/// Whether a text can be a resource identifier.
pub(super) fn is_resource(resource: &str) -> bool {
    split(resource).is_ok()
}

/// Origin and path. §3.1: the well-known path goes "between the host component and the path and/or query components, if
/// any"; "any terminating slash (/) following the host component MUST be removed".
///
/// §1.2 allows a query, which no router tells apart: it is refused with all that [`issuer_defect`] refuses.
fn split(resource: &str) -> Result<(&str, &str), String> {
    let trimmed = resource.strip_suffix('/').unwrap_or(resource);
    if let Some(defect) = issuer_defect(trimmed) {
        let defect = defect.replace("the issuer", "it").replace("RFC 8414 §2", "RFC 9728 §1.2");
        return Err(format!("the resource identifier `{resource}`: {defect}"));
    }
    // A path may end with `/`, a host not.
    match split_origin(resource) {
        (origin, "/") => Ok((origin, "")),
        split => Ok(split),
    }
}

#[cfg(test)]
mod tests {
    use super::{ResourceConfig, split};

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
            let metadata =
                super::Metadata::new(resource, "https://as.example.com", &[], &ResourceConfig::new());
            assert_eq!(metadata.unwrap().url, url);
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
