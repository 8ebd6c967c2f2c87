//! RFC 6749 §4.3: the resource owner password credentials grant.

use std::sync::OnceLock;

use oauth_core::prelude::*;
use oauth_tests::{Answer, App, basic, clients, secret};

const PASSWORD: &str = "correct horse battery staple";

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    profile = "oauth2.0",
    grants(password, refresh_token),
    scopes("profile", "calendar"),
    issuer = "https://auth.example.com"
)]
struct LegacyServer {
    #[validator]
    accounts: Accounts,
}

/// Hashing is slow, so it happens once a run.
fn users() -> &'static [User; 2] {
    static USERS: OnceLock<[User; 2]> = OnceLock::new();
    USERS.get_or_init(|| {
        [User::new("1", "alice").with_password(PASSWORD).unwrap(), User::new("2", "no-password")]
    })
}

async fn store() -> MemoryStore {
    let store = MemoryStore::new();
    let secret = ClientSecret::new(secret()).unwrap();
    let legacy = [
        Client::confidential("legacy", &secret)
            .introspects(oauth_tests::ISSUER)
            .grant_type(GrantType::PASSWORD)
            .grant_type(GrantType::REFRESH_TOKEN),
        Client::public("app").grant_type(GrantType::PASSWORD),
    ];
    for client in legacy.map(|client| client.scope("profile").build().unwrap()).into_iter().chain(clients()) {
        store.save_client(client).await.unwrap();
    }
    for user in users() {
        store.save_user(user.clone()).await.unwrap();
    }
    store
}

async fn app() -> App {
    App::of(LegacyServer { accounts: Accounts { store: store().await } })
}

async fn log_in(app: &App, username: &str, password: &str) -> Answer {
    let form = [("grant_type", "password"), ("username", username), ("password", password)];
    app.post("/token", &basic("legacy"), &form).await
}

#[tokio::test]
async fn a_password_yields_tokens_that_can_be_refreshed() {
    let app = app().await;
    let tokens = log_in(&app, "alice", PASSWORD).await;
    assert_eq!(tokens.status, 200, "{}", tokens.text());
    assert_eq!(tokens.member("scope"), "profile");
    let seen = app.post("/introspect", &basic("legacy"), &[("token", &tokens.member("access_token"))]).await;
    assert_eq!((seen.member("sub"), seen.member("client_id")), ("1".to_owned(), "legacy".to_owned()));
    let refresh = tokens.member("refresh_token");
    let form = [("grant_type", "refresh_token"), ("refresh_token", refresh.as_str())];
    assert_eq!(app.post("/token", &basic("legacy"), &form).await.status, 200);

    let revoked = app.post("/revoke", &basic("legacy"), &[("token", &refresh)]).await;
    assert_eq!(revoked.status, 200);
    assert!(!app.is_active(&tokens.member("access_token")).await, "one family");
}

#[tokio::test]
async fn unknown_users_and_wrong_passwords_are_one_answer() {
    let app = app().await;
    let wrong = log_in(&app, "alice", "Tr0ub4dor&3").await;
    wrong.assert_error(400, "invalid_grant");
    for (username, password) in
        [("nobody", PASSWORD), ("no-password", PASSWORD), ("alice ", "x"), ("nobody", "x")]
    {
        let answer = log_in(&app, username, password).await;
        assert_eq!(answer.text(), wrong.text(), "{username} {password}");
    }
    let long = "x".repeat(2_000);
    assert_eq!(log_in(&app, "alice", &long).await.text(), wrong.text());
    assert_eq!(log_in(&app, &long, PASSWORD).await.text(), wrong.text());
}

#[tokio::test]
async fn section_4_3_2_what_is_missing_or_not_allowed() {
    let app = app().await;
    let post =
        async |authorization: &str, form: &[(&str, &str)]| app.post("/token", authorization, form).await;
    let whole = [("grant_type", "password"), ("username", "alice"), ("password", PASSWORD)];
    post(&basic("legacy"), &whole[..2]).await.assert_error(400, "invalid_request");
    post(&basic("legacy"), &[whole[0], whole[2]]).await.assert_error(400, "invalid_request");
    post("", &whole).await.assert_error(401, "invalid_client");
    post(&basic("web"), &whole).await.assert_error(400, "unauthorized_client");
    let with = |name, value| whole.iter().copied().chain([(name, value)]).collect::<Vec<_>>();
    post(&basic("legacy"), &with("scope", "calendar")).await.assert_error(400, "invalid_scope");
    post("", &with("client_id", "legacy")).await.assert_error(401, "invalid_client");
    let public = post("", &with("client_id", "app")).await;
    assert_eq!(public.status, 200);
    assert!(public.json().get("refresh_token").is_none(), "it may not use the grant refresh_token");
}

