//! [`Introspection`]: any token, by asking its issuer (RFC 7662).

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderValue, Request, StatusCode};
use serde_json::{Map, Value};
use tokio::runtime::Handle;
use tokio::sync::Mutex;
use zeroize::Zeroizing;

use super::discovery::Unavailable;
use super::{ResourceConfig, TokenValidator, ValidatedToken, Validation, discovery};
use crate::binding::dpop::ByKey;
use crate::binding::{Bearer, Binding as _, dpop};
use crate::cache::Cache;
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::http::HttpClient;
use crate::secret::{SecretString, TokenHash};
use crate::time::UnixTime;

/// The time for which it is remembered that a token is not active: long enough to blunt a flood of one token.
const NEGATIVE: Duration = Duration::from_secs(5);

/// The time after a failed discovery in which nobody tries another.
const RETRY: Duration = Duration::from_secs(1);

/// The number of tokens that are remembered; as many again that are not active.
const CAPACITY: usize = 10_000;

/// The credentials with which a resource introduces itself to the introspection endpoint (RFC 7662 §2.1): a
/// confidential client's identifier and secret.
#[derive(Debug, Clone)]
pub struct Credentials {
    client_id: String,
    client_secret: SecretString,
}

impl Credentials {
    /// The identifier and the secret that the authorization server gave to this resource.
    pub fn new(client_id: impl Into<String>, client_secret: impl Into<String>) -> Self {
        Self { client_id: client_id.into(), client_secret: SecretString::new(client_secret) }
    }

    /// RFC 6749 §2.3.1: both are form-encoded, then joined for HTTP Basic.
    fn basic(&self) -> Result<HeaderValue, Unavailable> {
        let encode =
            |text: &str| Zeroizing::new(form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>());
        let (id, secret) = (encode(&self.client_id), encode(self.client_secret.expose()));
        let pair = Zeroizing::new(format!("{}:{}", *id, *secret));
        let header = Zeroizing::new(format!("Basic {}", STANDARD.encode(pair.as_bytes())));
        let mut header = HeaderValue::from_str(&header).map_err(Unavailable::new)?;
        header.set_sensitive(true);
        Ok(header)
    }
}

/// Validates tokens of any format by the introspection endpoint of the issuer.
///
/// An active token is [remembered](ResourceConfig::introspection_cache) for 30 seconds by default and never beyond its
/// `exp`, one that is not for 5 seconds at most; by the hash of the token, and 10,000 of each. Where the issuer cannot be
/// asked, the answer is 503: to everyone at once who waits for its metadata, and for a second after.
///
/// It needs a Tokio runtime.
pub struct Introspection<C> {
    client: Arc<C>,
    clock: Clock,
    credentials: Credentials,
    issuer: String,
    audience: String,
    danger_absent_audience: bool,
    endpoint: Option<&'static str>,
    discovered: Arc<Mutex<Discovery>>,
    leeway: Duration,
    lifetime: Duration,
    active: Cache<ValidatedToken>,
    inactive: Cache<()>,
}

/// The statements in the metadata of the issuer.
#[derive(Default)]
struct Discovery {
    endpoint: Option<String>,
    failed: Option<Instant>,
}

