//! Client authentication, RFC 6749 §2.3 and §3.2.1: one file a method.

mod assertion;
mod client_secret_basic;
mod client_secret_jwt;
mod client_secret_post;
mod erased;
mod method;
mod none;
mod private_key_jwt;

use std::hash::Hash;
use std::sync::Arc;

use http::header::{AUTHORIZATION, HeaderValue};

use self::client_secret_basic::ClientSecretBasic;
use self::client_secret_post::ClientSecretPost;
pub(crate) use self::erased::AnyClientAuth;
use self::method::Method;
use crate::binding;
use crate::client::{Client, ClientAuthMethod, ClientSource};
use crate::error::{Error, Result};
use crate::request::Request;
use crate::secret::SecretString;
use crate::store::{ClientStore as _, StoreRoles};

/// The application, as far as client authentication asks it: hooks of a
/// [`RequestValidator`](crate::validator::RequestValidator).
pub(crate) trait Application: StoreRoles {
    /// Tells whether the client must authenticate for this request.
    fn client_authentication_required(
        &self,
        client: &Client,
        request: &mut Request,
    ) -> impl Future<Output = Result<bool>> + Send;

    /// The secret itself of a client that authenticates with `client_secret_jwt`.
    fn get_client_secret(
        &self,
        client: &Client,
        request: &mut Request,
    ) -> impl Future<Output = Result<Option<SecretString>>> + Send;
}

/// A client authentication method. One of an application's own is added by
/// [`Environment::client_authentication`](crate::server::Environment::client_authentication), and clients
/// [register](crate::client::Client::authenticated_by) its name.
///
/// The framework looks the client up between the two steps, and answers `invalid_client` whether there is none or its
/// credentials are wrong; that the method is the one the client registered, it checks, too.
///
/// ```
/// use oauth_core::client_auth::ClientAuth;
/// use oauth_core::prelude::*;
///
/// /// A proxy in front of us terminates TLS, and our server puts the subject of the client's certificate beside the request.
/// struct ProxyCertificate;
///
/// #[derive(Clone)]
/// struct CertificateSubject(String);
///
/// impl ClientAuth for ProxyCertificate {
///     const METHOD: ClientAuthMethod = ClientAuthMethod::from_static("urn:example:proxy-certificate");
///     const IS_AMBIENT: bool = true;
///
///     fn is_in(&self, request: &Request) -> bool {
///         request.extensions.get::<CertificateSubject>().is_some()
///     }
///
///     async fn verify(&self, client: Option<&Client>, request: &mut Request) -> Result<bool> {
///         let subject = request.extensions.get::<CertificateSubject>();
///         Ok(client.zip(subject).is_some_and(|(client, CertificateSubject(subject))| *subject == client.client_id))
///     }
/// }
/// ```
pub trait ClientAuth: Send + Sync {
    /// The name of the method among `token_endpoint_auth_methods_supported`.
    const METHOD: ClientAuthMethod;

    /// The scheme of the `Authorization` header that it reads; `None`: it reads another part of the request.
    const SCHEME: Option<&'static str> = None;

    /// True if its credentials come with the connection rather than by the client's choice, such as a
    /// certificate: beside those of another method, or of a public client, they are no second ones.
    const IS_AMBIENT: bool = false;

    /// Tells whether a request has credentials of this kind, whole or in part. Default: they are in the
    /// header, by the scheme.
    fn is_in(&self, request: &Request) -> bool {
        Self::SCHEME.is_some_and(|scheme| has_scheme(request, scheme))
    }

    /// The identifier that the credentials are said to be of. Default: `client_id` of the body.
    ///
    /// # Errors
    ///
    /// `invalid_client` if there is none; `invalid_request` if there are two.
    fn client_id(&self, request: &Request) -> Result<String> {
        request.body().get("client_id").map(str::to_owned).ok_or_else(Error::invalid_client)
    }

    /// Tells whether the credentials are this client's. `None`: there is no such client, and whatever the
    /// answer, it is refused; verify against something all the same, so that it takes as long as wrong
    /// credentials do.
    ///
    /// # Errors
    ///
    /// A failure of ours.
    fn verify(
        &self,
        client: Option<&Client>,
        request: &mut Request,
    ) -> impl Future<Output = Result<bool>> + Send;
}

/// Tells whether the `Authorization` header has this scheme, in any case (RFC 9110 §11.1).
fn has_scheme(request: &Request, scheme: &str) -> bool {
    let header = request.headers().get(AUTHORIZATION);
    header.is_some_and(|value| binding::has_scheme(value.as_bytes(), scheme))
}

/// Tells whether a request authenticates by a method from outside: all else is the validator's.
pub(crate) fn is_from_outside(outside: &[Arc<dyn AnyClientAuth>], request: &Request) -> bool {
    if outside.is_empty() {
        return false;
    }
    let others = ["client_secret", "client_assertion", "client_assertion_type"];
    let has_others = request.headers().contains_key(AUTHORIZATION)
        || others.iter().any(|name| request.body().get(name).is_some());
    outside.iter().any(|method| method.is_in(request) && !(method.is_ambient() && has_others))
}

