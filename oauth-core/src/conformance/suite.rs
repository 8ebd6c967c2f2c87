//! A server under test, the clients of the suite, and what they send.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderName};
use http::{Method, Request};
use parking_lot::Mutex;
use serde_json::{Map, Value, json};

use super::answer::{Answer, shown};
use super::browser::Cookies;
use super::fixture::Decision;
use super::prover::{Prover, prove, with_proof};
use super::target::{Target, target};
use super::{BoxError, Failure, Fixture, Stop};
use crate::client::{Client, ClientAuthMethod, ClientBuilder, ClientSecret, GrantType};
use crate::clock::Clock;
use crate::frame::{AuthorizationServer, Route, ServerMetadata};
use crate::jose::{Algorithm, JwtType, SigningKey};
use crate::secret::SecretString;
use crate::server::{Feature, Report, Start as _};
use crate::time::UnixTime;

pub(super) const FORM: &str = "application/x-www-form-urlencoded";

pub(super) struct Suite {
    pub(super) target: Arc<dyn Target>,
    pub(super) report: Report,
    pub(super) fixture: Fixture,
    pub(super) cookies: Cookies,
    /// The first page that the browser met which others can frame.
    pub(super) frameable: Mutex<Option<Answer>>,
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

/// A client, and what it knows.
#[derive(Debug, Clone)]
pub(super) struct TestClient {
    pub(super) id: String,
    pub(super) secret: Option<String>,
    /// The key that it signs its assertions with, where the server offers no method with a secret.
    pub(super) key: Option<Arc<SigningKey>>,
    pub(super) redirect_uri: &'static str,
}

/// The clients' redirect URI.
pub(super) const REDIRECT_URI: &str = "https://client.example/callback";

/// A code and what its client needs to redeem it.
#[derive(Debug, Clone)]
pub(super) struct IssuedCode {
    pub(super) code: String,
    pub(super) verifier: String,
    pub(super) redirect_uri: String,
}

/// The tokens that the token endpoint gave.
#[derive(Debug)]
pub(super) struct Tokens {
    pub(super) access_token: String,
    pub(super) refresh_token: Option<String>,
    pub(super) response: Map<String, Value>,
    pub(super) answer: Answer,
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
            frameable: Mutex::default(),
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

    // Clients

    /// Takes in a client that the suite did not save: its requests are pushed where they must be.
    pub(super) fn adopt(&self, client: &TestClient) {
        self.clients.lock().push(client.clone());
    }

    /// A new confidential client with every grant.
    pub(super) async fn confidential(&self, name: &str) -> Result<TestClient, Stop> {
        self.confidential_with(name, |client| self.with_grants(client, true)).await
    }

    /// A new resource server, of every audience: which the server's tokens have is its own affair.
    pub(super) async fn api(&self) -> Result<TestClient, Stop> {
        let kind = |client| self.with_grants(client, true).danger_introspects_all();
        self.confidential_with("api", kind).await
    }

    /// A new confidential client of this kind.
    pub(super) async fn confidential_with(
        &self,
        name: &str,
        kind: impl FnOnce(ClientBuilder) -> ClientBuilder,
    ) -> Result<TestClient, Stop> {
        self.confidential_at(name, REDIRECT_URI, kind).await
    }

    /// The same, with this redirect URI.
    pub(super) async fn confidential_at(
        &self,
        name: &str,
        redirect_uri: &'static str,
        kind: impl FnOnce(ClientBuilder) -> ClientBuilder,
    ) -> Result<TestClient, Stop> {
        let id = random_id(name);
        let mut test_client = TestClient { id: id.clone(), secret: None, key: None, redirect_uri };
        let client = if self.offers(ClientAuthMethod::ClientSecretBasic)
            || self.offers(ClientAuthMethod::ClientSecretPost)
        {
            let secret = ClientSecret::generate();
            test_client.secret = Some(secret.expose().to_owned());
            let client = Client::confidential(&id, &secret);
            if self.offers(ClientAuthMethod::ClientSecretBasic) { client } else { in_the_body(client) }
        } else if self.offers(ClientAuthMethod::PrivateKeyJwt) {
            let key = new_key()?;
            let jwks = json!({ "keys": [key.public_jwk()] }).to_string();
            test_client.key = Some(Arc::new(key));
            Client::private_key_jwt(&id, jwks)
        } else if self.offers(ClientAuthMethod::None) {
            Client::public(&id)
        } else {
            return Err(no_usable_method());
        };
        self.save(kind(client.redirect_uri(redirect_uri).scope(self.scope()))).await?;
        self.clients.lock().push(test_client.clone());
        Ok(test_client)
    }

