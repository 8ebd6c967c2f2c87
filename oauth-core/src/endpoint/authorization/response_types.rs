//! What a server answers with: `response_types_supported`.

use crate::grant::{GrantSet, ResponseType};
use crate::openid::IdTokenSigner;
use crate::server::AuthorizationServer;

/// The response types of a server, `response_types_supported`: those of its configuration, or else all that its grants
/// and OpenID Connect make up, but not `none`.
pub(crate) fn response_types<S: AuthorizationServer>() -> Vec<ResponseType> {
    ResponseType::ALL.into_iter().filter(|response_type| is_offered::<S>(*response_type)).collect()
}

pub(super) fn is_offered<S: AuthorizationServer>(response_type: ResponseType) -> bool {
    if !S::CONFIG.response_types.is_empty() {
        return S::CONFIG.response_types.contains(&response_type);
    }
    let Some(of_grants) = S::Grants::RESPONSE_TYPE else {
        return false;
    };
    let is_openid = S::IdTokens::IS_OPENID_PROVIDER;
    let is_implicit = of_grants.contains(ResponseType::TOKEN);
    let available =
        if is_openid && is_implicit { of_grants.union(ResponseType::ID_TOKEN) } else { of_grants };
    response_type != ResponseType::NONE
        && available.contains(response_type)
        // OIDC Core §3.3 is who combines them.
        && (is_openid || response_type != ResponseType::CODE_TOKEN)
}
