//! A server to which one of each kind is added from outside, and requests to it.

use std::sync::OnceLock;

use bytes::Bytes;
use http::{HeaderMap, Request as HttpRequest, StatusCode};
use http_body_util::{BodyExt as _, Full};
use oauth_core::prelude::*;
use oauth_core::server::{Environment, RunningServer, ServerConfig};
use serde_json::Value;

use crate::binding::Sealed;
use crate::client_auth::Handshake;
use crate::endpoint::{Echo, Quota};
use crate::grant::Barter;
use crate::wire::Peer;

pub(crate) const ISSUER: &str = "https://auth.example.com";
pub(crate) const BARTER: &str = "urn:example:grant-type:barter";

#[validator(custom)]
pub(crate) struct Accounts {
    #[store]
    pub store: MemoryStore,
}

#[validator]
impl Accounts {
    async fn validate_client_id(&self, _client_id: &str, request: &mut Request) -> Result<()> {
        if let Some(Peer(address)) = request.extensions.get::<Peer>() {
            let address = address.to_string();
            request.claims.insert("peer", address)?;
        }
        Ok(())
    }
}

/// A server by hand, so that a grant may be one that no attribute wrote.
pub(crate) struct Server {
    pub accounts: Accounts,
    keys: IdTokenKeys,
}

impl AuthorizationServer for Server {
    type Validator = Accounts;
    type AccessTokens = Opaque;
    type RefreshTokens = Opaque;
    type IdTokens = IdTokenKeys;
    type Interaction = NoInteraction;
    type Grants = (ClientCredentials, Barter);
    const ISSUER: Issuer = Issuer::Literal(ISSUER);
    const CONFIG: ServerConfig = ServerConfig::new(&[Scope::new("openid"), Scope::new("jobs")]);

    fn validator(&self) -> &Accounts {
        &self.accounts
    }
    fn access_tokens(&self) -> &Opaque {
        &Opaque::DEFAULT
    }
    fn refresh_tokens(&self) -> &Opaque {
        &Opaque::DEFAULT
    }
    fn id_tokens(&self) -> &IdTokenKeys {
        &self.keys
    }
    fn interaction(&self) -> &NoInteraction {
        &NoInteraction
    }
}

/// The secret of `trader`.
pub(crate) const SECRET: &str = "a-secret-of-more-than-thirty-two-characters";

pub(crate) async fn server() -> Server {
    let store = MemoryStore::new();
    let both = |client: oauth_core::client::ClientBuilder| {
        client
            .grant_type(GrantType::CLIENT_CREDENTIALS)
            .grant_type(GrantType::from_static(BARTER))
            .scope("openid jobs")
            .build()
            .unwrap()
    };
    let secret = ClientSecret::new(SECRET).unwrap();
    for client in [
        both(Client::confidential("trader", &secret).danger_introspects_all()),
        both(Client::authenticated_by("friend", <Handshake as oauth_core::client_auth::ClientAuth>::METHOD)),
    ] {
        store.save_client(client).await.unwrap();
    }
    Server { accounts: Accounts { store }, keys: IdTokenKeys::new(key()) }
}

/// Made once: RSA takes its time.
fn key() -> SigningKey {
    static KEY: OnceLock<SigningKey> = OnceLock::new();
    KEY.get_or_init(|| SigningKey::generate(Algorithm::RS256).unwrap()).clone()
}

/// The server with one of each kind.
pub(crate) async fn world() -> World {
    let environment = Environment::new()
        .endpoint::<Quota>()
        .endpoint::<Echo>()
        .client_authentication(Handshake)
        .binding(Sealed);
    World(server().await.start_in(environment).unwrap())
}

pub(crate) struct World(pub RunningServer<Server>);

pub(crate) struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub json: Value,
}

impl Answer {
    pub(crate) async fn of(response: oauth_core::http::Response) -> Self {
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        let json = serde_json::from_slice(&body).unwrap_or(Value::Null);
        Self { status: parts.status, headers: parts.headers, json }
    }

    pub(crate) fn text(&self, member: &str) -> &str {
        self.json[member].as_str().unwrap_or_default()
    }

    pub(crate) fn challenge(&self) -> String {
        let challenges = self.headers.get_all("www-authenticate").iter();
        challenges.map(|value| value.to_str().unwrap()).collect::<Vec<_>>().join(" | ")
    }

    #[track_caller]
    pub(crate) fn assert_error(&self, status: u16, code: &str) {
        assert_eq!((self.status.as_u16(), self.text("error")), (status, code), "{}", self.json);
    }
}

/// `trader`, by its secret.
pub(crate) fn basic() -> (&'static str, String) {
    use base64::Engine as _;
    let credentials = base64::engine::general_purpose::STANDARD.encode(format!("trader:{SECRET}"));
    ("authorization", format!("Basic {credentials}"))
}

impl World {
    pub(crate) async fn send(&self, request: HttpRequest<Full<Bytes>>) -> Answer {
        Answer::of(self.0.respond(request).await).await
    }

    pub(crate) async fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let request = headers
            .iter()
            .fold(HttpRequest::get(path), |request, (name, value)| request.header(*name, *value));
        self.send(request.body(Full::default()).unwrap()).await
    }

    /// POSTs a form.
    pub(crate) async fn post(&self, path: &str, headers: &[(&str, &str)], form: &[(&str, &str)]) -> Answer {
        self.send(post(path, headers, form)).await
    }

    /// Barters for a token.
    pub(crate) async fn barter(&self, headers: &[(&str, &str)], more: &[(&str, &str)]) -> Answer {
        let (name, value) = basic();
        let headers: Vec<_> = [(name, value.as_str())].into_iter().chain(headers.iter().copied()).collect();
        let form: Vec<_> = [("grant_type", BARTER)].into_iter().chain(more.iter().copied()).collect();
        self.post("/token", &headers, &form).await
    }

    pub(crate) async fn metadata(&self) -> Value {
        self.get("/.well-known/oauth-authorization-server", &[]).await.json
    }
}

pub(crate) fn post(path: &str, headers: &[(&str, &str)], form: &[(&str, &str)]) -> HttpRequest<Full<Bytes>> {
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
    let request =
        headers.iter().fold(HttpRequest::post(path), |request, (name, value)| request.header(*name, *value));
    request.header("content-type", "application/x-www-form-urlencoded").body(body.into()).unwrap()
}
