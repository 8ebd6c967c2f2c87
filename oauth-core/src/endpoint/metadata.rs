//! The metadata document, RFC 8414, which is the OpenID provider metadata, too: [`ServerMetadata`](crate::server::ServerMetadata),
//! and what only a run knows.

use serde_json::{Map, Value, json};

use super::discovery;
use crate::claims::declared_names;
use crate::client::ClientAuthMethod;
use crate::error::Result;
use crate::frame::{AuthorizationServer, Endpoint, ListedEndpoint, Route, RunningServer};
use crate::http::{Cors, Response, document as public_document};
use crate::request::{Request, RequestBody};

/// The document, at the well-known paths.
pub(crate) struct MetadataEndpoint;

impl<S: AuthorizationServer> Endpoint<S> for MetadataEndpoint {
    const ROUTE: Route = Route::METADATA;
    const PATH: Option<&'static str> = None;
    const METHODS: &'static str = "GET, HEAD";
    const BODY: RequestBody = RequestBody::Ignored;
    const CORS: Cors = Cors::Anyone;

    async fn respond(server: &RunningServer<S>, request: &mut Request) -> Result<Response> {
        Ok(public_document(request.method(), "application/json", &server.documents().metadata))
    }
}

/// The document. §3.2: "Claims with zero elements MUST be omitted from the response."
pub(crate) fn document<S: AuthorizationServer>(server: &RunningServer<S>) -> Map<String, Value> {
    let metadata = server.metadata();
    let mut document = Map::new();
    let issuer = server.issuer();
    // What comes later counts: an endpoint from outside adds, and replaces nothing.
    for (path, ListedEndpoint { route, metadata, .. }) in server.endpoints().iter().rev() {
        metadata(server, &mut document);
        if let Some(name) = route.advertised_as() {
            document.insert(name.to_owned(), json!(format!("{issuer}{path}")));
        }
    }
    server.bindings().iter().for_each(|binding| binding.metadata(&mut document));
    let mut set = |name: &str, value: Value| document.insert(name.to_owned(), value);
    set("issuer", json!(issuer));
    // §2: where it is absent, "the default value is ["authorization_code", "implicit"]".
    set("grant_types_supported", json!(metadata.grant_types));
    // §2: REQUIRED, so it is there even where it is empty.
    set("response_types_supported", json!(metadata.response_types));
    if metadata.path(Route::AUTHORIZATION).is_some() {
        // RFC 9207 §3.
        set("authorization_response_iss_parameter_supported", json!(true));
    }
    if S::CONFIG.client_id_metadata_documents {
        // Client ID Metadata Document §7.
        set("client_id_metadata_document_supported", json!(true));
    }
    let response_modes: Vec<_> = metadata.response_modes.iter().map(|mode| mode.as_str()).collect();
    let scopes: Vec<_> = metadata.scopes.iter().map(|scope| scope.name).collect();
    let resources: Vec<_> = metadata.resources.iter().map(|resource| resource.uri).collect();
    let proofs: Vec<_> =
        metadata.dpop_signing_algorithms.iter().map(|algorithm| algorithm.as_str()).collect();
    let mut claims = metadata.standard_claims.to_vec();
    for claim in declared_names(metadata.claims) {
        if !claims.contains(&claim) {
            claims.push(claim);
        }
    }
    for (name, values) in [
        ("response_modes_supported", response_modes.as_slice()),
        ("code_challenge_methods_supported", metadata.code_challenge_methods),
        ("dpop_signing_alg_values_supported", &proofs),
        ("scopes_supported", &scopes),
        ("claims_supported", &claims),
        // RFC 9470 §7: "the value acr_values_supported as defined in Section 3 of [OIDCDISC]".
        ("acr_values_supported", metadata.acr_values),
        // RFC 9728 §4: "a JSON array containing a list of resource identifiers for OAuth protected resources".
        ("protected_resources", &resources),
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

/// The members that say how clients authenticate at an endpoint.
pub(super) fn client_authentication<S: AuthorizationServer>(
    server: &RunningServer<S>,
    document: &mut Map<String, Value>,
    endpoint: &str,
    with_public_clients: bool,
) {
    let metadata = server.metadata();
    let outside = server.client_authentication().iter().map(|method| method.method());
    let methods: Vec<_> = metadata
        .client_authentication
        .iter()
        .copied()
        .chain(outside)
        .filter(|method| with_public_clients || *method != ClientAuthMethod::None)
        .collect();
    document.insert(format!("{endpoint}_auth_methods_supported"), json!(methods));
    if !metadata.client_signing_algorithms.is_empty() {
        let algorithms = json!(metadata.client_signing_algorithms);
        document.insert(format!("{endpoint}_auth_signing_alg_values_supported"), algorithms);
    }
}

/// The path of the document: §3.1, the well-known path goes between the host and the path of the issuer.
pub(crate) fn path(issuer_path: &str) -> String {
    format!("/.well-known/oauth-authorization-server{issuer_path}")
}