    /// Tells whether clients may authenticate like this.
    pub(super) fn offers(&self, method: ClientAuthMethod) -> bool {
        self.methods.contains(&method)
    }

    /// Tells whether the suite's clients can authenticate. `client_secret_jwt` needs secrets that the
    /// validator knows from elsewhere.
    fn can_authenticate(&self) -> bool {
        let can = [
            ClientAuthMethod::ClientSecretBasic,
            ClientAuthMethod::ClientSecretPost,
            ClientAuthMethod::PrivateKeyJwt,
        ];
        can.into_iter().any(|method| self.offers(method))
    }

    /// Goes on only where clients can have a secret, or nothing: what one signs works once, so that its request cannot be
    /// sent a second time.
    pub(super) fn need_repeatable_requests(client: &TestClient) -> Result<(), Stop> {
        if client.key.is_none() {
            return Ok(());
        }
        Err(Stop::NotEnabled("a client authentication method with a secret".to_owned()))
    }

    /// A new public client with every grant that it may have.
    pub(super) async fn public(&self) -> Result<TestClient, Stop> {
        self.public_at(REDIRECT_URI).await
    }

    /// A new public client with this redirect URI.
    pub(super) async fn public_at(&self, redirect_uri: &'static str) -> Result<TestClient, Stop> {
        self.need(Feature::PublicClients)?;
        let id = random_id("public");
        let client = Client::public(&id).redirect_uri(redirect_uri).scope(self.scope());
        self.save(self.with_grants(client, false)).await?;
        let test_client = TestClient { id, secret: None, key: None, redirect_uri };
        self.clients.lock().push(test_client.clone());
        Ok(test_client)
    }

    pub(super) fn with_grants(&self, client: ClientBuilder, is_confidential: bool) -> ClientBuilder {
        // RFC 6749 §4.4: "The client credentials grant type MUST only be used by confidential clients."
        let allowed = self.report.grants.iter().map(|name| GrantType::from(*name));
        let is_confidential = is_confidential && self.can_authenticate();
        let allowed = allowed.filter(|grant| is_confidential || *grant != GrantType::CLIENT_CREDENTIALS);
        allowed.fold(client, ClientBuilder::grant_type)
    }

    pub(super) async fn save(&self, client: ClientBuilder) -> Result<(), Stop> {
        let client = if self.fixture.is_first_party { client.first_party() } else { client };
        let client = client.build().map_err(|error| Failure::setup(error.to_string()))?;
        self.target.save_client(client).await.map_err(|error| {
            let likely =
                "the store of clients is read-only: give the role `clients` a store that can save, in tests";
            let failure = Failure {
                expected: "the suite's clients to be saved in the server's store".to_owned(),
                likely: likely.to_owned(),
                ..Failure::setup(format!("ClientStore::save_client failed: {}", with_causes(&error)))
            };
            failure.into()
        })
    }

    // Requests

    /// Sends a request as it is.
    pub(super) async fn send(&self, request: Request<Bytes>) -> Answer {
        let sent = shown(&request);
        Answer::of(sent, self.target.respond(request).await).await
    }

    /// Sends any request.
    pub(super) async fn request(
        &self,
        method: Method,
        path: &str,
        headers: &[(HeaderName, &str)],
        body: &str,
    ) -> Result<Answer, Stop> {
        Ok(self.send(request(method, path, headers, body)?).await)
    }

    pub(super) async fn get(&self, path: &str) -> Result<Answer, Stop> {
        self.request(Method::GET, path, &[], "").await
    }

    /// POSTs a form as this client.
    pub(super) async fn post(
        &self,
        route: Route,
        client: &TestClient,
        form: &[(&str, &str)],
    ) -> Result<Answer, Stop> {
        Ok(self.send(self.form(route, client, form).await?).await)
    }

