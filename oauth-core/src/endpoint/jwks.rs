//! The JWK Set, RFC 7517 §5: the public keys that verify our tokens.

use crate::error::Result;
use crate::frame::{AuthorizationServer, Endpoint, Route, RunningServer};
use crate::http::{Cors, Response, document as public_document};
use crate::jose::{Jwk, JwkSet};
use crate::openid::IdTokenSigner as _;
use crate::request::{Request, RequestBody};
use crate::token::TokenGenerator as _;

/// `jwks_uri`. A run alone knows whether there is anything to publish.
pub(crate) struct JwksEndpoint;

impl<S: AuthorizationServer> Endpoint<S> for JwksEndpoint {
    const ROUTE: Route = Route::JWKS;
    const PATH: Option<&'static str> = None;
    const METHODS: &'static str = "GET, HEAD";
    const BODY: RequestBody = RequestBody::Ignored;
    const CORS: Cors = Cors::Anyone;

    fn path(server: &S) -> Option<&'static str> {
        (!keys(server).is_empty()).then_some(S::CONFIG.endpoints.jwks)
    }

    async fn respond(server: &RunningServer<S>, request: &mut Request) -> Result<Response> {
        Ok(public_document(request.method(), "application/jwk-set+json", &server.documents().jwks))
    }
}

/// The document.
pub(crate) fn document(keys: &[Jwk]) -> serde_json::Value {
    serde_json::json!(keys.iter().cloned().collect::<JwkSet>())
}

/// The keys, each once: ID tokens are often signed with those of the access tokens.
pub(crate) fn keys<S: AuthorizationServer>(server: &S) -> Vec<Jwk> {
    let mut keys = server.access_tokens().tokens().jwks();
    for key in server.id_tokens().jwks() {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}
