//! Token exchange, RFC 8693: a client that was called with a token calls on with one of its own.

mod bound;
mod id_jag;

use std::time::Duration;

use oauth_core::clock::Clock;
use oauth_core::grant::token_exchange::{ExchangeApproval, TokenExchangePolicy, TokenExchangeRequest};
use oauth_core::prelude::*;
use oauth_core::secret::TokenHash;
use oauth_core::server::Environment;
use oauth_core::store::RegistrationStore as _;
use oauth_tests::{Alice, Answer, App, VERIFIER, basic, secret};
use serde_json::{Value, json};

const GRANT: &str = "urn:ietf:params:oauth:grant-type:token-exchange";
const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";
const REFRESH_TOKEN: &str = "urn:ietf:params:oauth:token-type:refresh_token";
const CALENDAR: &str = "https://calendar.example";

#[validator(custom)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Accounts {
    /// Tokens of `web` are for the gateway; those that are asked for with `x-may-act` name who may act.
    fn validate_client_id(&self, client_id: &str, request: &mut Request) -> Result<()> {
        if client_id == "web" {
            request.claims.insert("aud", ["https://auth.example.com", "gateway"])?;
        }
        let named = request.headers().get("x-may-act").and_then(|value| value.to_str().ok());
        let may_act = named.map(|named| json!({ "client_id": named }));
        request.claims.insert("may_act", may_act)
    }
}

impl TokenExchangePolicy for Accounts {
    async fn may_exchange(&self, exchange: &TokenExchangeRequest, _: &Request) -> Result<ExchangeApproval> {
        match exchange.targets()[..] {
            [CALENDAR | "batch"] if exchange.requester_is_party() => Ok(ExchangeApproval::delegation()),
            ["https://impersonated.example"] => Ok(ExchangeApproval::impersonation()),
            _ => Err(ErrorCode::InvalidTarget.into()),
        }
    }
}

#[authorization_server(
    grants(authorization_code, refresh_token, client_credentials, token_exchange),
    scopes("profile", "calendar", "mail"),
    issuer = "https://auth.example.com"
)]
struct Server {
    #[validator]
    accounts: Accounts,
    #[interaction]
    alice: Alice,
}

struct World {
    app: App,
    clock: Clock,
    store: MemoryStore,
}

impl World {
    async fn new() -> Self {
        let store = MemoryStore::new();
        let secret = ClientSecret::new(secret()).unwrap();
        let exchanges = |id: &str| Client::confidential(id, &secret).grant_type(GrantType::TOKEN_EXCHANGE);
        for client in [
            Client::confidential("web", &secret)
                .redirect_uri("https://web.example/cb")
                .grant_type(GrantType::AUTHORIZATION_CODE)
                .grant_type(GrantType::REFRESH_TOKEN)
                .grant_type(GrantType::TOKEN_EXCHANGE)
                .scope("profile calendar"),
            exchanges("gateway").scope("calendar mail"),
            exchanges("stranger").scope("calendar"),
            Client::confidential("other", &secret)
                .grant_type(GrantType::CLIENT_CREDENTIALS)
                .scope("calendar"),
            Client::resource_server("api", &secret, CALENDAR),
            Client::public("spa")
                .redirect_uri("https://spa.example/cb")
                .grant_type(GrantType::TOKEN_EXCHANGE),
        ] {
            store.save_client(client.build().unwrap()).await.unwrap();
        }
        let clock = Clock::manual();
        let server = Server { accounts: Accounts { store: store.clone() }, alice: Alice };
        Self { app: App::in_environment(server, Environment::new().clock(clock.clone())), clock, store }
    }

    async fn exchange(&self, client: &str, form: &[(&str, &str)]) -> Answer {
        let form: Vec<_> = [("grant_type", GRANT)].into_iter().chain(form.iter().copied()).collect();
        self.app.post("/token", &basic(client), &form).await
    }

    /// Exchanges an access token of Alice's for one to use at the calendar.
    async fn calendar(&self, client: &str, subject_token: &str) -> Answer {
        self.exchange(client, &subject(subject_token, CALENDAR)).await
    }

    async fn introspect(&self, token: &str) -> Value {
        self.app.post("/introspect", &basic("api"), &[("token", token)]).await.json()
    }
}

fn subject<'a>(token: &'a str, audience: &'a str) -> [(&'a str, &'a str); 3] {
    [("subject_token", token), ("subject_token_type", ACCESS_TOKEN), ("audience", audience)]
}

