//! The frame of a server: the table of types that it is, the lists that anyone can add to, and the server that runs.
//!
//! What is in the lists stands above: [`grant`](crate::grant), [`endpoint`](crate::endpoint).

mod asks;
mod clients;
mod config;
mod cors;
mod endpoint;
mod endpoints;
mod grant;
pub(crate) mod grant_set;
mod listed_endpoint;
mod listed_grant;
mod metadata;
mod profile;
mod pushed;
mod registration;
mod resource;
mod route;
mod running;
mod serve;
mod strangers;

pub use self::asks::Asks;
#[cfg(feature = "http-client")]
pub(crate) use self::clients::Documents as ClientDocuments;
pub use self::config::ServerConfig;
pub(crate) use self::cors::preflight;
pub use self::endpoint::Endpoint;
pub use self::endpoints::Endpoints;
pub use self::grant::Grant;
pub use self::grant_set::GrantSet;
pub use self::listed_endpoint::ListedEndpoint;
pub use self::listed_grant::{ListedGrant, ListedPart, ResponsePart};
pub use self::metadata::ServerMetadata;
pub use self::profile::Profile;
pub use self::pushed::PushedAuthorizationRequests;
pub use self::registration::RegistrationConfig;
pub(crate) use self::resource::known_at;
pub use self::resource::{InvalidResource, Resource};
pub use self::route::Route;
pub use self::running::RunningServer;
pub(crate) use self::running::{Documents, Inner, access_token_lifetime, refresh_lifetimes};
pub(crate) use self::serve::read;
use crate::binding::NonceKey;
use crate::openid::{IdTokenSigner, PairwiseKey};
use crate::token::{Issuer, TokenGenerator};
use crate::validator::RequestValidator;

/// An authorization server.
///
/// ```
/// use oauth_core::prelude::*;
/// use oauth_core::server::ServerConfig;
///
/// struct Machines {
///     accounts: Accounts,
/// }
/// # #[validator] struct Accounts { #[store] store: MemoryStore }
///
/// impl AuthorizationServer for Machines {
///     type Validator = Accounts;
///     type AccessTokens = Opaque;
///     type RefreshTokens = Opaque;
///     type IdTokens = NoIdTokens;
///     type Interaction = NoInteraction;
///     type Grants = (ClientCredentials,);
///     const ISSUER: Issuer = Issuer::Literal("https://auth.example.com");
///     const CONFIG: ServerConfig = ServerConfig::new(&[Scope::new("jobs")]);
///
///     fn validator(&self) -> &Accounts { &self.accounts }
///     fn access_tokens(&self) -> &Opaque { &Opaque::DEFAULT }
///     fn refresh_tokens(&self) -> &Opaque { &Opaque::DEFAULT }
///     fn id_tokens(&self) -> &NoIdTokens { &NoIdTokens }
///     fn interaction(&self) -> &NoInteraction { &NoInteraction }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an authorization server",
    note = "annotate the struct with `#[authorization_server(grants(…))]`"
)]
pub trait AuthorizationServer: Sized + Send + Sync + 'static {
    /// Decides what the application decides.
    type Validator: RequestValidator;
    /// Makes access tokens.
    type AccessTokens: TokenGenerator;
    /// Makes refresh tokens.
    type RefreshTokens: TokenGenerator;
    /// Signs ID tokens; [`NoIdTokens`](crate::openid::NoIdTokens) where the server is no OpenID provider.
    type IdTokens: IdTokenSigner;
    /// Asks people; [`NoInteraction`](crate::interaction::NoInteraction) where no grant does.
    type Interaction: Send + Sync + 'static;
    /// The grants, as a tuple.
    type Grants: GrantSet<Self>;

    /// The issuer identifier, RFC 8414 §2.
    const ISSUER: Issuer;
    /// Scopes, lifetimes and paths.
    const CONFIG: ServerConfig;

    /// The validator.
    fn validator(&self) -> &Self::Validator;
    /// The generator of access tokens.
    fn access_tokens(&self) -> &Self::AccessTokens;
    /// The generator of refresh tokens.
    fn refresh_tokens(&self) -> &Self::RefreshTokens;
    /// The signer of ID tokens.
    fn id_tokens(&self) -> &Self::IdTokens;
    /// The interaction.
    fn interaction(&self) -> &Self::Interaction;

    /// The key of pairwise subject identifiers (OIDC Core §8.1); `None`: every client gets the same identifiers, and one
    /// that registered `subject_type` `pairwise` is refused.
    fn pairwise_key(&self) -> Option<&PairwiseKey> {
        None
    }

    /// The key of the nonces of DPoP proofs (RFC 9449 §8), which instances share; `None`: a random one of this process.
    fn dpop_nonce_key(&self) -> Option<&NonceKey> {
        None
    }

    /// The channel that tells clients that somebody signed out (OIDC Back-Channel Logout); `None`: nothing
    /// does.
    #[cfg(feature = "http-client")]
    fn back_channel(&self) -> Option<&crate::openid::BackChannel> {
        None
    }

    /// The fetcher of documents that clients name: their metadata, their keys. `None`: one that trusts the system's certificates.
    #[cfg(feature = "http-client")]
    fn fetcher(&self) -> Option<&crate::http::Fetcher> {
        None
    }

    /// The issuer identifier, where [`ISSUER`](Self::ISSUER) is [`Issuer::Field`].
    fn issuer(&self) -> Option<&str> {
        match Self::ISSUER {
            Issuer::Literal(issuer) => Some(issuer),
            Issuer::Unstated | Issuer::Field => self.access_tokens().issuer(),
        }
    }
}
