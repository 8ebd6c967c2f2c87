//! The metadata that a server advertises and routes, as constant data.

use oauth_rules::text::is_equal;

use super::{Resource, Route};
use crate::claims::ClaimDeclaration;
use crate::client::{ClientAuthMethod, ResponseType};
use crate::jose::Algorithm;
use crate::request::ResponseMode;
use crate::scope::{Scope, is_declared};

/// The metadata that a server advertises and routes, as far as its types and constants say: the constant
/// [`Start::METADATA`](crate::server::Start::METADATA). Its routes, its [report](crate::server::Start::report) and its documents (RFC 8414 §2,
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
    /// True if the server issues ID tokens.
    pub is_openid_provider: bool,
    /// True if people stay logged in, so that they can sign out: an OpenID provider tells the frames of its
    /// clients then (`frontchannel_logout_supported`).
    pub has_sessions: bool,
    /// The endpoints: where each is, relative to the issuer. All are routed and advertised.
    pub endpoints: &'static [(Route, &'static str)],
    /// The path of the JWK Set, relative to the issuer: routed and advertised where tokens are signed with
    /// public keys.
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
    /// The ways that clients may authenticate: `token_endpoint_auth_methods_supported` and, without `none`,
    /// those of other endpoints.
    pub client_authentication: &'static [ClientAuthMethod],
    /// The algorithms that clients may sign their assertions with:
    /// `token_endpoint_auth_signing_alg_values_supported`.
    pub client_signing_algorithms: &'static [Algorithm],
    /// The algorithms that clients may sign DPoP proofs with: `dpop_signing_alg_values_supported` (RFC 9449 §5.1).
    pub dpop_signing_algorithms: &'static [Algorithm],
    /// `acr_values_supported` (RFC 9470 §7).
    pub acr_values: &'static [&'static str],
    /// `scopes_supported`, with descriptions.
    pub scopes: &'static [Scope],
    /// `protected_resources` (RFC 9728 §4), with the scopes that are known at each.
    pub resources: &'static [Resource],
    /// The claims of `claims_supported` that OpenID Connect Core defines: those of ID tokens (§2), and those of the standard
    /// scopes (§5.4) that the server declares.
    pub standard_claims: &'static [&'static str],
    /// The claims that the validator declares.
    pub claims: &'static [ClaimDeclaration],
    /// `prompt_values_supported`.
    pub prompt_values: &'static [&'static str],
}

impl ServerMetadata {
    /// The path of an endpoint, relative to the issuer; `None`: the server does not have it. [`Route::JWKS`]
    /// is not among them, for a run alone knows whether there is anything to publish.
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

    /// Tells whether a `grant_type` is among `grant_types_supported`.
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

    /// Tells whether a response type is among `response_types_supported`.
    pub const fn has_response_type(&self, response_type: ResponseType) -> bool {
        response_type.is_in(self.response_types)
    }

    /// Tells whether a scope is among `scopes_supported`.
    pub const fn has_scope(&self, name: &str) -> bool {
        is_declared(self.scopes, name)
    }
}