    /// A form from this client, with a proof of its key where the token endpoint demands one.
    pub(super) async fn form(
        &self,
        route: Route,
        client: &TestClient,
        form: &[(&str, &str)],
    ) -> Result<Request<Bytes>, Stop> {
        if route == Route::TOKEN && self.binds_every_token() {
            let proof = self.prover.proof(self, None).await?;
            return with_proof(self, client, form, &proof).await;
        }
        self.form_without_proof(route, client, form).await
    }

    /// A request for a resource with this access token, by its own scheme.
    pub(super) async fn present(&self, method: Method, path: &str, token: &str) -> Result<Answer, Stop> {
        if !self.binds_every_token() {
            let authorization = format!("Bearer {token}");
            return self.request(method, path, &[(AUTHORIZATION, &authorization)], "").await;
        }
        let proof = self.prover.with_token(self, method.as_str(), path, token).await?;
        let authorization = format!("DPoP {token}");
        let mut request = request(method, path, &[(AUTHORIZATION, &authorization)], "")?;
        prove(&mut request, &proof)?;
        Ok(self.send(request).await)
    }

    /// A form from this client, as it is.
    pub(super) async fn form_without_proof(
        &self,
        route: Route,
        client: &TestClient,
        form: &[(&str, &str)],
    ) -> Result<Request<Bytes>, Stop> {
        let mut form = form.to_vec();
        let mut headers = vec![(CONTENT_TYPE, FORM)];
        let (authorization, assertion);
        if let Some(secret) = &client.secret {
            if self.offers(ClientAuthMethod::ClientSecretBasic) {
                authorization = basic(&client.id, secret);
                headers.push((AUTHORIZATION, authorization.as_str()));
            } else {
                form.extend([("client_id", client.id.as_str()), ("client_secret", secret)]);
            }
        } else if let Some(key) = &client.key {
            assertion = sign(key, &assertion_claims(self, &client.id)).await?;
            form.extend([("client_assertion_type", ASSERTION_TYPE), ("client_assertion", &assertion)]);
        } else {
            form.push(("client_id", &client.id));
        }
        request(Method::POST, self.path(route)?, &headers, &encode(form))
    }

    /// Sends an authorization request, whose answer must not wait for a person.
    pub(super) async fn open(&self, params: &[(&str, &str)]) -> Result<Answer, Stop> {
        self.need_direct_requests()?;
        let path = self.path(Route::AUTHORIZATION)?;
        self.get(&format!("{path}?{}", encode(params.iter().copied()))).await
    }

    /// Has a person approve an authorization request.
    pub(super) async fn authorize(&self, params: &[(&str, &str)]) -> Result<Answer, Stop> {
        self.browse(&encode(params.iter().copied()), Decision::Allow).await
    }

    /// Goes on only where an authorization request need not be pushed.
    pub(super) fn need_direct_requests(&self) -> Result<(), Stop> {
        if !self.report.pushed_requests_are_required {
            return Ok(());
        }
        Err(Stop::NotEnabled("authorization requests that are not pushed".to_owned()))
    }

    /// The query of an authorization request, or where the server demands it (RFC 9126 §5), that of the same one pushed.
    pub(super) async fn pushed_if_required(&self, query: &str) -> Result<String, Stop> {
        if !self.report.pushed_requests_are_required || query.contains("request_uri=") {
            return Ok(query.to_owned());
        }
        let params: Vec<_> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let is_its =
            |client: &&TestClient| params.iter().any(|(name, id)| name == "client_id" && *id == client.id);
        let client = self.clients.lock().iter().find(is_its).cloned();
        let client = client.ok_or_else(no_usable_method)?;
        let form: Vec<_> = params.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        let form: Vec<_> = form.into_iter().filter(|(name, _)| *name != "client_id").collect();
        let answer = self.post(Route::PUSHED_AUTHORIZATION_REQUEST, &client, &form).await?;
        // What is refused there never reaches the endpoint that the rule is about.
        if answer.status.is_client_error() {
            self.need_direct_requests()?;
        }
        let request_uri = Self::request_uri(&answer)?;
        Ok(encode([("client_id", client.id.as_str()), ("request_uri", request_uri.as_str())]))
    }