#[tokio::test]
async fn section_4_3_2_guessing_is_slowed_down() {
    let app = app().await.from("198.51.100.1");
    for _ in 0..5 {
        log_in(&app, "alice", "wrong").await.assert_error(400, "invalid_grant");
    }
    for name in ["alice", " ALICE ", "al\u{ad}ice"] {
        let refused = log_in(&app, name, PASSWORD).await;
        refused.assert_error(429, "temporarily_unavailable");
        assert_eq!(refused.header("retry-after"), "1");
    }
    log_in(&app, "nobody", "wrong").await.assert_error(400, "invalid_grant");
    let document = app.get("/.well-known/oauth-authorization-server").await.json();
    assert_eq!(document["grant_types_supported"], serde_json::json!(["password", "refresh_token"]));
}

/// It takes no more than the name of a public client to ask, and the name of a person.
#[tokio::test]
async fn a_stranger_cannot_lock_out_a_person_at_another_address_or_client() {
    let app = app().await;
    let stranger = app.from("198.51.100.1");
    let form =
        [("grant_type", "password"), ("client_id", "app"), ("username", "alice"), ("password", "wrong")];
    for _ in 0..20 {
        stranger.post("/token", "", &form).await;
    }
    stranger.post("/token", "", &form).await.assert_error(429, "temporarily_unavailable");
    assert_eq!(log_in(&stranger, "alice", PASSWORD).await.status, 200, "another client at the same address");
    assert_eq!(log_in(&app.from("203.0.113.7"), "alice", PASSWORD).await.status, 200);
}

/// Asks a directory.
#[validator(custom)]
struct Directory {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Directory {
    fn validate_user(&self, username: &str, _: &str, _: &Request) -> Result<Option<User>> {
        match username {
            "locked" => Err(Error::access_denied("the account is locked")),
            "down" => Err(Error::server("the directory is down")),
            name => Ok(Some(User::new(format!("directory:{name}"), name))),
        }
    }
}

#[authorization_server(profile = "oauth2.0", grants(password), issuer = "https://auth.example.com")]
struct DirectoryServer {
    #[validator]
    accounts: Directory,
}

#[tokio::test]
async fn validate_user_decides() {
    let app = App::of(DirectoryServer { accounts: Directory { store: store().await } });
    let tokens = log_in(&app, "carol", "any").await;
    let seen = app.post("/introspect", &basic("legacy"), &[("token", &tokens.member("access_token"))]).await;
    assert_eq!(seen.member("sub"), "directory:carol");
    assert!(tokens.json().get("refresh_token").is_none(), "the server has no such grant");
    let locked = log_in(&app, "locked", "any").await;
    locked.assert_error(400, "invalid_grant");
    assert_eq!(locked.member("error_description"), "the account is locked");
    log_in(&app, "down", "any").await.assert_error(500, "server_error");
}

#[tokio::test]
async fn a_server_written_by_hand_needs_the_profile_too() {
    struct ByHand(Accounts);
    impl AuthorizationServer for ByHand {
        type Validator = Accounts;
        type AccessTokens = Opaque;
        type RefreshTokens = Opaque;
        type IdTokens = oauth_core::openid::NoIdTokens;
        type Interaction = oauth_tests::Alice;
        type Grants = (Password, Implicit, Password);
        const ISSUER: Issuer = Issuer::Literal("https://auth.example.com");
        const CONFIG: oauth_core::server::ServerConfig = oauth_core::server::ServerConfig::new(&[]);

        fn validator(&self) -> &Accounts {
            &self.0
        }
        fn access_tokens(&self) -> &Opaque {
            &Opaque::DEFAULT
        }
        fn refresh_tokens(&self) -> &Opaque {
            &Opaque::DEFAULT
        }
        fn id_tokens(&self) -> &oauth_core::openid::NoIdTokens {
            &oauth_core::openid::NoIdTokens
        }
        fn interaction(&self) -> &oauth_tests::Alice {
            &oauth_tests::Alice
        }
    }
    let error = ByHand(Accounts { store: store().await }).into_service().unwrap_err();
    let mistakes: Vec<_> = error.mistakes().collect();
    assert!(
        mistakes.iter().any(|mistake| mistake.contains("`password`") && mistake.contains("RFC 9700 §2.4"))
    );
    assert!(
        mistakes.iter().any(|mistake| mistake.contains("implicit") && mistake.contains("RFC 9700 §2.1.2"))
    );
    assert!(
        mistakes
            .iter()
            .any(|mistake| mistake.contains("two of the grants") && mistake.contains("`password`"))
    );
}
