//! The members that an OpenID provider adds to the metadata, OIDC Discovery §3 and the logout specifications.

use serde_json::{Map, Value, json};

use crate::client::SubjectType;
use crate::frame::{AuthorizationServer, GrantSet as _, Route, RunningServer};
use crate::openid::{IdTokenSigner as _, signer};

/// Adds the members.
pub(crate) fn add<S: AuthorizationServer>(server: &RunningServer<S>, document: &mut Map<String, Value>) {
    let metadata = server.metadata();
    let algorithms = signer::algorithms(server.id_tokens());
    let subject_types: Vec<_> = subject_types(server.server()).into_iter().map(SubjectType::as_str).collect();
    let mut set = |name: &str, value: Value| document.insert(name.to_owned(), value);
    set("subject_types_supported", json!(subject_types));
    set("id_token_signing_alg_values_supported", json!(algorithms));
    if metadata.path(Route::USERINFO).is_some() {
        set("userinfo_signing_alg_values_supported", json!(algorithms));
    }
    set("claim_types_supported", json!(["normal"]));
    set("claims_parameter_supported", json!(true));
    set("request_parameter_supported", json!(false));
    // §3: "If omitted, the default value is true."
    set("request_uri_parameter_supported", json!(false));
    if metadata.has_sessions {
        set("frontchannel_logout_supported", json!(true));
        set("frontchannel_logout_session_supported", json!(true));
        if has_back_channel(server.server()) {
            set("backchannel_logout_supported", json!(true));
            set("backchannel_logout_session_supported", json!(true));
        }
    }
}

/// `subject_types_supported`; none of a server that is no OpenID provider.
pub(crate) fn subject_types<S: AuthorizationServer>(server: &S) -> Vec<SubjectType> {
    if !S::IdTokens::IS_OPENID_PROVIDER {
        return Vec::new();
    }
    let pairwise = server.pairwise_key().map(|_| SubjectType::Pairwise);
    std::iter::once(SubjectType::Public).chain(pairwise).collect()
}

/// `backchannel_logout_supported`.
pub(crate) fn has_back_channel<S: AuthorizationServer>(server: &S) -> bool {
    #[cfg(feature = "http-client")]
    let has_client = server.back_channel().is_some();
    #[cfg(not(feature = "http-client"))]
    let has_client = {
        let _ = server;
        false
    };
    has_client && S::IdTokens::IS_OPENID_PROVIDER && S::Grants::HAS_SESSIONS
}

/// The path of the document: OIDC Discovery §4, the well-known path comes after the path of the issuer.
pub(crate) fn path(issuer_path: &str) -> String {
    format!("{issuer_path}/.well-known/openid-configuration")
}
