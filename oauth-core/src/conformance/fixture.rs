//! The things that the suite and the maker of a server tell each other.

use std::any::Any;
use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::Request;

use super::Failure;
use crate::frame::AuthorizationServer;
use crate::grant::ExtensionGrantType;
use crate::jose::SigningKey;
use crate::server::Environment;

/// The parameters of a good request, anew for each.
type Parameters = Box<dyn Fn() -> Vec<(&'static str, String)> + Send + Sync>;

type Edit = Arc<dyn Fn(&mut Request<Bytes>) + Send + Sync>;

/// The ways in which people answer the interaction of the server under test.
#[derive(Default)]
pub struct Fixture {
    #[cfg(feature = "pages")]
    pub(super) user: Option<super::browser::TestUser>,
    approve: Option<Edit>,
    refuse: Option<Edit>,
    pub(super) trusted_issuer: Option<TrustedIssuer>,
    pub(super) extension_grants: Vec<KnownGrant>,
    pub(super) initial_access_token: Option<Box<dyn Fn() -> String + Send + Sync>>,
    pub(super) token_exchange: Option<Parameters>,
    #[cfg(feature = "http-client")]
    documents: Option<crate::http::fetch::Documents>,
    #[cfg(feature = "http-client")]
    heard: Option<Listener>,
    #[cfg(feature = "axum")]
    pub(super) application: Option<Box<dyn Any + Send + Sync>>,
    environment: Option<Box<dyn Any + Send + Sync>>,
    pub(super) is_first_party: bool,
    kept: Vec<Box<dyn Any + Send + Sync>>,
}

/// The issuer that the grant `jwt_bearer` believes.
pub(super) struct TrustedIssuer {
    pub(super) issuer: String,
    pub(super) subject: String,
    pub(super) key: SigningKey,
}

/// An extension grant, and what a good request of it has.
pub(super) struct KnownGrant {
    pub(super) grant_type: &'static str,
    pub(super) parameters: Parameters,
}

/// A request that the server sent to a client.
#[derive(Debug, Clone)]
pub(super) struct Sent {
    pub(super) uri: String,
    pub(super) body: Bytes,
}

/// Stands for all clients.
#[cfg(feature = "http-client")]
#[derive(Debug, Clone, Default)]
struct Listener(Arc<parking_lot::Mutex<Vec<Sent>>>);

#[cfg(feature = "http-client")]
impl crate::http::HttpClient for Listener {
    async fn send(&self, request: Request<Bytes>) -> Result<http::Response<Bytes>, crate::http::HttpError> {
        let (parts, body) = request.into_parts();
        self.0.lock().push(Sent { uri: parts.uri.to_string(), body });
        Ok(http::Response::new(Bytes::new()))
    }
}

impl Fixture {
    /// A user for your store of users: the suite logs them in at the pages, by submitting their forms. On a page of your own, the fields
    /// are `username` and `password`, and the buttons of those who agree or refuse are `decision`, with the values `allow` and `deny`.
    ///
    /// # Errors
    ///
    /// If the password cannot be hashed.
    #[cfg(feature = "pages")]
    pub fn user(&mut self) -> crate::Result<crate::store::User> {
        let user = super::browser::TestUser::new()?;
        Ok(self.user.insert(user).record.clone())
    }

    /// Sets how a request to the authorization endpoint comes from someone who is logged in and agrees, with
    /// an interaction of your own: by a header or a cookie, for instance.
    pub fn approve(&mut self, edit: impl Fn(&mut Request<Bytes>) + Send + Sync + 'static) {
        self.approve = Some(Arc::new(edit));
    }

    /// Sets how such a request comes from someone who is logged in and does not agree. Without it, and
    /// without the built-in pages, refusing is not tested.
    pub fn refuse(&mut self, edit: impl Fn(&mut Request<Bytes>) + Send + Sync + 'static) {
        self.refuse = Some(Arc::new(edit));
    }

    /// The suite's clients are your own: nobody is asked whether they may.
    pub const fn first_party(&mut self) {
        self.is_first_party = true;
    }

    /// Your application, around the service of your server: it mounts the endpoints, or has layers in front of them. The suite
    /// talks to it in place of the service.
    #[cfg(feature = "axum")]
    pub fn application<S: AuthorizationServer>(
        &mut self,
        make: impl FnOnce(crate::frame::RunningServer<S>) -> axum::Router + Send + Sync + 'static,
    ) {
        self.application = Some(Box::new(super::target::Application(Box::new(make))));
    }

    /// Sets the environment that your server starts in: the scopes and resources that are data, for instance.
    pub fn environment<S: AuthorizationServer>(&mut self, environment: Environment<S>) {
        self.environment = Some(Box::new(environment));
    }

    /// The environment that the server starts in.
    pub(super) fn take_environment<S: AuthorizationServer>(&mut self) -> Result<Environment<S>, Failure> {
        let Some(environment) = self.environment.take() else { return Ok(Environment::new()) };
        let environment = environment.downcast::<Environment<S>>();
        let other = |_| Failure::setup("`fixture.environment(…)` takes the environment of another server");
        Ok(*environment.map_err(other)?)
    }

    /// Sets the issuer that your `validate_jwt_bearer_token` believes (RFC 7523 §2.1): assertions of this
    /// issuer, signed with this key, that speak of this subject. Without it, the suite's client speaks for
    /// itself, with the key of its `jwks`.
    pub fn trusted_issuer(&mut self, issuer: impl Into<String>, key: SigningKey, subject: impl Into<String>) {
        self.trusted_issuer = Some(TrustedIssuer { issuer: issuer.into(), subject: subject.into(), key });
    }

    /// Sets what a good request of an extension grant of yours has beside `grant_type`, anew for each
    /// request. A grant that the suite is not told of is not tested.
    pub fn extension_grant<G: ExtensionGrantType>(
        &mut self,
        parameters: impl Fn() -> Vec<(&'static str, String)> + Send + Sync + 'static,
    ) {
        self.extension_grants
            .push(KnownGrant { grant_type: G::GRANT_TYPE, parameters: Box::new(parameters) });
    }

    /// Sets what a good token exchange has beside `subject_token` and its type: the `audience` or `resource` for which your
    /// `may_exchange` lets the client exchange a token that it got itself. Without it, exchanges of which the policy does not
    /// approve are not tested.
    pub fn token_exchange(
        &mut self,
        parameters: impl Fn() -> Vec<(&'static str, String)> + Send + Sync + 'static,
    ) {
        self.token_exchange = Some(Box::new(parameters));
    }

    /// Sets the initial access token that your `validate_initial_access_token` takes (RFC 7591 §3), anew for each registration.
    /// Without it, registration by token is hardly tested.
    pub fn initial_access_token(&mut self, token: impl Fn() -> String + Send + Sync + 'static) {
        self.initial_access_token = Some(Box::new(token));
    }

    /// The value for the field `#[fetcher]` of your server: the suite answers for the web, with the documents of its clients, and
    /// nothing is sent anywhere. Without it, clients that come by a document are not tested: a certificate for their host would be
    /// needed.
    ///
    /// # Errors
    ///
    /// If TLS cannot be set up.
    #[cfg(feature = "http-client")]
    pub fn fetcher(&mut self) -> std::result::Result<crate::http::Fetcher, crate::http::HttpError> {
        crate::http::Fetcher::of_documents(self.documents.get_or_insert_default().clone())
    }

    /// Hosts a document of a client.
    #[cfg(feature = "http-client")]
    pub(super) fn host(
        &self,
        url: &str,
        status: u16,
        document: &serde_json::Value,
    ) -> Result<(), super::Stop> {
        let Some(documents) = &self.documents else { return Err(no_documents()) };
        documents.put(url, status, document.to_string());
        Ok(())
    }

    /// Hosts a document of a client.
    #[cfg(not(feature = "http-client"))]
    #[allow(clippy::unused_self, reason = "with the feature `http-client`, it has documents")]
    pub(super) fn host(&self, _: &str, _: u16, _: &serde_json::Value) -> Result<(), super::Stop> {
        Err(no_documents())
    }

    /// The value for the field `#[back_channel]` of your server: logout tokens come to the suite, and go
    /// nowhere else. Without it, back-channel logout is not tested.
    #[cfg(feature = "http-client")]
    pub fn back_channel(&mut self) -> crate::openid::BackChannel {
        crate::openid::BackChannel::new(self.heard.get_or_insert_default().clone())
    }

    /// The requests that the server has sent to clients by now; `None`: the suite does not hear it.
    #[cfg(feature = "http-client")]
    pub(super) fn sent(&self) -> Option<Vec<Sent>> {
        self.heard.as_ref().map(|heard| heard.0.lock().clone())
    }

    /// The requests that the server has sent to clients by now; `None`: the suite does not hear it.
    #[cfg(not(feature = "http-client"))]
    pub(super) const fn sent(&self) -> Option<Vec<Sent>> {
        None
    }

    /// Keeps something for as long as the test runs: a temporary directory with a database in it, for instance.
    pub fn keep(&mut self, value: impl Any + Send + Sync) {
        self.kept.push(Box::new(value));
    }

    /// Makes a request one of the person's.
    pub(super) fn decide(&self, decision: Decision, request: &mut Request<Bytes>) {
        let edit = match decision {
            Decision::Allow => &self.approve,
            Decision::Deny => &self.refuse,
        };
        if let Some(edit) = edit {
            edit(request);
        }
    }

    /// Tells whether the fixture says how someone refuses.
    pub(super) fn can_refuse(&self) -> bool {
        self.refuse.is_some()
    }
}

fn no_documents() -> super::Stop {
    super::Stop::NotTried("documents that it hosts, for which the server has `fixture.fetcher()`".to_owned())
}

/// The decision of the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decision {
    Allow,
    Deny,
}

impl fmt::Debug for Fixture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fixture").finish_non_exhaustive()
    }
}
