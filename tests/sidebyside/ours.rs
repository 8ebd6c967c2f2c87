//! Our servers, with the endpoints of oauthlib's preconfigured ones, each below a path of its own.

use std::sync::OnceLock;

use bytes::Bytes;
use oauth_core::client::ClientBuilder;
use oauth_core::grant::{ResponseType, UserCode};
use oauth_core::http::Response;
use oauth_core::interaction::DeviceInteraction;
use oauth_core::prelude::*;
use oauth_core::store::{DeviceDecision, DeviceStore};
use oauth_core::time::UnixTime;
use oauth_tests::secret;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

/// The resource owner of both sides.
pub(crate) const SUBJECT: &str = "alice";

/// The users of both sides. There are many, so that no one's password is guessed so often that guessing is slowed down.
pub(crate) fn usernames() -> impl Iterator<Item = String> {
    (0..20).map(|number| format!("user{number}"))
}

/// The response types that oauthlib's servers answer at the authorization endpoint, together.
pub(crate) const RESPONSE_TYPES: [ResponseType; 3] =
    [ResponseType::CODE, ResponseType::TOKEN, ResponseType::NONE];

/// The clients of both sides.
pub(crate) fn clients() -> Vec<Client> {
    let secret = ClientSecret::new(secret()).unwrap();
    // As in oauthlib, whoever authenticates may introspect everything.
    let confidential = |client_id| Client::confidential(client_id, &secret).danger_introspects_all();
    let codes = [GrantType::AUTHORIZATION_CODE, GrantType::REFRESH_TOKEN];
    let passwords = [GrantType::PASSWORD, GrantType::REFRESH_TOKEN];
    let devices = [GrantType::DEVICE_CODE, GrantType::REFRESH_TOKEN];
    let machines = [GrantType::CLIENT_CREDENTIALS];
    [
        confidential("web").redirect_uri("https://web.example/cb").scope("profile calendar"),
        confidential("other").redirect_uri("https://other.example/cb").scope("profile calendar"),
        with(confidential("post"), &codes)
            .token_endpoint_auth_method(ClientAuthMethod::ClientSecretPost)
            .redirect_uri("https://post.example/cb?keep=1")
            .scope("profile"),
        with(confidential("two"), &codes)
            .redirect_uri("https://two.example/a")
            .redirect_uri("https://two.example/b")
            .scope("profile"),
        with(confidential("machine"), &machines).scope("jobs"),
        confidential("silent")
            .redirect_uri("https://silent.example/cb")
            .response_type(ResponseType::CODE)
            .response_type(ResponseType::NONE)
            .scope("profile"),
        confidential("once")
            .redirect_uri("https://once.example/cb")
            .grant_type(GrantType::AUTHORIZATION_CODE)
            .scope("profile"),
        with(Client::public("spa"), &codes).redirect_uri("https://spa.example/cb").scope("profile"),
        with(Client::public("native"), &codes).redirect_uri("http://127.0.0.1/cb").scope("profile calendar"),
        with(Client::public("browser"), &[GrantType::IMPLICIT])
            .redirect_uri("https://browser.example/cb")
            .scope("profile calendar"),
        with(confidential("legacy"), &passwords).scope("profile calendar"),
        with(Client::public("kiosk"), &passwords).scope("profile"),
        with(Client::public("tv"), &devices).scope("profile calendar"),
        with(confidential("box"), &devices).scope("profile"),
    ]
    .map(|client| client.build().unwrap())
    .into()
}

fn with(client: ClientBuilder, grants: &[GrantType]) -> ClientBuilder {
    grants.iter().cloned().fold(client, ClientBuilder::grant_type)
}

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
    pkce_for_everyone: bool,
}

#[validator]
impl Accounts {
    fn is_pkce_required(&self, client: &Client, _request: &mut Request) -> Result<bool> {
        Ok(self.pkce_for_everyone || client.is_public())
    }
}

/// Whoever asks is the same person, who agrees unless the request says otherwise.
struct Owner;

impl<V: Sync> Interaction<V> for Owner {
    async fn decide(
        &self,
        _: &Context<'_, V>,
        _: &AuthorizationRequest,
        request: &Request,
    ) -> Result<Decision> {
        match request.headers().get("x-test-decision") {
            Some(_) => Ok(Decision::Deny),
            None => Ok(Decision::approve(SUBJECT)),
        }
    }
}

