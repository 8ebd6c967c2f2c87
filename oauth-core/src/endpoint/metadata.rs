//! The metadata document, RFC 8414, which is the OpenID provider metadata, too: [`ServerMetadata`](crate::server::ServerMetadata),
//! and what only a run knows.

use serde_json::{Map, Value, json};

use super::discovery;
use crate::claims::declared_names;
use crate::client::ClientAuthMethod;
use crate::server::{AuthorizationServer, Route, ServerMetadata};

/// The document. §3.2: "Claims with zero elements MUST be omitted from the response."
pub(crate) fn document<S: AuthorizationServer>(
    server: &S,
    issuer: &str,
    has_jwks: bool,
) -> Map<String, Value> {
    let metadata = const { ServerMetadata::of::<S>() };
    let mut document = Map::new();
    let mut set = |name: &str, value: Value| document.insert(name.to_owned(), value);
    set("issuer", json!(issuer));
    let jwks = has_jwks.then_some((Route::Jwks, metadata.jwks));
    for (route, path) in metadata.endpoints.iter().copied().chain(jwks) {
        if let Some(name) = route.advertised_as() {
            set(name, json!(format!("{issuer}{path}")));
        }
    }
    let methods = metadata.client_authentication;
    // RFC 7662 §2.1: public clients learn nothing.
    let confidential: Vec<_> =
        methods.iter().copied().filter(|method| *method != ClientAuthMethod::None).collect();
    for (route, name, methods) in [
        (Route::Token, "token_endpoint", methods),
        (Route::Revocation, "revocation_endpoint", methods),
        (Route::Introspection, "introspection_endpoint", &confidential),
    ] {
        if metadata.path(route).is_none() {
            continue;
        }
        let methods: Vec<_> = methods.iter().map(|method| method.as_str()).collect();
        set(&format!("{name}_auth_methods_supported"), json!(methods));
        if !metadata.client_signing_algorithms.is_empty() {
            let algorithms = json!(metadata.client_signing_algorithms);
            set(&format!("{name}_auth_signing_alg_values_supported"), algorithms);
        }
    }
    // §2: where it is absent, "the default value is ["authorization_code", "implicit"]".
    set("grant_types_supported", json!(metadata.grant_types));
    // §2: REQUIRED, so it is there even where it is empty.
    set("response_types_supported", json!(metadata.response_types));
    if metadata.path(Route::Authorization).is_some() {
        // RFC 9207 §3.
        set("authorization_response_iss_parameter_supported", json!(true));
    }
    let response_modes: Vec<_> = metadata.response_modes.iter().map(|mode| mode.as_str()).collect();
    let scopes: Vec<_> = metadata.scopes.iter().map(|scope| scope.name).collect();
    let mut claims = metadata.standard_claims.to_vec();
    for claim in declared_names(metadata.claims) {
        if !claims.contains(&claim) {
            claims.push(claim);
        }
    }
    for (name, values) in [
        ("response_modes_supported", response_modes.as_slice()),
        ("code_challenge_methods_supported", metadata.code_challenge_methods),
        ("scopes_supported", &scopes),
        ("claims_supported", &claims),
        ("prompt_values_supported", metadata.prompt_values),
    ] {
        if !values.is_empty() {
            set(name, json!(values));
        }
    }
    if metadata.is_openid_provider {
        discovery::add(server, &mut document);
    }
    document
}

/// Where the document lives: §3.1, the well-known path goes between the host and the path of the issuer.
pub(crate) fn path(issuer_path: &str) -> String {
    format!("/.well-known/oauth-authorization-server{issuer_path}")
}