#[tokio::test]
async fn section_2_2_1_the_new_token_speaks_for_the_person_and_says_who_acts() {
    let world = World::new().await;
    let token = world.app.tokens().await.member("access_token");
    let answer = world.calendar("gateway", &token).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    let told = answer.json();
    assert_eq!(told["issued_token_type"], ACCESS_TOKEN);
    assert_eq!((&told["token_type"], &told["scope"]), (&json!("Bearer"), &json!("calendar")));
    assert_eq!(told.get("refresh_token"), None);
    let known = world.introspect(&answer.member("access_token")).await;
    assert_eq!(known["sub"], "alice");
    assert_eq!(known["client_id"], "gateway");
    assert_eq!(known["aud"], CALENDAR);
    assert_eq!(known["act"], json!({ "sub": "gateway", "client_id": "gateway" }));
}

#[tokio::test]
async fn section_4_1_actors_are_nested_and_the_outermost_is_the_current_one() {
    let world = World::new().await;
    let first = world.app.tokens().await.member("access_token");
    let second = world.exchange("gateway", &subject(&first, "batch")).await.member("access_token");
    // It was issued to the gateway, which calls on once more.
    let third = world.calendar("gateway", &second).await.member("access_token");
    let act = &world.introspect(&third).await["act"];
    assert_eq!(act["act"], json!({ "sub": "gateway", "client_id": "gateway" }));
}

#[tokio::test]
async fn an_actor_token_says_who_acts() {
    let world = World::new().await;
    let token = world.app.tokens().await.member("access_token");
    let actor = world.app.post("/token", &basic("other"), &[("grant_type", "client_credentials")]).await;
    let actor = actor.member("access_token");
    let by_actor = [("actor_token", actor.as_str()), ("actor_token_type", ACCESS_TOKEN)];
    let form = [subject(&token, CALENDAR).as_slice(), &by_actor].concat();
    let answer = world.exchange("gateway", &form).await;
    assert_eq!(world.introspect(&answer.member("access_token")).await["act"]["client_id"], "other");
    let alone = [subject(&token, CALENDAR).as_slice(), &[("actor_token", &actor)]].concat();
    world.exchange("gateway", &alone).await.assert_error(400, "invalid_request");
    let type_alone = [subject(&token, CALENDAR).as_slice(), &[("actor_token_type", ACCESS_TOKEN)]].concat();
    world.exchange("gateway", &type_alone).await.assert_error(400, "invalid_request");
}

#[tokio::test]
async fn impersonation_names_no_actor() {
    let world = World::new().await;
    let token = world.app.tokens().await.member("access_token");
    let answer = world.exchange("gateway", &subject(&token, "https://impersonated.example")).await;
    assert_eq!(answer.status, 200, "{answer:?}");
}

#[tokio::test]
async fn a_client_that_may_not_exchange_is_refused() {
    let world = World::new().await;
    let token = world.app.tokens().await.member("access_token");
    // It is no party to the token, which is neither its own nor meant for it.
    world.calendar("stranger", &token).await.assert_error(400, "invalid_target");
    // It has not registered the grant.
    world.calendar("other", &token).await.assert_error(400, "unauthorized_client");
    // It cannot prove who it is.
    let form = subject(&token, CALENDAR);
    let form = [&[("grant_type", GRANT), ("client_id", "spa")], form.as_slice()].concat();
    world.app.post("/token", "", &form).await.assert_error(400, "unauthorized_client");
}

#[tokio::test]
async fn section_4_4_may_act_is_obeyed() {
    let world = World::new().await;
    let code = world.app.code("web", "https://web.example/cb").await;
    let request = http::Request::post("/token")
        .header("authorization", basic("web"))
        .header("content-type", "application/x-www-form-urlencoded")
        .header("x-may-act", "stranger");
    let form = form_urlencoded::Serializer::new(String::new())
        .extend_pairs([
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("redirect_uri", "https://web.example/cb"),
            ("code_verifier", oauth_tests::VERIFIER),
        ])
        .finish();
    let token = world.app.send(request, form).await.member("access_token");
    world.calendar("gateway", &token).await.assert_error(400, "invalid_request");
    assert_eq!(world.calendar("stranger", &token).await.status, 200);
}

#[tokio::test]
async fn scopes_are_narrowed_and_never_widened() {
    let world = World::new().await;
    let token = world.app.tokens().await.member("access_token");
    let ask = |scope| [subject(&token, CALENDAR).as_slice(), &[("scope", scope)]].concat();
    // The gateway may have it, and the subject token has it not.
    world.exchange("gateway", &ask("mail")).await.assert_error(400, "invalid_scope");
    // The subject token has it, and the gateway may not have it.
    world.exchange("gateway", &ask("profile")).await.assert_error(400, "invalid_scope");
    assert_eq!(world.exchange("gateway", &ask("calendar")).await.status, 200);
}

