//! The making of constant data: what a server advertises and routes.

mod list;

use std::marker::PhantomData;

use oauth_rules::claim::STANDARD;

use self::list::List;
use crate::binding::dpop;
use crate::claims::ID_TOKEN_CLAIMS;
use crate::client::{ClientAuthMethod, ResponseType};
use crate::frame::{AuthorizationServer, GrantSet, ListedEndpoint, Route, ServerConfig, ServerMetadata};
use crate::issuing::offered::offers;
use crate::jose::Algorithm;
use crate::openid::IdTokenSigner as _;
use crate::request::ResponseMode;
use crate::scope::{Scope, is_declared};
use crate::validator::RequestValidator as _;

impl ServerMetadata {
    /// The metadata of a server: what [`Start::METADATA`](super::Start::METADATA) is, and what everything is made from, whatever an
    /// implementation writes there.
    pub const fn of<S: AuthorizationServer>() -> Self {
        let has_authorization = <S::Grants as GrantSet<S>>::RESPONSE_TYPE.is_some();
        let is_openid_provider = S::IdTokens::IS_OPENID_PROVIDER;
        Self {
            is_openid_provider,
            has_sessions: <S::Grants as GrantSet<S>>::HAS_SESSIONS,
            endpoints: Lists::<S>::ENDPOINTS.as_slice(),
            jwks: S::CONFIG.endpoints.jwks,
            pages: Lists::<S>::PAGES.as_slice(),
            grant_types: Lists::<S>::GRANT_TYPES.as_slice(),
            response_types: Lists::<S>::RESPONSE_TYPES.as_slice(),
            response_modes: if has_authorization { &ResponseMode::ALL } else { &[] },
            code_challenge_methods: if has_authorization { &["S256"] } else { &[] },
            client_authentication: Lists::<S>::CLIENT_AUTHENTICATION.as_slice(),
            client_signing_algorithms: Lists::<S>::CLIENT_SIGNING_ALGORITHMS.as_slice(),
            dpop_signing_algorithms: match (S::CONFIG.dpop, S::CONFIG.profile.algorithms()) {
                (None, _) => &[],
                (Some(_), Some(algorithms)) => algorithms,
                (Some(_), None) => dpop::ALGORITHMS,
            },
            acr_values: S::CONFIG.acr_values,
            scopes: S::CONFIG.scopes,
            resources: S::CONFIG.resources,
            standard_claims: Lists::<S>::STANDARD_CLAIMS.as_slice(),
            claims: S::Validator::CLAIMS,
            // OIDC Core §3.1.2.1.
            prompt_values: if is_openid_provider && has_authorization {
                &["none", "login", "consent", "select_account"]
            } else {
                &[]
            },
        }
    }

    /// The metadata of a run, whose scopes and resources are data in part.
    pub(crate) fn in_run<S: AuthorizationServer>(config: &ServerConfig, is_data: bool) -> Self {
        let constant = const { Self::of::<S>() };
        if !is_data {
            return constant;
        }
        let standard_claims: &'static List<_, 28> = Box::leak(Box::new(standard_claims::<S>(config.scopes)));
        Self {
            scopes: config.scopes,
            resources: config.resources,
            standard_claims: standard_claims.as_slice(),
            ..constant
        }
    }
}

/// The lists of a server: a slice of a constant lives as long as the constant's owner, which must be a constant, too.
struct Lists<S>(PhantomData<S>);

impl<S: AuthorizationServer> Lists<S> {
    const ENDPOINTS: &'static List<(Route, &'static str), 16> = &endpoints::<S>();
    /// No more than a tuple of grants has.
    const GRANT_TYPES: &'static List<&'static str, 12> = &grant_types::<S>();
    const PAGES: &'static List<&'static [&'static str], 12> = &pages::<S>();
    const RESPONSE_TYPES: &'static List<ResponseType, 8> = &response_types::<S>();
    const CLIENT_AUTHENTICATION: &'static List<ClientAuthMethod, 5> = &client_authentication::<S>();
    const CLIENT_SIGNING_ALGORITHMS: &'static List<Algorithm, 12> = &client_signing_algorithms::<S>();
    const STANDARD_CLAIMS: &'static List<&'static str, 28> = &standard_claims::<S>(S::CONFIG.scopes);
}