    /// The `request_uri` that a client was given.
    pub(super) fn request_uri(answer: &Answer) -> Result<String, Stop> {
        let likely = "a hook of the validator refuses, or the store of pushed requests fails: see the log of `oauth_core`";
        let json = answer.json(likely)?;
        let request_uri = json.get("request_uri").and_then(Value::as_str);
        let is_ours = |uri: &&str| uri.starts_with("urn:ietf:params:oauth:request_uri:");
        let request_uri = request_uri.filter(is_ours).map(str::to_owned);
        request_uri.ok_or_else(|| answer.fail("`request_uri`, a URN (RFC 9126 §2.2)", likely))
    }

    // Tokens

    /// A code for every scope.
    pub(super) async fn code(&self, client: &TestClient) -> Result<IssuedCode, Stop> {
        self.code_for(client, &self.scope()).await
    }

    /// A code for these scopes.
    pub(super) async fn code_for(&self, client: &TestClient, scope: &str) -> Result<IssuedCode, Stop> {
        let (verifier, challenge) = pkce();
        let answer = self.authorize(&client.authorization(&challenge, scope)).await?;
        let mut params = answer.params(client.redirect_uri)?;
        let code = params.remove("code").ok_or_else(|| {
            answer.fail(
                "a code in the redirect",
                "the interaction refuses, or a hook of the validator does: its error is in the redirect",
            )
        })?;
        Ok(IssuedCode { code, verifier, redirect_uri: client.redirect_uri.to_owned() })
    }

    /// Redeems a code.
    pub(super) async fn redeem(&self, client: &TestClient, code: &IssuedCode) -> Result<Answer, Stop> {
        self.post(Route::TOKEN, client, &code.form()).await
    }

    /// The tokens that a person lets this client have.
    pub(super) async fn tokens(&self, client: &TestClient) -> Result<Tokens, Stop> {
        self.tokens_for(client, &self.scope()).await
    }

    /// The tokens for these scopes.
    pub(super) async fn tokens_for(&self, client: &TestClient, scope: &str) -> Result<Tokens, Stop> {
        let code = self.code_for(client, scope).await?;
        Tokens::of(self.redeem(client, &code).await?)
    }

    /// Uses a refresh token.
    pub(super) async fn refresh(&self, client: &TestClient, refresh_token: &str) -> Result<Answer, Stop> {
        let form = [("grant_type", "refresh_token"), ("refresh_token", refresh_token)];
        self.post(Route::TOKEN, client, &form).await
    }

    /// An access token of a confidential client, by whichever grant there is.
    pub(super) async fn any_tokens(&self, client: &TestClient) -> Result<Tokens, Stop> {
        if self.need(Feature::ClientCredentials).is_ok() {
            let form = [("grant_type", "client_credentials")];
            return Tokens::of(self.post(Route::TOKEN, client, &form).await?);
        }
        self.need(Feature::AuthorizationCode)?;
        self.tokens(client).await
    }

    /// Tells whether introspection says that a token is active, with the answer that says so.
    pub(super) async fn is_active(&self, client: &TestClient, token: &str) -> Result<(bool, Answer), Stop> {
        let answer = self.post(Route::INTROSPECTION, client, &[("token", token)]).await?;
        let json = answer.success("introspection does not work for a confidential client")?;
        Ok((json.get("active") == Some(&Value::Bool(true)), answer))
    }
}

impl TestClient {
    /// A valid authorization request for a code.
    pub(super) fn authorization<'a>(&'a self, challenge: &'a str, scope: &'a str) -> Vec<(&'a str, &'a str)> {
        let mut params = vec![
            ("response_type", "code"),
            ("client_id", self.id.as_str()),
            ("redirect_uri", self.redirect_uri),
            ("state", "a state"),
            ("code_challenge", challenge),
            ("code_challenge_method", "S256"),
        ];
        if !scope.is_empty() {
            params.push(("scope", scope));
        }
        params
    }
}

