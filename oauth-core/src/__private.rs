//! The items that macro expansions name. Not public API: it changes with the macros, whose version is pinned
//! to this crate's.

pub use crate::expansion::borrowed::Borrowed;
pub use crate::expansion::endpoints::endpoints;
pub use crate::expansion::fields::{IssuerText, encryption_key, issuer_text, signing_keys};
pub use crate::expansion::hook_checks::{
    check_assertions_are_verified, check_hooks_are_asked, check_initial_access_tokens_are_known,
};
pub use crate::expansion::kinds::{
    Custom, CustomValidator, Customizable, HasHooks, NeededHooks, NoNeededHooks, Plain, SaidHooks,
    ValidatorKind, require_custom, require_hooks,
};
pub use crate::expansion::words;
pub use core::clone::Clone;
pub use core::marker::{Send, Sync};
pub use core::option::Option::{self, None, Some};
pub use core::result::Result as CoreResult;
pub use core::result::Result::{Err, Ok};
pub use core::time::Duration;
pub use std::string::String;
pub use std::sync::Arc;
pub use std::vec::Vec;

pub use crate::assertion::{AcceptedAssertion, UnverifiedAssertion, VerifiedAssertion};
pub use crate::authorization::{AuthorizationExtras, AuthorizationRequest};
pub use crate::binding::{Dpop, DpopNonces, NonceKey};
pub use crate::claims::{ClaimDeclaration, ClaimDestination, Claims, PrivateClaims};
pub use crate::client::{Client, ClientAuthMethod};
pub use crate::endpoint::introspection::Introspection;
pub use crate::error::{Error, Result};
pub use crate::expansion::checks::{
    check_access_token_generators, check_claim_destinations, check_claim_scopes,
    check_client_secrets_are_known, check_default_scopes, check_denied, check_grant_types_differ,
    check_id_token_algorithm, check_is_no_page, check_issuer, check_issuer_is_stated, check_issuers_agree,
    check_offline_access, check_openid_is_text, check_proofs_are_kept, check_pushed_requests_are_kept,
    check_refresh_token_generators, check_refresh_tokens_are_no_access_tokens, check_registrations_are_kept,
    check_replay_ids_are_kept, check_resource, check_resources_say_the_audience, check_scopes_differ,
    check_sessions, check_unverified_scope, checked_foreign_issuer, checked_issuer,
};
pub use crate::expansion::claim_checks::{
    check_claims_are_not_of_id_tokens, check_claims_are_not_reserved, check_claims_differ,
};
pub use crate::expansion::claims::{ClaimType, claim_value, claims_method, is_due};
pub use crate::expansion::dpop_fields::dpop_nonce_key;
pub use crate::expansion::fapi2_checks::{
    check_access_token_algorithm, check_fapi2_id_token_algorithm, check_fapi2_replay_ids,
    check_nothing_rotates,
};
pub use crate::expansion::limits::{Limits, NoLimits};
pub use crate::expansion::logouts::{Logouts, NoLogouts};
pub use crate::expansion::marks::check_is_marked;
pub use crate::expansion::missing::Missing;
pub use crate::expansion::openid_fields::pairwise_key;
#[cfg(feature = "http-client")]
pub use crate::expansion::openid_fields::{back_channel, fetcher};
pub use crate::expansion::own_grants::{NamedGrant, NotOwnGrant, OwnGrant, check_own_grants};
pub use crate::expansion::parts::{
    Checked, Known, NotCustom, require_interaction, require_token_generator, require_validator,
};
pub use crate::expansion::pushed::{NoPushedRequests, PushedRequests};
pub use crate::expansion::registrations::{NoRegistrations, Registrations};
pub use crate::expansion::replay::{NoReplayIds, ReplayIds};
#[cfg(feature = "resource")]
pub use crate::expansion::resource::{
    DefaultHttpClient, audience_text, credentials, decryption_key, resource_of,
};
pub use crate::expansion::revocations::{NoRevocations, Revocations, require_revocations};
pub use crate::expansion::roles::{
    Can, Cannot, Player, player, require_clients, require_codes, require_consents, require_devices,
    require_pushed_requests, require_replay_ids, require_sessions, require_tokens, require_users,
};
pub use crate::expansion::upkeep::{NoUpkeep, Upkeep, upkeep};
pub use crate::expansion::users::{NoUserLookup, UserLookup};
pub use crate::expansion::value_checks::{
    check_refresh_tokens_outlive_access_tokens, check_static_claims_differ,
};
#[cfg(feature = "pages")]
pub use crate::grant::Password;
pub use crate::grant::extension::RegisteredExtensionGrant;
pub use crate::grant::{
    AuthorizationCode, ClientCredentials, DeviceCode, Extension, ExtensionGrantType, GrantType, Implicit,
    JwtBearer, RefreshToken, ResponseType, TokenExchange,
};
#[cfg(feature = "http-client")]
pub use crate::http::Fetcher;
pub use crate::http::{HttpClient, HttpError};
pub use crate::interaction::NoInteraction;
pub use crate::jose::{
    Algorithm, ContentEncryption, DecryptionKey, EncryptionKey, EncryptionKeys, Jwk, KeyManagement,
    SigningKey, SigningKeys,
};
#[cfg(feature = "http-client")]
pub use crate::openid::BackChannel;
pub use crate::openid::{IdTokenClaims, IdTokenSigner, NoIdTokens, PairwiseKey};
pub use crate::request::Request;
pub use crate::resource::scope_checks::{check_scopes_are_declared, check_scopes_are_described_alike};
#[cfg(feature = "resource")]
pub use crate::resource::{Credentials, ResourceConfig, ResourceServer, Validation};
pub use crate::scope::{AuthenticationRequirements, RequiredAuthentication};
pub use crate::scope::{RegisteredScope, Scope, ScopeSet, ScopeType};
pub use crate::secret::{SecretString, TokenHash};
pub use crate::server::{
    AuthorizationServer, Endpoints, Exception, Profile, PushedAuthorizationRequests, RegistrationConfig,
    Resource, ServerConfig, Warning,
};
pub use crate::store::{
    AccessToken, AnyLimitStore, AnyLogoutStore, AnyPushedRequestStore, AnyRegistrationStore,
    AnyRevocationStore, AnyUpkeep, Attempt, AuthorizationGrant, ClientStore, CodeRedemption, CodeStore,
    ConsentStore, DeviceStore, NoStore, PeekedCode, RefreshToken as RefreshTokenRecord, ReplayStore,
    Result as StoreResult, SessionStore, TokenStore, User, UserStore,
};
pub use crate::time::UnixTime;
pub use crate::token::{
    Issuer, JweProfile, JwtProfile, Opaque, StaticClaim, TokenExtras, TokenGenerator, TokenResponse, Tokens,
};
pub use crate::validator::{Hook, Hooks, PlainValidator, RequestValidator, StoreRoles};
pub use inventory;
pub use serde_json::{Map, Value};