const fn endpoints<S: AuthorizationServer>() -> List<(Route, &'static str), 16> {
    let mut all = List::new((Route::METADATA, ""));
    let mut endpoints = ListedEndpoint::<S>::BUILT_IN;
    while let [endpoint, rest @ ..] = endpoints {
        if let Some(path) = endpoint.path {
            all = all.with((endpoint.route, path));
        }
        endpoints = rest;
    }
    let mut grants = <S::Grants as GrantSet<S>>::GRANTS;
    while let [grant, rest @ ..] = grants {
        let mut endpoints = grant.endpoints;
        while let [endpoint, rest @ ..] = endpoints {
            if let Some(path) = endpoint.path {
                all = all.with((endpoint.route, path));
            }
            endpoints = rest;
        }
        grants = rest;
    }
    all
}

const fn pages<S: AuthorizationServer>() -> List<&'static [&'static str], 12> {
    let mut all = List::new([].as_slice());
    let mut grants = <S::Grants as GrantSet<S>>::GRANTS;
    while let [grant, rest @ ..] = grants {
        if let Some(asks) = &grant.asks {
            all = all.with(asks.pages);
        }
        grants = rest;
    }
    all
}

const fn grant_types<S: AuthorizationServer>() -> List<&'static str, 12> {
    let mut all = List::new("");
    let mut grants = <S::Grants as GrantSet<S>>::GRANTS;
    while let [grant, rest @ ..] = grants {
        if let Some(grant_type) = grant.grant_type {
            all = all.with(grant_type);
        }
        grants = rest;
    }
    all
}

/// The response types of the configuration, or else all that the grants and OpenID Connect make up, but not
/// `none`.
const fn response_types<S: AuthorizationServer>() -> List<ResponseType, 8> {
    let (mut offered, mut all) = (List::new(ResponseType::NONE), ResponseType::ALL.as_slice());
    while let [response_type, rest @ ..] = all {
        let is_offered = match S::CONFIG.response_types {
            [] => is_made_up::<S>(*response_type),
            configured => response_type.is_in(configured),
        };
        offered = offered.with_if(is_offered, *response_type);
        all = rest;
    }
    offered
}

const fn is_made_up<S: AuthorizationServer>(response_type: ResponseType) -> bool {
    let Some(of_grants) = <S::Grants as GrantSet<S>>::RESPONSE_TYPE else {
        return false;
    };
    let is_openid = S::IdTokens::IS_OPENID_PROVIDER;
    let is_implicit = of_grants.contains(ResponseType::TOKEN);
    let available =
        if is_openid && is_implicit { of_grants.union(ResponseType::ID_TOKEN) } else { of_grants };
    !response_type.is_in(&[ResponseType::NONE])
        && available.contains(response_type)
        // OIDC Core §3.3 is who combines them.
        && (is_openid || !response_type.is_in(&[ResponseType::CODE_TOKEN]))
}

/// The client authentication methods that the server [offers].
const fn client_authentication<S: AuthorizationServer>() -> List<ClientAuthMethod, 5> {
    let (mut offered, mut all) = (List::new(ClientAuthMethod::None), ClientAuthMethod::BUILT_IN.as_slice());
    while let [method, rest @ ..] = all {
        offered = offered.with_if(offers::<S>(*method), *method);
        all = rest;
    }
    offered
}

/// RFC 8414 §2: "This metadata entry MUST be present if either of these authentication methods are specified".
const fn client_signing_algorithms<S: AuthorizationServer>() -> List<Algorithm, 12> {
    use Algorithm::{ES256, ES384, EdDSA, HS256, HS384, HS512, PS256, PS384, PS512, RS256, RS384, RS512};
    let mut all = List::new(RS256);
    if let Some(algorithms) = S::CONFIG.profile.algorithms() {
        return all.with_all(algorithms);
    }
    if offers::<S>(ClientAuthMethod::PrivateKeyJwt) {
        all = all.with_all(&[RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, EdDSA]);
    }
    if offers::<S>(ClientAuthMethod::ClientSecretJwt) {
        all = all.with_all(&[HS256, HS384, HS512]);
    }
    all
}

const fn standard_claims<S: AuthorizationServer>(scopes: &[Scope]) -> List<&'static str, 28> {
    let mut all = List::new("");
    if !S::IdTokens::IS_OPENID_PROVIDER {
        return all;
    }
    all = all.with_all(&ID_TOKEN_CLAIMS);
    let mut standard = STANDARD.as_slice();
    while let [(scope, claims), rest @ ..] = standard {
        if is_declared(scopes, scope) {
            all = all.with_all(claims);
        }
        standard = rest;
    }
    all
}