/// The same person, with the code that their device shows.
impl<V: RequestValidator<Devices: DeviceStore>> DeviceInteraction<V> for Owner {
    const VERIFICATION_PATH: &'static str = "/device";
    const PAGES: &'static [&'static str] = &["/device"];

    async fn device_page(
        &self,
        context: &Context<'_, V>,
        _: &str,
        request: &http::Request<Bytes>,
    ) -> Result<Response> {
        let query = form_urlencoded::parse(request.uri().query().unwrap_or_default().as_bytes());
        let code = query.into_owned().find(|(name, _)| name == "user_code");
        let code = code.and_then(|(_, code)| UserCode::parse(&code));
        let (devices, now) = (context.validator.devices(), UnixTime::now());
        let unknown = || Error::invalid_request("there is no such code");
        let code = code.ok_or_else(unknown)?.hash();
        let device = devices.device_authorization(&code, now).await?.ok_or_else(unknown)?;
        let decision = match request.headers().get("x-test-decision") {
            Some(_) => DeviceDecision::Deny,
            None => DeviceDecision::approve(SUBJECT, now, device.scopes),
        };
        devices.decide_device_code(&code, decision, now).await?;
        Ok(Response::default())
    }
}

macro_rules! servers {
    ($($(#[$attributes:meta])* $name:ident { $($field:ident: $ty:ty = $value:expr),* })*) => { $(
        $(#[$attributes])*
        struct $name {
            issuer: String,
            #[validator]
            accounts: Accounts,
            $(#[interaction] $field: $ty,)*
        }
        impl $name {
            fn new(issuer: String, accounts: Accounts) -> Self {
                Self { issuer, accounts, $($field: $value),* }
            }
        }
    )* };
}

servers! {
    #[authorization_server(
        preset = "all", profile = "oauth2.0", response_types("code", "token", "none"),
        code_lifetime = "10m", refresh_token_grace = "0s", danger_pkce_optional,
        device_code_lifetime = "30m", device_polling_interval = "60s",
        scopes("profile", "calendar", "jobs", "admin"),
        issuer = self.issuer
    )]
    All { owner: Owner = Owner }

    #[authorization_server(
        preset = "web_application", shared_validator, code_lifetime = "10m", refresh_token_grace = "0s",
        scopes("profile", "calendar", "jobs", "admin"),
        issuer = self.issuer
    )]
    Web { owner: Owner = Owner }

    #[authorization_server(
        preset = "mobile_application", shared_validator, profile = "oauth2.0",
        scopes("profile", "calendar", "jobs", "admin"),
        issuer = self.issuer
    )]
    Mobile { owner: Owner = Owner }

    #[authorization_server(
        preset = "legacy_application", shared_validator, profile = "oauth2.0", refresh_token_grace = "0s",
        scopes("profile", "calendar", "jobs", "admin"),
        issuer = self.issuer
    )]
    Legacy {}

    #[authorization_server(
        preset = "backend_application", shared_validator,
        scopes("profile", "calendar", "jobs", "admin"),
        issuer = self.issuer
    )]
    Backend {}

    #[authorization_server(
        preset = "device_application", shared_validator, device_code_lifetime = "30m", device_polling_interval = "60s",
        scopes("profile", "calendar", "jobs", "admin"),
        issuer = self.issuer
    )]
    Devices { owner: Owner = Owner }
}

/// All of them on one port of the loopback interface.
pub(crate) fn start(runtime: &Runtime) -> u16 {
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let router = axum::Router::new()
            .merge(All::new(issuer(port, "all"), accounts(false).await).into_router().unwrap())
            .merge(Web::new(issuer(port, "web"), accounts(true).await).into_router().unwrap())
            .merge(Legacy::new(issuer(port, "legacy"), accounts(false).await).into_router().unwrap())
            .merge(Devices::new(issuer(port, "device"), accounts(false).await).into_router().unwrap())
            .merge(Mobile::new(issuer(port, "mobile"), accounts(false).await).into_router().unwrap())
            .merge(Backend::new(issuer(port, "backend"), accounts(false).await).into_router().unwrap());
        tokio::spawn(axum::serve(listener, router).into_future());
        port
    })
}

fn issuer(port: u16, name: &str) -> String {
    format!("http://127.0.0.1:{port}/{name}")
}

/// Hashing a password takes a while: once is enough.
fn users() -> &'static [User] {
    static USERS: OnceLock<Vec<User>> = OnceLock::new();
    let user = |name: String| User::new(name.clone(), name).with_password(secret()).unwrap();
    USERS.get_or_init(|| usernames().map(user).collect())
}

async fn accounts(pkce_for_everyone: bool) -> Accounts {
    let store = MemoryStore::default();
    for client in clients() {
        store.save_client(client).await.unwrap();
    }
    for user in users() {
        store.save_user(user.clone()).await.unwrap();
    }
    Accounts { store, pkce_for_everyone }
}
