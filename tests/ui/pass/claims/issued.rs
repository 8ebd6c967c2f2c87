//! Handlers that ask for claims which somebody issues, or may issue.
#![deny(warnings)]

use axum::Router;
use axum::routing::get;
use oauth_core::prelude::*;
use oauth_core::server::RunningServer;
use oauth_core::token::{JwtProfile, StaticClaim};

#[derive(Claims)]
struct Tenancy {
    tenant: String,
}

/// None of these must be there.
#[derive(Claims)]
struct Optional {
    plan: Option<String>,
    any: serde_json::Value,
}

/// Nor these, whose types have other names.
type Maybe = std::option::Option<String>;

#[derive(serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
struct Seat(Option<u32>);

#[derive(serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
enum Rank {
    Number(u32),
    None(Option<bool>),
}

#[derive(Claims)]
struct Renamed {
    nickname: Maybe,
    seat: Seat,
    rank: Rank,
}

async fn renamed(token: Bearer<(), Renamed>) -> String {
    let Renamed { nickname, seat, rank } = token.private_claims();
    let rank = match rank {
        Rank::Number(number) => number.to_string(),
        Rank::None(none) => format!("{none:?}"),
    };
    format!("{nickname:?} {:?} {rank}", seat.0)
}

async fn tenant(token: Bearer<(), Tenancy>) -> String {
    token.private_claims().tenant.clone()
}

async fn optional(token: Bearer<(), Optional>) -> String {
    let Optional { plan, any } = token.private_claims();
    format!("{plan:?} {any}")
}

async fn perhaps(_: Option<Bearer<(), Option<Tenancy>>>) {}

fn beside<S: AuthorizationServer>(server: &RunningServer<S>) -> Router {
    let resource = server.protected_resource(ResourceConfig::new()).unwrap();
    Router::new().route("/", get(tenant)).with_state(resource)
}

fn store() -> MemoryStore {
    MemoryStore::default()
}

#[validator]
struct Plain {
    #[store]
    store: MemoryStore,
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com")]
struct WithoutClaims {
    #[validator]
    accounts: Plain,
}

/// A method declares it.
#[validator(custom)]
struct Declaring {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Declaring {
    #[claims]
    fn tenancy(&self, _: &Request) -> Option<Tenancy> {
        Some(Tenancy { tenant: "acme".to_owned() })
    }
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com")]
struct Declared {
    #[validator]
    accounts: Declaring,
}

/// A hook sets it.
#[validator(custom)]
struct Setting {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Setting {
    fn validate_client_id(&self, client_id: &str, request: &mut Request) -> Result<()> {
        request.claims.insert("tenant", client_id)
    }
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com")]
struct Set {
    #[validator]
    accounts: Setting,
}

/// A helper sets it, or a trait of the application's own.
#[validator(custom)]
struct Helped {
    #[store]
    store: MemoryStore,
}

trait Tenant {
    fn set_tenant(&mut self) -> Result<()>;
}

impl Tenant for Request {
    fn set_tenant(&mut self) -> Result<()> {
        self.claims.insert("tenant", "acme")
    }
}

#[validator]
impl Helped {
    fn pre_token(&self, request: &mut Request) -> Result<()> {
        request.set_tenant()
    }
}

#[authorization_server(grants(client_credentials), issuer = "https://auth.example.com")]
struct ByTrait {
    #[validator]
    accounts: Helped,
}

/// It is the same in every token.
#[token_generator(jwt, issuer = "https://auth.example.com", claims(tenant = "acme"))]
struct Fixed {
    #[signing_key]
    keys: KeyRing,
}

#[authorization_server(grants(client_credentials))]
struct Static {
    #[validator]
    accounts: Plain,
    #[access_token]
    tokens: Fixed,
}

/// It is the same in every token of a generator by hand.
struct ByHand {
    keys: KeyRing,
}

impl TokenGenerator for ByHand {
    const ISSUER: Issuer = Issuer::Literal("https://auth.example.com");

    fn tokens(&self) -> Tokens<'_> {
        const PROFILE: JwtProfile = JwtProfile::new().claims(&[("tenant", StaticClaim::Str("acme"))]);
        Tokens::jwt(PROFILE, &self.keys)
    }

    async fn generate_token(&self, request: &Request) -> Result<String> {
        self.tokens().generate("https://auth.example.com", request).await
    }
}

#[authorization_server(grants(client_credentials))]
struct StaticByHand {
    #[validator]
    accounts: Plain,
    #[access_token]
    tokens: ByHand,
}

/// A grant of the application's own sets it.
#[extension_grant("urn:example:grant-type:api-key")]
struct ApiKey;

impl ExtensionGrant<Plain> for ApiKey {
    async fn approve(_: &Plain, request: &mut Request) -> Result<GrantApproval> {
        request.claims.insert("tenant", "acme")?;
        Ok(GrantApproval::of_client())
    }
}

#[authorization_server(grants(client_credentials, ApiKey), issuer = "https://auth.example.com")]
struct ByGrant {
    #[validator]
    accounts: Plain,
}

fn main() {
    let server = WithoutClaims { accounts: Plain { store: store() } }.start().unwrap();
    // The store fills it in, and the API says so.
    let own = server.protected_resource(ResourceConfig::new().own_tokens()).unwrap();
    let _: Router = Router::new().route("/", get(tenant)).with_state(own);
    let resource = server.protected_resource(ResourceConfig::new()).unwrap();
    let router = Router::new().route("/", get(optional)).route("/perhaps", get(perhaps)).route("/renamed", get(renamed));
    let _: Router = router.with_state(resource);

    let keys = || KeyRing::from(SigningKey::generate(Algorithm::ES256).unwrap());
    let plain = || Plain { store: store() };
    let _ = beside(&Declared { accounts: Declaring { store: store() } }.start().unwrap());
    let _ = beside(&Set { accounts: Setting { store: store() } }.start().unwrap());
    let _ = beside(&ByTrait { accounts: Helped { store: store() } }.start().unwrap());
    let _ = beside(&Static { accounts: plain(), tokens: Fixed { keys: keys() } }.start().unwrap());
    let _ = beside(&StaticByHand { accounts: plain(), tokens: ByHand { keys: keys() } }.start().unwrap());
    let _ = beside(&ByGrant { accounts: plain() }.start().unwrap());
}