/// Authenticates the client of a request by the method it registered: one of the framework's, or one from outside.
///
/// # Errors
///
/// `invalid_client`, the same for an unknown client as for wrong credentials.
pub(crate) async fn authenticate<V: Application>(
    validator: &V,
    outside: &[Arc<dyn AnyClientAuth>],
    request: &mut Request,
) -> Result<Arc<Client>> {
    let methods = Method::all(validator, outside);
    let named = chosen(&methods, request)?.unwrap_or(Method::None(validator));
    let found = request.found_client.take();
    let client_id = named.client_id(request)?;
    let client = match found.filter(|client| client.client_id == client_id) {
        Some(client) => Some(client),
        None => validator.clients().client(&client_id).await?,
    };
    let is_public = client.as_ref().is_some_and(|client| client.is_public());
    let method = if is_public && named.is_ambient() { Method::None(validator) } else { named };
    let is_verified = method.verify(client.as_deref(), request).await?;
    // The wire says `invalid_client` and nothing more; the operator's log says why.
    let refused = |reason: &str| {
        let (client_id, method) = (named.client_id(request).unwrap_or_default(), method.method());
        tracing::debug!(target: "oauth_core", client_id = &*client_id, %method, reason, "client not authenticated");
        Error::invalid_client()
    };
    let Some(client) = client else { return Err(refused("no such client")) };
    if !is_verified {
        return Err(refused("the credentials are wrong, or the client has none"));
    }
    if !request.is_exempted && !is_registered(method.method(), &client) {
        return Err(refused(client.token_endpoint_auth_method.as_str()));
    }
    Ok(client)
}

/// Tells whether a client registered a method. Of one that registered itself, either way to send a secret is as good as the other:
/// libraries send it in the header whatever they registered.
fn is_registered(method: ClientAuthMethod, client: &Client) -> bool {
    let registered = client.token_endpoint_auth_method;
    let sends_secret =
        |method| matches!(method, ClientAuthMethod::ClientSecretBasic | ClientAuthMethod::ClientSecretPost);
    method == registered
        || client.source == ClientSource::Itself && sends_secret(method) && sends_secret(registered)
}

/// The method of the credentials of a request, right or wrong; `None`: it has none.
pub(crate) fn tried(outside: &[Arc<dyn AnyClientAuth>], request: &Request) -> Option<ClientAuthMethod> {
    let by_secret: [&dyn AnyClientAuth; 2] = [&ClientSecretBasic, &ClientSecretPost];
    let others = outside.iter().map(|method| &**method);
    let found = by_secret.into_iter().chain(others).find(|method| method.is_in(request));
    let by_assertion = [ClientAuthMethod::ClientSecretJwt, ClientAuthMethod::PrivateKeyJwt];
    let is_of = |method: &ClientAuthMethod| assertion::is_of(*method, request);
    found.map(AnyClientAuth::method).or_else(|| by_assertion.into_iter().find(is_of))
}

/// The client whose secret a request has, right or wrong.
pub(crate) fn guessed_client(request: &Request) -> Option<&str> {
    if ClientAuth::is_in(&ClientSecretBasic, request) {
        return client_secret_basic::client_id(request).ok();
    }
    request.body().get("client_id").filter(|_| ClientAuth::is_in(&ClientSecretPost, request))
}

/// All that a request has of credentials by a secret.
pub(crate) fn credentials(request: &Request) -> impl Hash + Send {
    let header = request.headers().get(AUTHORIZATION).map(HeaderValue::as_bytes);
    (header, request.body().get("client_id"), request.body().get("client_secret"))
}

/// The client that a request says it is from, before anything is known of it.
#[cfg(feature = "http-client")]
pub(crate) fn named_client(request: &Request) -> Option<String> {
    if has_assertion(request) {
        return assertion::client_id(request).ok();
    }
    guessed_client(request).or_else(|| request.body().get("client_id")).map(str::to_owned)
}

/// Tells whether a request has a JWT that its client signed.
#[cfg(feature = "http-client")]
pub(crate) fn has_assertion(request: &Request) -> bool {
    request.body().get("client_assertion").is_some()
}

/// The method of a request; `None`: it has no credentials. RFC 6749 §2.3: "The client MUST NOT use more than one
/// authentication method in each request."
fn chosen<'m, V: Application>(
    methods: &(impl Iterator<Item = Method<'m, V>> + Clone),
    request: &Request,
) -> Result<Option<Method<'m, V>>> {
    let mut headers = request.headers().get_all(AUTHORIZATION).iter();
    let (header, is_repeated) = (headers.next(), headers.next().is_some());
    let is_foreign = header.is_some_and(|value| {
        let mut schemes = methods.clone().filter_map(|method| method.scheme());
        !schemes.any(|scheme| binding::has_scheme(value.as_bytes(), scheme))
    });
    let found = |is_ambient| {
        methods.clone().filter(move |method| method.is_ambient() == is_ambient && method.is_in(request))
    };
    let mut chosen = found(false);
    let (first, second) = match chosen.next() {
        Some(first) => (Some(first), chosen.next()),
        None => (found(true).next(), None),
    };
    match (first, second) {
        (Some(method), None) if !is_repeated && !is_foreign => Ok(Some(method)),
        (None, _) if is_foreign => Err(Error::invalid_client()),
        (None, _) => Ok(None),
        _ => Err(Error::invalid_request("the client authenticates in more than one way")),
    }
}
