//! What macro expansions name. Not public API: it changes with the macros, whose version is pinned to this crate's.

mod checks;
mod claim_checks;
mod claims;
mod message;
mod missing;
mod openid_fields;
mod parts;
mod replay;
#[cfg(feature = "resource")]
mod resource;
mod roles;
mod scope_checks;
mod users;
pub mod words;

pub use core::clone::Clone;
pub use core::marker::{Send, Sync};
pub use core::option::Option::{self, None, Some};
pub use core::result::Result as CoreResult;
pub use core::result::Result::{Err, Ok};
pub use core::time::Duration;
pub use std::string::String;
pub use std::sync::Arc;
pub use std::vec::Vec;

pub use self::checks::{
    check_access_token_generators, check_claim_destinations, check_claim_scopes,
    check_client_secrets_are_known, check_default_scopes, check_denied, check_grant_types_differ,
    check_id_token_algorithm, check_is_no_page, check_issuer, check_issuer_is_stated, check_issuers_agree,
    check_offline_access, check_openid_is_text, check_refresh_token_generators,
    check_refresh_tokens_are_no_access_tokens, check_replay_ids_are_kept, check_scopes_differ,
    check_sessions, checked_foreign_issuer, checked_issuer,
};
pub use self::claim_checks::{
    check_claims_are_not_of_id_tokens, check_claims_are_not_reserved, check_claims_differ,
};
pub use self::claims::{ClaimType, claim_field, claim_value, claims_method, is_due};
pub use self::missing::Missing;
#[cfg(feature = "http-client")]
pub use self::openid_fields::back_channel;
pub use self::openid_fields::pairwise_key;
pub use self::parts::{
    Checked, Known, NotCustom, require_interaction, require_token_generator, require_validator,
};
pub use self::replay::{NoReplayIds, ReplayIds};
#[cfg(feature = "resource")]
pub use self::resource::{DefaultHttpClient, audience_text, credentials, decryption_key};
pub use self::roles::{
    Can, Cannot, Player, player, require_clients, require_codes, require_consents, require_devices,
    require_replay_ids, require_sessions, require_tokens, require_users,
};
pub use self::scope_checks::{check_scopes_are_declared, check_scopes_are_described_alike};
pub use self::users::{NoUserLookup, UserLookup};
pub use crate::assertion::{AcceptedAssertion, UnverifiedAssertion, VerifiedAssertion};
pub use crate::authorization::{AuthorizationExtras, AuthorizationRequest};
pub use crate::claims::{ClaimDeclaration, ClaimDestination, Claims, PrivateClaims};
pub use crate::client::{Client, ClientAuthMethod};
pub use crate::endpoint::introspection::Introspection;
pub use crate::error::{Error, Result};
#[cfg(feature = "pages")]
pub use crate::grant::Password;
pub use crate::grant::extension::RegisteredExtensionGrant;
pub use crate::grant::{
    AuthorizationCode, ClientCredentials, DeviceCode, Extension, ExtensionGrantType, GrantType, Implicit,
    JwtBearer, RefreshToken, ResponseType,
};
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
#[cfg(feature = "resource")]
pub use crate::resource::{Credentials, ResourceConfig, ResourceServer, Validation};
pub use crate::scope::{RegisteredScope, Scope, ScopeSet, ScopeType};
pub use crate::secret::{SecretString, TokenHash};
pub use crate::server::{AuthorizationServer, Endpoints, Exception, Profile, ServerConfig, Warning};
pub use crate::store::{
    AccessToken, Attempt, AuthorizationGrant, ClientStore, CodeRedemption, CodeStore, ConsentStore,
    DeviceStore, NoStore, PeekedCode, RefreshToken as RefreshTokenRecord, ReplayStore, Result as StoreResult,
    SessionStore, TokenStore, User, UserStore,
};
pub use crate::time::UnixTime;
pub use crate::token::{
    Issuer, JweProfile, JwtProfile, Opaque, StaticClaim, TokenExtras, TokenGenerator, TokenResponse, Tokens,
};
pub use crate::validator::{PlainValidator, RequestValidator, StoreRoles};
pub use inventory;
pub use serde_json::{Map, Value};

