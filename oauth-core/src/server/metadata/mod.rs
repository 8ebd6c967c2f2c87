//! What a server advertises and routes, as constant data.

mod list;

use std::marker::PhantomData;

use self::list::List;
use super::{AuthorizationServer, Route};
use crate::authorization::ResponseMode;
use crate::claims::ClaimDeclaration;
use crate::client::ClientAuthMethod;
use crate::client_auth::offered::offers;
use crate::endpoint::ListedEndpoint;
use crate::grant::{GrantSet, ResponseType};
use crate::jose::Algorithm;
use crate::openid::{ID_TOKEN_CLAIMS, IdTokenSigner as _, STANDARD_CLAIMS};
use crate::scope::{Scope, is_declared};
use crate::token::is_equal;
use crate::validator::RequestValidator as _;

/// What a server advertises and routes, as far as its types and constants say: the constant
/// [`AuthorizationServer::METADATA`]. Its routes, its [report](AuthorizationServer::report) and its documents (RFC 8414 §2,
/// OIDC Discovery §3) are all made from it, so that none can say what another does not.
///
/// A run adds what only it can know: the issuer, whether a key signs (`jwks_uri`) and with which algorithms, whether there are
/// pairwise subject identifiers, and whether there is a back channel.
///
/// ```
/// use oauth_core::prelude::*;
/// use oauth_core::server::Route;
///
/// # #[validator] struct Accounts { #[store] store: MemoryStore }
/// #[authorization_server(grants(client_credentials), scopes("jobs"), issuer = "https://auth.example.com")]
/// struct Machines {
///     #[validator]
///     accounts: Accounts,
/// }
///
/// // What this crate relies on, as the compiler sees it.
/// const _: () = assert!(Machines::METADATA.has_grant_type("client_credentials"));
/// const _: () = assert!(Machines::METADATA.path(Route::AUTHORIZATION).is_none());
/// ```
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct ServerMetadata {
    /// Whether it issues ID tokens.
    pub is_openid_provider: bool,
    /// Whether people stay logged in, so that they can sign out: an OpenID provider tells the frames of its clients then
    /// (`frontchannel_logout_supported`).
    pub has_sessions: bool,
    /// The endpoints: where each is, relative to the issuer. All are routed and advertised.
    pub endpoints: &'static [(Route, &'static str)],
    /// Where the JWK Set is, relative to the issuer: routed and advertised where tokens are signed with public keys.
    pub jwks: &'static str,
    /// The private pages that each grant brings along, relative to the issuer: routed, and not advertised. Several grants
    /// bring the same ones.
    pub pages: &'static [&'static [&'static str]],
    /// `grant_types_supported`.
    pub grant_types: &'static [&'static str],
    /// `response_types_supported`.
    pub response_types: &'static [ResponseType],
    /// `response_modes_supported`.
    pub response_modes: &'static [ResponseMode],
    /// `code_challenge_methods_supported` (RFC 7636 §6.2).
    pub code_challenge_methods: &'static [&'static str],
    /// How clients may authenticate: `token_endpoint_auth_methods_supported` and, without `none`, those of other endpoints.
    pub client_authentication: &'static [ClientAuthMethod],
    /// With what clients may sign their assertions: `token_endpoint_auth_signing_alg_values_supported`.
    pub client_signing_algorithms: &'static [Algorithm],
    /// `scopes_supported`, with descriptions.
    pub scopes: &'static [Scope],
    /// The claims of `claims_supported` that OpenID Connect Core defines: those of ID tokens (§2), and those of the standard
    /// scopes (§5.4) that the server declares.
    pub standard_claims: &'static [&'static str],
    /// The claims that the validator declares.
    pub claims: &'static [ClaimDeclaration],
    /// `prompt_values_supported`.
    pub prompt_values: &'static [&'static str],
}

impl ServerMetadata {
    /// That of a server: what [`AuthorizationServer::METADATA`] is, and what everything is made from, whatever an
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
            scopes: S::CONFIG.scopes,
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

    /// Where an endpoint is, relative to the issuer; `None`: the server does not have it. [`Route::JWKS`] is not among them,
    /// for a run alone knows whether there is anything to publish.
    pub const fn path(&self, route: Route) -> Option<&'static str> {
        let mut endpoints = self.endpoints;
        while let [(known, path), rest @ ..] = endpoints {
            if let (Some(known), Some(wanted)) = (known.advertised_as(), route.advertised_as())
                && is_equal(known.as_bytes(), wanted.as_bytes())
            {
                return Some(path);
            }
            endpoints = rest;
        }
        None
    }

    /// Whether a `grant_type` is among `grant_types_supported`.
    pub const fn has_grant_type(&self, grant_type: &str) -> bool {
        let mut grant_types = self.grant_types;
        while let [known, rest @ ..] = grant_types {
            if is_equal(known.as_bytes(), grant_type.as_bytes()) {
                return true;
            }
            grant_types = rest;
        }
        false
    }

    /// Whether a response type is among `response_types_supported`.
    pub const fn has_response_type(&self, response_type: ResponseType) -> bool {
        response_type.is_in(self.response_types)
    }

    /// Whether a scope is among `scopes_supported`.
    pub const fn has_scope(&self, name: &str) -> bool {
        is_declared(self.scopes, name)
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
    const STANDARD_CLAIMS: &'static List<&'static str, 28> = &standard_claims::<S>();
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

/// Those of the configuration, or else all that the grants and OpenID Connect make up, but not `none`.
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

/// Those that the server [offers].
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
    if offers::<S>(ClientAuthMethod::PrivateKeyJwt) {
        all = all.with_all(&[RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, EdDSA]);
    }
    if offers::<S>(ClientAuthMethod::ClientSecretJwt) {
        all = all.with_all(&[HS256, HS384, HS512]);
    }
    all
}

const fn standard_claims<S: AuthorizationServer>() -> List<&'static str, 28> {
    let mut all = List::new("");
    if !S::IdTokens::IS_OPENID_PROVIDER {
        return all;
    }
    all = all.with_all(&ID_TOKEN_CLAIMS);
    let mut standard = STANDARD_CLAIMS.as_slice();
    while let [(scope, claims), rest @ ..] = standard {
        if is_declared(S::CONFIG.scopes, scope) {
            all = all.with_all(claims);
        }
        standard = rest;
    }
    all
}
