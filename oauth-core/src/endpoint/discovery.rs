//! What an OpenID provider adds to the metadata, OIDC Discovery §3 and the logout specifications.

use serde_json::{Map, Value, json};

use crate::grant::GrantSet;
use crate::openid::{STANDARD_CLAIMS, SubjectType, signer};
use crate::server::AuthorizationServer;

/// What ID tokens always may have (OIDC Core §2).
const ID_TOKEN_CLAIMS: [&str; 9] = ["iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "acr", "amr"];

/// Adds the members. `claims` are those that the validator declares.
pub(crate) fn add<S: AuthorizationServer>(
    server: &S,
    issuer: &str,
    claims: &[&str],
    document: &mut Map<String, Value>,
) {
    let endpoints = S::CONFIG.endpoints;
    let algorithms = signer::algorithms(server);
    let subject_types = [Some(SubjectType::Public), server.pairwise_key().map(|_| SubjectType::Pairwise)];
    let subject_types: Vec<_> = subject_types.into_iter().flatten().map(SubjectType::as_str).collect();
    let mut set = |name: &str, value: Value| document.insert(name.to_owned(), value);
    set("subject_types_supported", json!(subject_types));
    set("id_token_signing_alg_values_supported", json!(algorithms));
    if let Some(path) = endpoints.userinfo {
        set("userinfo_endpoint", json!(format!("{issuer}{path}")));
        set("userinfo_signing_alg_values_supported", json!(algorithms));
    }
    set("claim_types_supported", json!(["normal"]));
    set("claims_supported", json!(supported_claims::<S>(claims)));
    set("claims_parameter_supported", json!(true));
    set("request_parameter_supported", json!(false));
    // §3: "If omitted, the default value is true."
    set("request_uri_parameter_supported", json!(false));
    if S::Grants::HAS_SESSIONS {
        if let Some(path) = endpoints.end_session {
            set("end_session_endpoint", json!(format!("{issuer}{path}")));
        }
        if let Some(path) = endpoints.check_session {
            set("check_session_iframe", json!(format!("{issuer}{path}")));
        }
        set("frontchannel_logout_supported", json!(true));
        set("frontchannel_logout_session_supported", json!(true));
        #[cfg(feature = "http-client")]
        if server.back_channel().is_some() {
            set("backchannel_logout_supported", json!(true));
            set("backchannel_logout_session_supported", json!(true));
        }
    }
    if S::Grants::RESPONSE_TYPE.is_some() {
        set("prompt_values_supported", json!(PROMPT_VALUES));
    }
}

/// `prompt` of OIDC Core §3.1.2.1.
const PROMPT_VALUES: [&str; 4] = ["none", "login", "consent", "select_account"];

/// Those of the protocol, of the standard scopes that the server declares, and its own.
fn supported_claims<'a, S: AuthorizationServer>(own: &[&'a str]) -> Vec<&'a str> {
    let is_declared = |scope: &str| S::CONFIG.scopes.iter().any(|declared| declared.name == scope);
    let standard =
        STANDARD_CLAIMS.iter().filter(|(scope, _)| is_declared(scope)).flat_map(|(_, claims)| *claims);
    let mut all = ID_TOKEN_CLAIMS.to_vec();
    for claim in standard.chain(own) {
        if !all.contains(claim) {
            all.push(claim);
        }
    }
    all
}

/// Where the document lives: OIDC Discovery §4, the well-known path comes after the path of the issuer.
pub(crate) fn path(issuer_path: &str) -> String {
    format!("{issuer_path}/.well-known/openid-configuration")
}
