//! A server is a table of types and constants; everything it does is a default over them.
//! `#[authorization_server]` writes the table, and so can you.

mod config;
mod configuration_error;
mod deviation;
mod environment;
mod exception;
mod feature;
mod metadata;
mod own_endpoints;
mod profile;
mod report;
mod route;
mod running;
mod service;
mod sign_out;
mod start_up;

pub use oauth_rules::{Feature, Rule, RuleKind};

pub use self::config::{Endpoints, ServerConfig};
pub use self::configuration_error::ConfigurationError;
pub use self::deviation::Deviation;
pub use self::environment::Environment;
pub use self::exception::{Exception, ReportedException, Warning};
pub use self::metadata::ServerMetadata;
pub use self::profile::Profile;
pub use self::report::{Lifetimes, Report, ReportedEndpoint};
pub use self::route::Route;
pub use self::running::RunningServer;
use crate::grant::GrantSet;
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

    /// What the server advertises and routes, made of the above: constant data, to be read and asserted, and not to be
    /// written. Its routes, its report and its documents come from [`ServerMetadata::of`] itself: another value here would
    /// change none of them.
    const METADATA: ServerMetadata = ServerMetadata::of::<Self>();

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

    /// What tells clients that somebody signed out (OIDC Back-Channel Logout); `None`: nothing does.
    #[cfg(feature = "http-client")]
    fn back_channel(&self) -> Option<&crate::openid::BackChannel> {
        None
    }

    /// The issuer identifier, where [`ISSUER`](Self::ISSUER) is [`Issuer::Field`].
    fn issuer(&self) -> Option<&str> {
        match Self::ISSUER {
            Issuer::Literal(issuer) => Some(issuer),
            Issuer::Unstated | Issuer::Field => self.access_tokens().issuer(),
        }
    }

    /// What the server is made of, which rules it enforces and what it allows: print it.
    fn report(&self) -> Report {
        Report::of(self, &[])
    }

    /// Starts the server.
    ///
    /// # Errors
    ///
    /// Everything about the configuration that only a run can tell, all at once.
    fn start(self) -> Result<RunningServer<Self>, ConfigurationError> {
        self.start_in(Environment::new())
    }

    /// Starts the server in an environment of its own: with a clock that a test turns, for instance.
    ///
    /// # Errors
    ///
    /// As [`start`](Self::start).
    fn start_in(self, environment: Environment<Self>) -> Result<RunningServer<Self>, ConfigurationError> {
        RunningServer::new(self, environment)
    }

    /// The server as a [`tower_service::Service`] of `http` types: [`start`](Self::start) by another name.
    ///
    /// # Errors
    ///
    /// As [`start`](Self::start).
    fn into_service(self) -> Result<RunningServer<Self>, ConfigurationError> {
        self.start()
    }

    /// The server as an axum router, to be merged into your own.
    ///
    /// # Errors
    ///
    /// As [`start`](Self::start).
    #[cfg(feature = "axum")]
    fn into_router(self) -> Result<axum::Router, ConfigurationError> {
        Ok(self.start()?.into_router())
    }
}