impl<C: HttpClient + 'static> Introspection<C> {
    pub(super) fn new(
        client: C,
        credentials: Credentials,
        issuer: String,
        audience: String,
        config: &ResourceConfig,
        clock: Clock,
    ) -> Self {
        let endpoint = match config.validation {
            Validation::Introspection(endpoint) => endpoint,
            Validation::Jwks(_) => None,
        };
        Self {
            client: Arc::new(client),
            clock,
            credentials,
            issuer,
            audience,
            danger_absent_audience: config.danger_absent_audience,
            endpoint,
            discovered: Arc::default(),
            leeway: config.leeway,
            lifetime: config.introspection_cache,
            active: Cache::new(CAPACITY),
            inactive: Cache::new(CAPACITY),
        }
    }

    async fn endpoint(&self) -> Result<String, Unavailable> {
        if let Some(endpoint) = self.endpoint {
            return Ok(endpoint.to_owned());
        }
        // One attempt at a time. Who waited for it takes its result, whatever it is.
        let mut discovery = Arc::clone(&self.discovered).lock_owned().await;
        if let Some(endpoint) = &discovery.endpoint {
            return Ok(endpoint.clone());
        }
        let instant = self.clock.instant();
        if discovery.failed.is_some_and(|at| instant.duration_since(at) < RETRY) {
            return Err(Unavailable::new("the metadata of the issuer could not be fetched a moment ago"));
        }
        let (client, issuer, clock) = (Arc::clone(&self.client), self.issuer.clone(), self.clock.clone());
        // In a task of its own: the request that began it may be given up, and the others need it, too.
        let attempt = Handle::try_current().map_err(Unavailable::new)?.spawn(async move {
            let found = discover(&*client, &issuer).await;
            match &found {
                Ok(endpoint) => discovery.endpoint = Some(endpoint.clone()),
                Err(_) => discovery.failed = Some(clock.instant()),
            }
            found
        });
        attempt.await.map_err(Unavailable::new)?
    }

    /// RFC 7662 §2.1, §2.2.
    async fn introspect(&self, token: &str) -> Result<Map<String, Value>, Unavailable> {
        let endpoint = self.endpoint().await?;
        let body = form_urlencoded::Serializer::new(String::new())
            .append_pair("token", token)
            .append_pair("token_type_hint", "access_token")
            .finish();
        let request = Request::post(&endpoint)
            .header(AUTHORIZATION, self.credentials.basic()?)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(ACCEPT, "application/json")
            .body(Bytes::from(body))
            .map_err(|cause| Unavailable::new(format_args!("`{endpoint}` is no URI: {cause}")))?;
        let response = self.client.send(request).await;
        let response = response.map_err(|cause| Unavailable::new(format_args!("{endpoint}: {cause}")))?;
        match response.status() {
            StatusCode::OK => {}
            // §2.3: the protected resource's own credentials are refused.
            StatusCode::UNAUTHORIZED => {
                return Err(Unavailable::new(format_args!(
                    "{endpoint} refuses the credentials of this resource (RFC 7662 §2.3): check its client id and secret"
                )));
            }
            status => return Err(Unavailable::new(format_args!("{endpoint} answered {status}"))),
        }
        serde_json::from_slice(response.body()).map_err(|cause| {
            Unavailable::new(format_args!("{endpoint} answered with malformed JSON: {cause}"))
        })
    }

    /// Checks that an introspection response is of a token that is valid here: the issuer vouches for it, not
    /// for its being meant for this resource.
    fn check(&self, mut response: Map<String, Value>) -> Result<ValidatedToken> {
        if response.remove("active") != Some(Value::Bool(true)) {
            return Err(inactive());
        }
        // What it is bound to is checked later; one that is said to be bound, and not to what, cannot be.
        let is_bound = dpop::key_of(response.get("cnf")).is_some();
        let is_of_type = |name: &str| {
            name.eq_ignore_ascii_case(Bearer::SCHEME) || is_bound && name.eq_ignore_ascii_case(ByKey::SCHEME)
        };
        if response.get("token_type").is_some_and(|name| !name.as_str().is_some_and(is_of_type)) {
            return Err(Error::invalid_token(
                "the access token is neither a bearer token nor bound to a key",
            ));
        }
        // RFC 7662 §4: a refresh token is no business of a resource. Issuers that leave out its `token_type` tell it by this.
        if response
            .get("token_use")
            .is_some_and(|token_use| token_use != "access_token" && token_use != "access")
        {
            return Err(Error::invalid_token("the token is not an access token"));
        }
        let now = self.clock.now();
        let seconds = |name| response.get(name).and_then(Value::as_u64).map(UnixTime::from_secs);
        if seconds("exp").is_some_and(|exp| now >= exp + self.leeway) {
            return Err(inactive());
        }
        if seconds("nbf").is_some_and(|nbf| now + self.leeway < nbf) {
            return Err(Error::invalid_token("the access token is not valid yet"));
        }
        let token = ValidatedToken::from_claims(response)?;
        // §2.2 makes it OPTIONAL, and it was the issuer that answered.
        if token.issuer().is_some_and(|issuer| issuer != self.issuer) {
            return Err(Error::invalid_token("the access token is another issuer's"));
        }
        // RFC 9700 §2.3: "every resource server is obliged to verify, for every request, whether the access token sent with
        // that request was meant to be used for that particular resource server".
        let says_nothing = !token.claims().contains_key("aud");
        if says_nothing && !self.danger_absent_audience {
            return Err(Error::invalid_token("the access token does not say for which audience it is"));
        }
        if !says_nothing && !token.is_for(&self.audience) {
            return Err(Error::invalid_token("the access token is meant for another audience"));
        }
        Ok(token)
    }
}

async fn discover<C: HttpClient>(client: &C, issuer: &str) -> Result<String, Unavailable> {
    discovery::metadata(client, issuer).await?.introspection_endpoint()
}

/// Remembers by the clock that only goes ahead, so that setting the time keeps nothing alive.
fn remember<T>(cache: &Cache<T>, token: TokenHash, value: T, lifetime: Duration, clock: &Clock) {
    let now = clock.instant();
    if let Some(until) = now.checked_add(lifetime) {
        cache.put(token, value, until, now);
    }
}

fn inactive() -> Error {
    Error::invalid_token("the access token is expired, revoked or unknown")
}

impl<C: HttpClient + 'static> TokenValidator for Introspection<C> {
    async fn validate(&self, token: &str) -> Result<ValidatedToken> {
        let hash = TokenHash::of(token);
        let instant = self.clock.instant();
        if let Some(token) = self.active.get(&hash, instant, |token| Some(token.clone())) {
            return Ok(token);
        }
        if self.inactive.get(&hash, instant, |()| Some(())).is_some() {
            return Err(inactive());
        }
        let response = self.introspect(token).await?;
        match self.check(response) {
            Ok(token) => {
                // RFC 7662 §4: "the response MUST NOT be cached beyond" its `exp`.
                let rest = token.expires_at().map_or(self.lifetime, |exp| exp.since(self.clock.now()));
                remember(&self.active, hash, token.clone(), self.lifetime.min(rest), &self.clock);
                Ok(token)
            }
            Err(refusal) => {
                remember(&self.inactive, hash, (), self.lifetime.min(NEGATIVE), &self.clock);
                Err(refusal)
            }
        }
    }
}

impl<C> fmt::Debug for Introspection<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Introspection")
            .field("issuer", &self.issuer)
            .field("audience", &self.audience)
            .finish_non_exhaustive()
    }
}