/// The kind of a validator without `custom`: every hook's default.
#[derive(Debug)]
pub enum Plain {}

/// The kind of a validator with `custom`: a block of hooks belongs to it.
#[derive(Debug)]
pub enum Custom {}

/// Of which kind a validator is. That it is of one only lets the compiler tell `impl<V: PlainValidator>
/// RequestValidator for V` from the `impl` of a block of hooks, and report one mistake once.
pub trait ValidatorKind {
    /// [`Plain`] or [`Custom`].
    type Kind;
}

/// A struct with `#[validator(custom)]`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has hooks, but its struct does not ask for them",
    label = "this block would be ignored",
    note = "write `#[validator(custom)]` on the struct"
)]
pub trait Customizable {
    /// That the block of hooks is there; an error if it is not.
    const IS_COMPLETE: bool;
}

/// A struct with `#[validator(custom)]` whose stores are in order.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has hooks, but its struct does not ask for them",
    label = "this block would be ignored",
    note = "write `#[validator(custom)]` on the struct"
)]
pub trait CustomValidator: StoreRoles + ValidatorKind<Kind = Custom> {}

/// A struct with `#[validator(custom)]` and its block of hooks.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no hooks, and `custom` says that it has",
    label = "there is no block of hooks",
    note = "a struct with `#[validator(custom)]` also needs a `#[validator] impl {Self} {{ … }}` block: write `#[validator]` above the `impl` that has the hooks, or remove `custom`"
)]
pub trait HasHooks {}

#[diagnostic::do_not_recommend]
impl<V: RequestValidator> HasHooks for V {}

/// `#[validator(custom)]` without its other half does not compile.
pub const fn require_hooks<V: HasHooks>() -> bool {
    true
}

/// A `#[validator] impl` block without its other half does not compile.
pub const fn require_custom<V: Customizable>() {}

/// What `issuer = self.field` reads.
#[diagnostic::on_unimplemented(
    message = "the type `{Self}` does not hold an issuer",
    label = "not a text",
    note = "the field that `issuer = self.…` names is a `String`, or another type that is `AsRef<str>`"
)]
pub trait IssuerText {
    /// The text.
    fn text(&self) -> &str;
}

#[diagnostic::do_not_recommend]
impl<T: AsRef<str> + ?Sized> IssuerText for T {
    fn text(&self) -> &str {
        self.as_ref()
    }
}

/// Reads the field that `issuer = self.field` names.
pub fn issuer_text<T: IssuerText + ?Sized>(field: &T) -> &str {
    field.text()
}

/// Borrows the `#[signing_key]` field, whose type is forgotten: one that is no key is an error once, not at every use.
pub fn signing_keys<K: SigningKeys>(keys: &K) -> &dyn SigningKeys {
    keys
}

/// Borrows the `#[encryption_key]` field, whose type is forgotten likewise.
pub fn encryption_key<K: EncryptionKeys>(key: &K) -> &dyn EncryptionKeys {
    key
}

/// The paths of `endpoints(…)`.
#[allow(clippy::too_many_arguments)]
pub const fn endpoints(
    authorization: &'static str,
    token: &'static str,
    revocation: Option<&'static str>,
    introspection: Option<&'static str>,
    jwks: &'static str,
    device_authorization: &'static str,
    userinfo: Option<&'static str>,
    end_session: Option<&'static str>,
    check_session: Option<&'static str>,
) -> Endpoints {
    Endpoints {
        authorization,
        token,
        revocation,
        introspection,
        jwks,
        device_authorization,
        userinfo,
        end_session,
        check_session,
    }
}
