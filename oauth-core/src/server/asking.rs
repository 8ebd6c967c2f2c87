//! The parts of a server that ask hooks, as far as its types and constants say.

use oauth_rules::hook::Hook;
use oauth_rules::text::is_equal;
use oauth_rules::{Feature, Features};

use super::start;
use crate::client::{ClientAuthMethod, GrantType, ResponseType};
use crate::frame::{AuthorizationServer, GrantSet, ListedEndpoint, Route, ServerMetadata};
use crate::issuing::offered::offers;
use crate::validator::RequestValidator;

/// The hooks that are judged: those that the validator says it overrides, unless code of the application's own may ask them, which grants
/// of its own and its policy of token exchange are.
pub(crate) const fn judged_hooks<S: AuthorizationServer>() -> &'static [Hook] {
    if S::CONFIG.shared_validator
        || has_grants_of_its_own::<S>()
        || has_grant_of_ours::<S>(GrantType::TOKEN_EXCHANGE_NAME)
    {
        return &[];
    }
    <S::Validator as RequestValidator>::HOOKS.overridden()
}

/// The features that may ask a hook.
pub(crate) const fn features_that_ask<S: AuthorizationServer>() -> Features {
    let config = S::CONFIG;
    let metadata = ServerMetadata::of::<S>();
    let has_codes = match <S::Grants as GrantSet<S>>::RESPONSE_TYPE {
        Some(response_type) => response_type.contains(ResponseType::CODE),
        None => false,
    };
    // One preset takes the place of another, and the validator stays as it is.
    let any = config.is_preset;
    Features::NONE
        .with(Feature::AuthorizationEndpoint, any || metadata.path(Route::AUTHORIZATION).is_some())
        .with(Feature::TokenEndpoint, any || metadata.path(Route::TOKEN).is_some())
        .with(Feature::AuthorizationCode, any || has_codes || metadata.has_grant_type("authorization_code"))
        .with(Feature::OptionalPkce, config.danger_pkce_optional || (any && !has_codes))
        .with(Feature::RefreshToken, any || <S::Grants as GrantSet<S>>::HAS_REFRESH_TOKEN)
        .with(Feature::DeviceCode, any || metadata.path(Route::DEVICE_AUTHORIZATION).is_some())
        .with(Feature::Password, any || metadata.has_grant_type("password"))
        .with(Feature::JwtBearer, has_grant_of_ours::<S>(GrantType::JWT_BEARER_NAME))
        .with(Feature::OpenId, metadata.is_openid_provider)
        .with(Feature::Userinfo, metadata.path(Route::USERINFO).is_some())
        .with(Feature::Revocation, metadata.path(Route::REVOCATION).is_some())
        .with(Feature::Introspection, metadata.path(Route::INTROSPECTION).is_some())
        .with(
            Feature::PushedAuthorizationRequests,
            metadata.path(Route::PUSHED_AUTHORIZATION_REQUEST).is_some(),
        )
        .with(Feature::ClientSecretJwt, takes_client_secret_jwt::<S>())
        .with(Feature::Registration, config.registration.is_some())
        .with(Feature::InitialAccessTokens, wants_initial_access_tokens::<S>())
        .with(Feature::ClientDocuments, config.client_id_metadata_documents)
        .with(Feature::Fapi2, config.profile.is_fapi2())
}

/// Tells whether clients may sign with their secret. Where that is written and cannot be, another rule has words for it.
const fn takes_client_secret_jwt<S: AuthorizationServer>() -> bool {
    let mut written = S::CONFIG.token_endpoint_auth_methods;
    while let [method, rest @ ..] = written {
        if method.is(&ClientAuthMethod::ClientSecretJwt) {
            return true;
        }
        written = rest;
    }
    offers::<S>(ClientAuthMethod::ClientSecretJwt)
}

pub(crate) const fn wants_initial_access_tokens<S: AuthorizationServer>() -> bool {
    match S::CONFIG.registration {
        Some(registration) => registration.initial_access_token,
        None => false,
    }
}

/// Tells whether a grant is the application's own, whatever its name: it may set claims, and ask any hook.
pub(crate) const fn has_grants_of_its_own<S: AuthorizationServer>() -> bool {
    let mut grants = <S::Grants as GrantSet<S>>::GRANTS;
    while let [grant, rest @ ..] = grants {
        if !grant.is_ours {
            return true;
        }
        grants = rest;
    }
    false
}

/// Tells whether a grant of this crate has that name.
const fn has_grant_of_ours<S: AuthorizationServer>(grant_type: &str) -> bool {
    let mut grants = <S::Grants as GrantSet<S>>::GRANTS;
    while let [grant, rest @ ..] = grants {
        if grant.is_ours
            && let Some(name) = grant.grant_type
            && is_equal(name.as_bytes(), grant_type.as_bytes())
        {
            return true;
        }
        grants = rest;
    }
    false
}

/// Tells whether an [environment](super::Environment::endpoint) added endpoints: those may ask any hook, and set claims.
pub(crate) fn has_endpoints_from_outside<S: AuthorizationServer>(
    server: &S,
    endpoints: &[(&'static str, ListedEndpoint<S>)],
) -> bool {
    endpoints.len() > start::endpoints(server, &[]).len()
}
