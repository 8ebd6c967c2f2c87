//! [`ResourceServer`]: a resource whose tokens come from another process.

use std::fmt;

use super::jwt::JwtRules;
use super::protected::{Identity, Surroundings};
use super::{
    Credentials, Introspection, Jwks, ProtectedResource, ResourceConfig, ResourceMetadata, TokenValidator,
    ValidatedToken, Validation, start_up,
};
use crate::error::Result;
use crate::http::{HttpClient, HttpError};
use crate::jose::DecryptionKey;
use crate::scope::Scope;
use crate::server::{ConfigurationError, Environment};
use crate::token::Issuer;

/// A resource server: whose tokens it takes, for which audience, and how it validates them. `#[resource_server]` writes it,
/// and so can you.
///
/// ```
/// use oauth_core::http::{HttpError, HttpsClient};
/// use oauth_core::resource::{ResourceConfig, ResourceServer};
/// use oauth_core::token::Issuer;
///
/// struct Calendar;
///
/// impl ResourceServer for Calendar {
///     type HttpClient = HttpsClient;
///     const ISSUER: Issuer = Issuer::Literal("https://auth.example.com");
///     const CONFIG: ResourceConfig = ResourceConfig::new().audience("https://calendar.example.com");
///
///     fn http_client(&self) -> Result<HttpsClient, HttpError> {
///         HttpsClient::new()
///     }
/// }
///
/// let calendar = Calendar.into_resource()?;
/// assert_eq!(calendar.metadata_path(), Some("/.well-known/oauth-protected-resource"));
/// # Ok::<(), oauth_core::server::ConfigurationError>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a resource server",
    note = "annotate the struct with `#[resource_server(issuer = \"…\", audience = \"…\", jwks)]`"
)]
pub trait ResourceServer: Sized {
    /// Fetches keys, or asks the introspection endpoint.
    type HttpClient: HttpClient + 'static;

    /// The issuer whose tokens it takes, exactly as it calls itself: some end with `/`.
    const ISSUER: Issuer;

    /// The configuration: how it validates them.
    const CONFIG: ResourceConfig;

    /// The metadata that the resource advertises (RFC 9728), made of the above: constant data, to be read and
    /// asserted, and not to be written. The document comes from [`ResourceMetadata::of`] itself: another
    /// value here would not change it.
    ///
    /// ```
    /// # use oauth_core::prelude::*;
    /// #[resource_server(issuer = "https://auth.example.com", audience = "https://api.example.com/calendar", jwks)]
    /// struct Calendar;
    ///
    /// const _: () = assert!(Calendar::METADATA.resource.is_some());
    /// ```
    const METADATA: ResourceMetadata = ResourceMetadata::of(&Self::CONFIG);

    /// The HTTP client.
    ///
    /// # Errors
    ///
    /// If it cannot be made.
    fn http_client(&self) -> Result<Self::HttpClient, HttpError>;

    /// The issuer, where [`ISSUER`](Self::ISSUER) is [`Issuer::Field`].
    fn issuer(&self) -> Option<&str> {
        match Self::ISSUER {
            Issuer::Literal(issuer) => Some(issuer),
            Issuer::Unstated | Issuer::Field => None,
        }
    }

    /// The audience, where [`CONFIG`](Self::CONFIG) has none.
    fn audience(&self) -> Option<&str> {
        Self::CONFIG.audience
    }

    /// The credentials with which it introduces itself to the introspection endpoint.
    fn credentials(&self) -> Option<Credentials> {
        None
    }

    /// Decrypts signed tokens that are encrypted to this resource (RFC 9068 §4); others are refused then.
    fn decryption_key(&self) -> Option<DecryptionKey> {
        None
    }

    /// Makes the resource. Nothing is fetched yet: it starts whether the issuer is there or not.
    ///
    /// # Errors
    ///
    /// Everything about the configuration that only a run can tell, all at once.
    fn into_resource(self) -> Result<ProtectedResource<RemoteValidator<Self>>, ConfigurationError>
    where
        Self: 'static,
    {
        self.into_resource_in(Environment::new())
    }

    /// Makes the resource, with an environment of your own: tests give it a clock that they turn.
    ///
    /// # Errors
    ///
    /// As [`into_resource`](Self::into_resource).
    fn into_resource_in(
        self,
        environment: Environment<Self>,
    ) -> Result<ProtectedResource<RemoteValidator<Self>>, ConfigurationError>
    where
        Self: 'static,
    {
        let config = Self::CONFIG;
        let mut mistakes = Vec::new();
        let issuer = self.issuer().unwrap_or_default().to_owned();
        let audience = self.audience().unwrap_or_default().to_owned();
        let credentials = self.credentials();
        start_up::remote::check(&config, &issuer, &audience, credentials.as_ref(), &mut mistakes);
        let client = self.http_client().map_err(|cause| mistakes.push(format!("the HTTP client: {cause}")));
        let (client, validation) = match (client, config.validation, credentials) {
            (Ok(client), Validation::Jwks(_), _) => (client, None),
            (Ok(client), Validation::Introspection(_), Some(credentials)) => (client, Some(credentials)),
            _ => {
                start_up::check(&config, &mut mistakes);
                return Err(ConfigurationError::new(mistakes));
            }
        };
        let validator = match validation {
            None => {
                let rules = JwtRules::new(issuer.clone(), audience.clone(), &config);
                RemoteValidator::Jwks(Jwks::new(
                    client,
                    rules,
                    self.decryption_key(),
                    &config,
                    environment.clock.clone(),
                ))
            }
            Some(credentials) => RemoteValidator::Introspection(Box::new(Introspection::new(
                client,
                credentials,
                issuer.clone(),
                audience.clone(),
                &config,
                environment.clock.clone(),
            ))),
        };
        let registered = crate::scope::registered();
        let scopes = config.scopes.unwrap_or(&registered);
        let origin = Self::METADATA.origin(Some(&audience));
        let Environment { bindings, replay_ids, clock, .. } = environment;
        let surroundings = Surroundings::of_remote(bindings, replay_ids, clock, origin);
        let takes_proofs = surroundings.take_proofs();
        let identity = Identity { issuer: &issuer, audience: Some(&audience), scopes, takes_proofs };
        ProtectedResource::assemble(validator, &identity, &config, surroundings, mistakes)
    }
}

/// One of the two ways to validate another server's tokens, for the resource server `R`.
pub enum RemoteValidator<R: ResourceServer> {
    /// Validation by the issuer's keys.
    Jwks(Jwks<R::HttpClient>),
    /// Validation by asking the issuer.
    Introspection(Box<Introspection<R::HttpClient>>),
}

impl<R: ResourceServer> fmt::Debug for RemoteValidator<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Jwks(jwks) => jwks.fmt(f),
            Self::Introspection(introspection) => introspection.fmt(f),
        }
    }
}

impl<R: ResourceServer + 'static> TokenValidator for RemoteValidator<R> {
    const SCOPES: Option<&'static [Scope]> = R::CONFIG.scopes;

    async fn validate(&self, token: &str) -> Result<ValidatedToken> {
        match self {
            Self::Jwks(jwks) => jwks.validate(token).await,
            Self::Introspection(introspection) => introspection.validate(token).await,
        }
    }
}