#[tokio::test]
async fn the_new_token_lives_no_longer_than_the_subject_token() {
    let world = World::new().await;
    let token = world.app.tokens().await.member("access_token");
    world.clock.advance(Duration::from_mins(59));
    let answer = world.calendar("gateway", &token).await;
    assert_eq!(answer.json()["expires_in"], 60, "{answer:?}");
    world.clock.advance(Duration::from_mins(1));
    world.calendar("gateway", &token).await.assert_error(400, "invalid_request");
}

#[tokio::test]
async fn the_new_token_dies_with_the_family_of_the_subject_token() {
    let world = World::new().await;
    let tokens = world.app.tokens().await;
    let exchanged = world.calendar("gateway", &tokens.member("access_token")).await.member("access_token");
    assert_eq!(world.introspect(&exchanged).await["active"], true);
    let refresh_token = tokens.member("refresh_token");
    world.app.post("/revoke", &basic("web"), &[("token", &refresh_token)]).await;
    assert_eq!(world.introspect(&exchanged).await["active"], false);
}

#[tokio::test]
async fn a_refresh_token_is_exchanged_by_its_own_client_alone() {
    let world = World::new().await;
    let token = world.app.tokens().await.member("refresh_token");
    let form =
        [("subject_token", token.as_str()), ("subject_token_type", REFRESH_TOKEN), ("audience", CALENDAR)];
    world.exchange("gateway", &form).await.assert_error(400, "invalid_request");
    assert_eq!(world.exchange("web", &form).await.status, 200);
    // It was looked at, and is good as before.
    assert_eq!(world.app.refresh(&token).await.status, 200);
}

/// Its tokens were not revoked, and speak for nobody all the same.
#[tokio::test]
async fn a_subject_token_whose_client_is_gone_is_refused() {
    let world = World::new().await;
    let (now, hash) = (world.clock.now(), TokenHash::of("registration"));
    let client = Client::public("passing").redirect_uri("https://passing.example/cb").scope("calendar");
    let kept = json!({ "token": hash, "issued_at": now, "expires_at": now + Duration::from_hours(1), "members": {} });
    let kept = serde_json::from_value(kept).unwrap();
    assert!(world.store.register_client(client.build().unwrap(), kept, 10, now).await.unwrap());
    let code = world.app.code("passing", "https://passing.example/cb").await;
    let form = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", "https://passing.example/cb"),
        ("code_verifier", VERIFIER),
        ("client_id", "passing"),
    ];
    let token = world.app.post("/token", "", &form).await.member("access_token");
    let impersonated = subject(&token, "https://impersonated.example");
    assert_eq!(world.exchange("gateway", &impersonated).await.status, 200, "while it is there");
    assert!(world.store.delete_registration("passing", &hash).await.unwrap());
    world.exchange("gateway", &impersonated).await.assert_error(400, "invalid_request");
}

#[tokio::test]
async fn section_2_2_2_what_is_not_valid_is_an_invalid_request() {
    let world = World::new().await;
    let token = world.app.tokens().await.member("access_token");
    let valid = subject(&token, CALENDAR);
    for (name, value) in [
        ("subject_token", "unknown"),
        ("subject_token", ""),
        ("subject_token_type", "urn:ietf:params:oauth:token-type:saml2"),
        ("subject_token_type", ""),
    ] {
        let form = valid.map(|(known, given)| (known, if known == name { value } else { given }));
        world.exchange("gateway", &form).await.assert_error(400, "invalid_request");
    }
    let asks = [valid.as_slice(), &[("requested_token_type", REFRESH_TOKEN)]].concat();
    world.exchange("gateway", &asks).await.assert_error(400, "invalid_request");
    let fragment = [&valid[..2], &[("resource", "https://calendar.example/#today")]].concat();
    world.exchange("gateway", &fragment).await.assert_error(400, "invalid_target");
    // Nothing was used up by any of it.
    assert_eq!(world.exchange("gateway", &valid).await.status, 200);
}

#[tokio::test]
async fn section_2_1_resource_and_audience_repeat_and_nothing_else_does() {
    let world = World::new().await;
    let token = world.app.tokens().await.member("access_token");
    let several =
        [subject(&token, CALENDAR).as_slice(), &[("audience", "batch"), ("resource", CALENDAR)]].concat();
    // The policy gets to see them all.
    world.exchange("gateway", &several).await.assert_error(400, "invalid_target");
    let twice = [subject(&token, CALENDAR).as_slice(), &[("subject_token", "other")]].concat();
    world.exchange("gateway", &twice).await.assert_error(400, "invalid_request");
}