impl IssuedCode {
    pub(super) fn form(&self) -> [(&str, &str); 4] {
        [
            ("grant_type", "authorization_code"),
            ("code", &self.code),
            ("redirect_uri", &self.redirect_uri),
            ("code_verifier", &self.verifier),
        ]
    }
}

impl Tokens {
    /// The tokens of a token response.
    pub(super) fn of(answer: Answer) -> Result<Self, Stop> {
        let response = answer.success(
            "a hook of the validator refuses, the generator of tokens fails, or a store does: see the log of `oauth_core`",
        )?;
        let text = |name| response.get(name).and_then(Value::as_str).map(str::to_owned);
        let access_token = text("access_token").filter(|token| !token.is_empty()).ok_or_else(|| {
            answer.fail("an access_token (RFC 6749 §5.1)", "the generator of access tokens makes empty ones")
        })?;
        Ok(Self { access_token, refresh_token: text("refresh_token"), response, answer })
    }

    /// The refresh token, which must be there.
    pub(super) fn refresh_token(&self) -> Result<&str, Stop> {
        self.refresh_token.as_deref().ok_or_else(|| {
            self.answer.fail(
                "a refresh_token: the server has the grant, and so has the client",
                "the validator hides the grant from its clients, or the generator of refresh tokens is missing",
            )
        })
    }
}

fn no_usable_method() -> Stop {
    Stop::NotEnabled("a client authentication method that the suite can use".to_owned())
}

/// Any request.
pub(super) fn request(
    method: Method,
    path: &str,
    headers: &[(HeaderName, &str)],
    body: &str,
) -> Result<Request<Bytes>, Stop> {
    let is_post = method == Method::POST;
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    if is_post && headers.iter().all(|(name, _)| *name != CONTENT_TYPE) {
        request = request.header(CONTENT_TYPE, FORM);
    }
    let made = request.body(Bytes::copy_from_slice(body.as_bytes()));
    made.map_err(|cause| Failure::setup(format!("{path} is no request: {cause}")).into())
}

/// A form or a query.
pub(super) fn encode<'a>(params: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(params).finish()
}

/// RFC 6749 §2.3.1.
pub(super) fn basic(id: &str, secret: &str) -> String {
    let encoded = |text: &str| form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    format!("Basic {}", STANDARD.encode(format!("{}:{}", encoded(id), encoded(secret))))
}

/// RFC 7636 §4.1, §4.2: a verifier and its challenge.
pub(super) fn pkce() -> (String, String) {
    let verifier = SecretString::random();
    let challenge = URL_SAFE_NO_PAD.encode(verifier.hash().as_bytes());
    (verifier.expose().to_owned(), challenge)
}

/// An identifier that no other client has, even where a store is shared by several tests.
pub(super) fn random_id(name: &str) -> String {
    format!("conformance-{name}-{:08x}", rand::random::<u32>())
}

/// Registers with the credentials in the body.
pub(super) fn in_the_body(client: ClientBuilder) -> ClientBuilder {
    client.token_endpoint_auth_method(ClientAuthMethod::ClientSecretPost)
}

/// The only `client_assertion_type` there is, RFC 7523 §2.2.
pub(super) const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

pub(super) fn new_key() -> Result<SigningKey, Stop> {
    SigningKey::generate(Algorithm::ES256).map_err(|cause| Failure::setup(cause.to_string()).into())
}

pub(super) async fn sign(key: &SigningKey, claims: &Value) -> Result<String, Stop> {
    key.sign_jwt(JwtType::Jwt, claims).await.map_err(|cause| Failure::setup(cause.to_string()).into())
}

/// The claims that a good client asserts (RFC 7523 §3).
pub(super) fn assertion_claims(suite: &Suite, client_id: &str) -> Value {
    let (now, issuer) = (suite.now().as_secs(), &suite.report.issuer);
    let jti = SecretString::random();
    json!({
        "iss": client_id, "sub": client_id, "aud": issuer, "jti": jti.expose(), "iat": now, "exp": now + 60,
    })
}

/// An error with its causes, in one line.
fn with_causes(error: &(dyn std::error::Error + 'static)) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.map(ToString::to_string).collect::<Vec<_>>().join(": ")
}
