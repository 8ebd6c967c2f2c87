//! A server under test, and what the suite knows of it.
//!
//! - `clients`: the clients of the suite, and what they know.
//! - `assertions`: what clients sign with a key of their own.
//! - `requests`: what they send.
//! - `authorizing`: authorization requests, and the codes that come of them.
//! - `tokens`: what the token endpoint gave.

mod assertions;
mod authorizing;
mod clients;
mod requests;
mod tokens;

use std::sync::Arc;
use std::time::Duration;

use parking_lot::Mutex;

pub(super) use self::assertions::{ASSERTION_TYPE, assertion_claims, new_key, sign};
pub(super) use self::authorizing::{IssuedCode, pkce};
use self::clients::no_usable_method;
pub(super) use self::clients::{REDIRECT_URI, TestClient, in_the_body, random_id};
pub(super) use self::requests::{FORM, basic, encode, request};
pub(super) use self::tokens::Tokens;
use super::answer::Answer;
use super::browser::Cookies;
use super::prover::Prover;
use super::target::{Target, target};
use super::{BoxError, Failure, Fixture, Stop};
use crate::client::ClientAuthMethod;
use crate::clock::Clock;
use crate::frame::{AuthorizationServer, Route, ServerMetadata};
use crate::server::{Feature, Report, Start as _};
use crate::time::UnixTime;

pub(super) struct Suite {
    pub(super) target: Arc<dyn Target>,
    pub(super) report: Report,
    pub(super) fixture: Fixture,
    pub(super) cookies: Cookies,
    /// The pages that the browser met.
    pub(super) pages: Mutex<Vec<Answer>>,
    /// Scheme, host and port of the issuer.
    pub(super) origin: String,
    /// The ways in which clients may authenticate.
    pub(super) methods: &'static [ClientAuthMethod],
    /// A client with every grant of the server; confidential, unless the suite can use public ones only.
    pub(super) web: TestClient,
    /// Every client, by which its requests are pushed where they must be.
    clients: Mutex<Vec<TestClient>>,
    /// The key that its clients prove where every token is bound.
    pub(super) prover: Prover,
    clock: Clock,
}

impl Suite {
    pub(super) async fn new<S, B>(build: &B, clock: Clock) -> Result<Self, Stop>
    where
        S: AuthorizationServer,
        B: AsyncFn(&mut Fixture) -> Result<S, BoxError>,
    {
        let mut fixture = Fixture::default();
        let server = build(&mut fixture).await;
        let server = server.map_err(|cause| Failure::setup(format!("the closure failed: {cause}")))?;
        let environment = fixture.take_environment()?.clock(clock.clone());
        let service = server.start_in(environment).map_err(|error| Failure::setup(error.to_string()))?;
        let report = service.report();
        let issuer_path = report.issuer.match_indices('/').nth(2).map_or(report.issuer.len(), |(at, _)| at);
        let origin = report.issuer.get(..issuer_path).unwrap_or_default().to_owned();
        let web = TestClient { id: random_id("web"), secret: None, key: None, redirect_uri: REDIRECT_URI };
        let methods = const { ServerMetadata::of::<S>() }.client_authentication;
        let target = target(service, &mut fixture)?;
        let mut suite = Self {
            target,
            report,
            fixture,
            cookies: Cookies::default(),
            pages: Mutex::default(),
            origin,
            methods,
            web,
            clients: Mutex::default(),
            prover: Prover::new()?,
            clock,
        };
        suite.web = suite.confidential("web").await?;
        Ok(suite)
    }

    /// The time, by the server's clock.
    pub(super) fn now(&self) -> UnixTime {
        self.clock.now()
    }

    /// Turns the server's clock, in a rule that has it.
    pub(super) fn wait(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }

    /// Tells whether every access token is bound to a key, which its clients prove then.
    pub(super) fn binds_every_token(&self) -> bool {
        self.report.has(Feature::Fapi2)
    }

    /// The path that leads there.
    pub(super) fn path(&self, route: Route) -> Result<&str, Stop> {
        self.report.path(route).ok_or_else(|| Stop::NotEnabled(route.to_string()))
    }

    /// Goes on only where the server has this, and the suite's clients can do their part of it.
    pub(super) fn need(&self, feature: Feature) -> Result<(), Stop> {
        use Feature::{ClientCredentials, ConfidentialClients, Introspection};
        if !self.report.has(feature) {
            return Err(Stop::NotEnabled(feature.to_string()));
        }
        if matches!(feature, ClientCredentials | ConfidentialClients | Introspection)
            && !self.can_authenticate()
        {
            return Err(no_usable_method());
        }
        Ok(())
    }

    /// The endpoints that clients POST forms to.
    pub(super) fn form_endpoints(&self) -> impl Iterator<Item = &str> {
        let is_form = |route: Route| {
            matches!(
                route,
                Route::TOKEN
                    | Route::REVOCATION
                    | Route::INTROSPECTION
                    | Route::DEVICE_AUTHORIZATION
                    | Route::PUSHED_AUTHORIZATION_REQUEST
            )
        };
        self.report.endpoints.iter().filter(move |at| is_form(at.route)).map(|at| at.path.as_str())
    }

    /// All scopes of the server, as a parameter.
    pub(super) fn scope(&self) -> String {
        self.report.scopes.iter().map(|scope| scope.name).collect::<Vec<_>>().join(" ")
    }
}
