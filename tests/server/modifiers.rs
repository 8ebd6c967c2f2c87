//! Hooks around requests, and modifiers of their responses.

use std::sync::{Arc, Mutex};

use oauth_core::prelude::*;
use oauth_tests::{App, CHALLENGE, TestServer, VERIFIER, basic, clients};

/// Writes down what it is asked, and refuses what the request tells it to.
#[validator(custom)]
struct Around {
    #[store]
    store: MemoryStore,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Around {
    fn asked(&self, hook: &str, request: &Request) -> Result<()> {
        let scopes = request.scopes.as_ref().map(ToString::to_string);
        let subject = request.subject.as_deref().unwrap_or("nobody");
        let line = format!("{hook}: {subject}, {}", scopes.as_deref().unwrap_or("no scopes"));
        self.asked.lock().unwrap().push(line);
        match request.headers().get("x-refuse") {
            Some(refused) if refused == hook => Err(Error::access_denied("the hook refused")),
            _ => Ok(()),
        }
    }
}

#[validator]
impl Around {
    async fn pre_authorization(&self, request: &mut Request) -> Result<()> {
        tokio::task::yield_now().await;
        request.claims.insert("device", "phone")?;
        self.asked("pre_authorization", request)
    }

    fn post_authorization(&self, authorization: &AuthorizationRequest, request: &Request) -> Result<()> {
        assert_eq!(authorization.client.client_id, "web");
        self.asked("post_authorization", request)
    }

    fn code_modifier(&self, extras: &mut AuthorizationExtras<'_>, request: &Request) -> Result<()> {
        assert!(extras.has_code());
        extras.insert("region", "eu-1")?;
        extras.insert("region", "eu&2")?;
        for own in ["code", "state", "iss", "error", "access_token", "id_token", ""] {
            assert_eq!(extras.insert(own, "x").unwrap_err().code(), ErrorCode::ServerError, "{own}");
        }
        self.asked("code_modifier", request)
    }

    fn pre_token(&self, request: &mut Request) -> Result<()> {
        request.extra_credentials.insert("early".to_owned(), true.into());
        self.asked("pre_token", request)
    }

    async fn post_token(&self, request: &Request) -> Result<()> {
        self.asked("post_token", request)
    }

    async fn token_modifier(&self, extras: &mut TokenExtras<'_>, request: &Request) -> Result<()> {
        assert_eq!(extras.get("early"), Some(&true.into()));
        assert_eq!(extras.expires_in().as_secs(), 3600);
        assert!(extras.scopes().is_some());
        extras.insert("tenant", format!("of-{}", request.subject.as_deref().unwrap_or("nobody")))?;
        extras.insert("absent", None::<u8>)?;
        for own in
            ["access_token", "token_type", "expires_in", "refresh_token", "scope", "id_token", "error", ""]
        {
            assert_eq!(extras.insert(own, "x").unwrap_err().code(), ErrorCode::ServerError, "{own}");
        }
        assert!(!format!("{extras:?}").contains("of-alice"), "values do not print");
        self.asked("token_modifier", request)
    }
}

struct World {
    app: App,
    asked: Arc<Mutex<Vec<String>>>,
}

impl World {
    async fn new() -> Self {
        let store = MemoryStore::default();
        for client in clients() {
            store.save_client(client).await.unwrap();
        }
        let asked = Arc::default();
        let server: TestServer<_> = TestServer { validator: Around { store, asked: Arc::clone(&asked) } };
        Self { app: App::of(server), asked }
    }

    async fn authorize(&self, refuse: &str) -> oauth_tests::Answer {
        let path = format!(
            "/authorize?response_type=code&client_id=web&scope=profile&state=s&code_challenge={CHALLENGE}\
             &code_challenge_method=S256"
        );
        self.app.send(http::Request::get(path).header("x-refuse", refuse), "").await
    }

    fn taken(&self) -> Vec<String> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }
}

#[tokio::test]
async fn hooks_run_in_order_and_modifiers_add() {
    let world = World::new().await;
    let params = world.authorize("").await.params();
    assert_eq!((params["region"].as_str(), params["state"].as_str()), ("eu&2", "s"));
    assert_eq!(
        world.taken(),
        [
            "pre_authorization: nobody, no scopes",
            "post_authorization: nobody, profile",
            "code_modifier: alice, profile"
        ]
    );
    let form = [
        ("grant_type", "authorization_code"),
        ("code", params["code"].as_str()),
        ("code_verifier", VERIFIER),
    ];
    let tokens = world.app.post("/token", &basic("web"), &form).await;
    assert_eq!(
        world.taken(),
        ["pre_token: nobody, no scopes", "post_token: alice, profile", "token_modifier: alice, profile"]
    );
    let json = tokens.json();
    assert_eq!((&json["early"], &json["tenant"]), (&true.into(), &"of-alice".into()));
    assert!(json.get("absent").is_none());
    let seen =
        world.app.post("/introspect", &basic("web"), &[("token", &tokens.member("access_token"))]).await;
    assert_eq!(seen.json()["device"], "phone", "what a hook sets on the request reaches the token");
    assert!(seen.json().get("tenant").is_none(), "a member of the response is no claim");

    let refresh = tokens.member("refresh_token");
    let form = [("grant_type", "refresh_token"), ("refresh_token", refresh.as_str())];
    assert_eq!(world.app.post("/token", &basic("web"), &form).await.json()["tenant"], "of-alice");
}

#[tokio::test]
async fn a_hook_that_refuses_is_obeyed_where_its_errors_go() {
    let world = World::new().await;
    for hook in ["pre_authorization", "post_authorization", "code_modifier"] {
        world.authorize(hook).await.assert_redirected_error("https://web.example/cb", "access_denied");
    }
    for hook in ["pre_token", "post_token", "token_modifier"] {
        let request = http::Request::post("/token")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("authorization", basic("machine"))
            .header("x-refuse", hook);
        let answer = world.app.send(request, "grant_type=client_credentials").await;
        answer.assert_error(400, "invalid_grant");
        assert_eq!(answer.member("error_description"), "the hook refused");
    }
}

#[tokio::test]
async fn nobody_unauthenticated_reaches_a_hook() {
    let world = World::new().await;
    let form = [("grant_type", "client_credentials"), ("client_id", "machine")];
    world.app.post("/token", "", &form).await.assert_error(401, "invalid_client");
    let form = [("grant_type", "refresh_token"), ("refresh_token", "x")];
    world.app.post("/token", &basic("machine"), &form).await.assert_error(400, "unauthorized_client");
    world.app.get("/authorize?client_id=nobody").await.assert_page(400);
    assert!(world.taken().is_empty());
}
