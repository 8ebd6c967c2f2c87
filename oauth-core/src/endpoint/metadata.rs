//! Authorization server metadata, RFC 8414, which is the OpenID provider metadata, too: derived from the wiring, so that what is advertised is what is routed.

use serde_json::{Map, Value, json};

use super::authorization::{self, ResponseMode};
use super::discovery;
use crate::claims::declared_names;
use crate::client::ClientAuthMethod;
use crate::grant::GrantSet;
use crate::jose::Algorithm;
use crate::openid::IdTokenSigner as _;
use crate::server::AuthorizationServer;
use crate::validator::RequestValidator;

/// The document. §3.2: "Claims with zero elements MUST be omitted from the response."
pub(crate) fn document<S: AuthorizationServer>(
    server: &S,
    issuer: &str,
    has_jwks: bool,
) -> Map<String, Value> {
    let endpoints = S::CONFIG.endpoints;
    let url = |path: &str| json!(format!("{issuer}{path}"));
    let methods = authentication_methods::<S::Validator>();
    let algorithms = signing_algorithms::<S::Validator>();
    let confidential = json!(methods.iter().filter(|method| **method != "none").collect::<Vec<_>>());
    let response_types = authorization::response_types::<S>();
    let grant_types = S::Grants::grant_types();
    let scopes: Vec<&str> = S::CONFIG.scopes.iter().map(|scope| scope.name).collect();
    let claims = declared_names(S::Validator::CLAIMS);

    let mut document = Map::new();
    let mut set = |name: &str, value: Value| document.insert(name.to_owned(), value);
    set("issuer", json!(issuer));
    // RFC 8414 §2: `token_endpoint` is REQUIRED "unless only the implicit grant type is supported".
    if S::Grants::USES_TOKEN_ENDPOINT {
        set("token_endpoint", url(endpoints.token));
        set("token_endpoint_auth_methods_supported", json!(methods));
        if !algorithms.is_empty() {
            set("token_endpoint_auth_signing_alg_values_supported", json!(algorithms));
        }
    }
    set("grant_types_supported", json!(grant_types));
    // §2: REQUIRED, so it is there even where it is empty.
    set("response_types_supported", json!(response_types));
    if !response_types.is_empty() {
        set("authorization_endpoint", url(endpoints.authorization));
        set("response_modes_supported", json!(ResponseMode::ALL.map(ResponseMode::as_str)));
        set("code_challenge_methods_supported", json!(["S256"]));
        // RFC 9207 §3.
        set("authorization_response_iss_parameter_supported", json!(true));
    }
    if let Some(path) = endpoints.revocation {
        set("revocation_endpoint", url(path));
        set("revocation_endpoint_auth_methods_supported", json!(methods));
        if !algorithms.is_empty() {
            set("revocation_endpoint_auth_signing_alg_values_supported", json!(algorithms));
        }
    }
    if let Some(path) = endpoints.introspection {
        set("introspection_endpoint", url(path));
        set("introspection_endpoint_auth_methods_supported", confidential);
        if !algorithms.is_empty() {
            set("introspection_endpoint_auth_signing_alg_values_supported", json!(algorithms));
        }
    }
    if S::Grants::HAS_DEVICE_AUTHORIZATION {
        // RFC 8628 §4.
        set("device_authorization_endpoint", url(endpoints.device_authorization));
    }
    if has_jwks {
        set("jwks_uri", url(endpoints.jwks));
    }
    if !scopes.is_empty() {
        set("scopes_supported", json!(scopes));
    }
    if !claims.is_empty() {
        set("claims_supported", json!(claims));
    }
    if S::IdTokens::IS_OPENID_PROVIDER {
        discovery::add(server, issuer, &claims, &mut document);
    }
    document
}

/// How clients may authenticate: by assertion where the identifiers of assertions are kept, and with their secret where the
/// validator knows it.
fn authentication_methods<V: RequestValidator>() -> Vec<&'static str> {
    let mut methods = vec![ClientAuthMethod::ClientSecretBasic, ClientAuthMethod::ClientSecretPost];
    if V::KEEPS_REPLAY_IDS && V::KNOWS_CLIENT_SECRETS {
        methods.push(ClientAuthMethod::ClientSecretJwt);
    }
    if V::KEEPS_REPLAY_IDS {
        methods.push(ClientAuthMethod::PrivateKeyJwt);
    }
    methods.push(ClientAuthMethod::None);
    methods.into_iter().map(ClientAuthMethod::as_str).collect()
}

/// RFC 8414 §2: "This metadata entry MUST be present if either of these authentication methods are specified".
fn signing_algorithms<V: RequestValidator>() -> Vec<Algorithm> {
    use Algorithm::{ES256, ES384, EdDSA, HS256, HS384, HS512, PS256, PS384, PS512, RS256, RS384, RS512};
    let mut algorithms = Vec::new();
    if V::KEEPS_REPLAY_IDS {
        algorithms.extend([RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, EdDSA]);
    }
    if V::KEEPS_REPLAY_IDS && V::KNOWS_CLIENT_SECRETS {
        algorithms.extend([HS256, HS384, HS512]);
    }
    algorithms
}

/// Where the document lives: §3.1, the well-known path goes between the host and the path of the issuer.
pub(crate) fn path(issuer_path: &str) -> String {
    format!("/.well-known/oauth-authorization-server{issuer_path}")
}
