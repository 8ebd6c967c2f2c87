//! Guesses at several instances: the store counts them, and guesses do not grow with the number of instances.

use std::time::Duration;

use oauth_core::clock::Clock;
use oauth_core::interaction::LoginPages;
use oauth_core::prelude::*;
use oauth_core::server::Environment;
use oauth_tests::{Accounts, App, Failing, ISSUER, Role, Site, Store, TestServer, clients, secret};

use crate::visitor::{PASSWORD, Visitor, fill, store};

const ADDRESS: &str = "198.51.100.1";

/// Three instances over one store, by one clock, and a visitor of each.
fn three<S: Store + Clone>(store: &S) -> ([Visitor; 3], Clock) {
    let clock = Clock::manual();
    let instance = || {
        let validator = Accounts(store.clone());
        let site = Site { issuer: ISSUER.to_owned(), validator, pages: LoginPages::new() };
        let app = App::in_environment(site, Environment::new().clock(clock.clone()));
        Visitor::of_app(app, ISSUER.to_owned()).from(ADDRESS)
    };
    ([instance(), instance(), instance()], clock)
}

async fn status(visitor: &Visitor, password: &str) -> u16 {
    visitor.someone_else().log_in("bob", password).await.status.as_u16()
}

macro_rules! over_shared_stores {
    ($($case:ident),* $(,)?) => {
        mod memory {
            $(
                #[tokio::test]
                async fn $case() {
                    super::$case(super::store().await).await;
                }
            )*
        }
        mod sqlite {
            $(
                #[tokio::test]
                async fn $case() {
                    let folder = tempfile::tempdir().unwrap();
                    let store = super::SqliteStore::open(folder.path().join("oauth.db")).await.unwrap();
                    super::fill(&store).await;
                    super::$case(store).await;
                }
            )*
        }
        #[cfg(feature = "interop")]
        mod postgres {
            $(
                #[tokio::test]
                async fn $case() {
                    let url = oauth_tests::postgres::database();
                    let store = oauth_core::store::PostgresStore::connect(&url).await.unwrap();
                    super::fill(&store).await;
                    super::$case(store).await;
                }
            )*
        }
        #[cfg(feature = "interop")]
        mod valkey {
            $(
                #[tokio::test]
                async fn $case() {
                    use oauth_tests::valkey;

                    let store = super::ValkeyStore::connect(&valkey::url()).await.unwrap();
                    let store = store.prefix(&valkey::prefix());
                    super::fill(&store).await;
                    super::$case(store).await;
                }
            )*
        }
    };
}

over_shared_stores!(
    guesses_do_not_grow_with_the_number_of_instances,
    a_flood_over_all_instances_does_not_pass_at_once,
    a_success_at_another_instance_undoes,
    guesses_at_client_secrets_do_not_grow_with_the_number_of_instances,
);

async fn guesses_do_not_grow_with_the_number_of_instances<S: Store + Clone>(store: S) {
    let (instances, clock) = three(&store);
    for guess in 0..5 {
        assert_eq!(status(&instances[guess % 3], "wrong").await, 200, "guess {guess}");
    }
    for delay in [1, 2, 4] {
        for instance in &instances {
            let refused = instance.someone_else().log_in("bob", PASSWORD).await;
            assert_eq!((refused.status.as_u16(), refused.header("retry-after")), (429, &*delay.to_string()));
        }
        clock.advance(Duration::from_secs(delay));
        assert_eq!(status(&instances[0], "wrong").await, 200, "after {delay} s");
    }
    assert_eq!(status(&instances[1], PASSWORD).await, 429);
    assert_eq!(status(&instances[1].clone().from("203.0.113.7"), PASSWORD).await, 303, "at another address");
}

async fn a_flood_over_all_instances_does_not_pass_at_once<S: Store + Clone>(store: S) {
    let (instances, _) = three(&store);
    let mut guesses = tokio::task::JoinSet::new();
    for guess in 0..45 {
        let instance = instances[guess % 3].clone();
        guesses.spawn(async move { status(&instance, "wrong").await });
    }
    let statuses = guesses.join_all().await;
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 5, "{statuses:?}");
}

async fn a_success_at_another_instance_undoes<S: Store + Clone>(store: S) {
    let (instances, clock) = three(&store);
    for instance in [0, 1, 2, 0] {
        assert_eq!(status(&instances[instance], "wrong").await, 200);
    }
    for instance in &instances {
        assert_eq!(status(instance, PASSWORD).await, 303, "a success does not count");
    }
    assert_eq!(status(&instances[1], "wrong").await, 200);
    assert_eq!(status(&instances[2], PASSWORD).await, 429, "nor does it wipe the slate");
    clock.advance(Duration::from_secs(1));
    assert_eq!(status(&instances[2], PASSWORD).await, 303);
    assert_eq!(status(&instances[0], PASSWORD).await, 303);
}

/// A server of clients, and the address that asks it.
fn server<S: Store>(store: S, clock: &Clock) -> App {
    let server = TestServer::<_, 10> { validator: Accounts(store) };
    App::in_environment(server, Environment::new().clock(clock.clone())).from(ADDRESS)
}

async fn post(app: &App, client_id: &str, secret: &str) -> oauth_tests::Answer {
    let form = [("grant_type", "client_credentials"), ("client_id", client_id), ("client_secret", secret)];
    app.post("/token", "", &form).await
}

/// The server's clients, all of which send their secret in the body.
async fn fill_with_clients<S: Store>(store: &S) {
    let secret = ClientSecret::new(secret()).unwrap();
    for client in clients() {
        store.save_client(client).await.unwrap();
    }
    let posting = Client::confidential("posting", &secret).scope("jobs");
    let posting = posting.token_endpoint_auth_method(ClientAuthMethod::ClientSecretPost);
    store.save_client(posting.build().unwrap()).await.unwrap();
}

const WRONG: &str = "a wrong secret, but long enough for one";

async fn guesses_at_client_secrets_do_not_grow_with_the_number_of_instances<S: Store + Clone>(store: S) {
    fill_with_clients(&store).await;
    let clock = Clock::manual();
    let instances = [0; 3].map(|_| server(store.clone(), &clock));
    assert_eq!(post(&instances[0], "posting", secret()).await.status, 200);
    for guess in 0..30 {
        post(&instances[guess % 3], "posting", WRONG).await.assert_error(401, "invalid_client");
    }
    for instance in &instances {
        let refused = post(instance, "posting", WRONG).await;
        refused.assert_error(429, "temporarily_unavailable");
        assert_eq!(refused.header("retry-after"), "10");
    }
    assert_eq!(
        post(&instances[0], "posting", secret()).await.status,
        200,
        "it was right before, so it is no guess"
    );
    assert_eq!(post(&instances[1].from("203.0.113.7"), "posting", secret()).await.status, 200);
    clock.advance(Duration::from_secs(10));
    post(&instances[1], "posting", WRONG).await.assert_error(401, "invalid_client");
    post(&instances[2], "posting", WRONG).await.assert_error(429, "temporarily_unavailable");
}

/// A right secret costs the store two statements at an instance that has not seen it, and none from then on, however often and from
/// wherever it comes.
#[tokio::test]
async fn a_successful_client_credentials_request_makes_no_limit_statement() {
    let store = Failing::default();
    fill_with_clients(&store).await;
    let app = server(store.clone(), &Clock::manual());
    assert_eq!(post(&app, "posting", secret()).await.status, 200);
    assert_eq!(store.limit_statements(), 2);
    for address in [ADDRESS, "203.0.113.7"] {
        for _ in 0..40 {
            assert_eq!(post(&app.from(address), "posting", secret()).await.status, 200);
        }
    }
    assert_eq!(store.limit_statements(), 2);
    post(&app, "posting", WRONG).await.assert_error(401, "invalid_client");
    assert_eq!(store.limit_statements(), 3, "a guess is counted before it is looked at");
}

/// A secret that was right before is a guess once it is wrong.
#[tokio::test]
async fn a_secret_that_was_changed_is_counted() {
    let store = MemoryStore::new();
    fill_with_clients(&store).await;
    let app = server(store.clone(), &Clock::manual());
    assert_eq!(post(&app, "posting", secret()).await.status, 200);
    let new = ClientSecret::generate();
    let client = Client::confidential("posting", &new).scope("jobs");
    let client = client.token_endpoint_auth_method(ClientAuthMethod::ClientSecretPost);
    store.save_client(client.build().unwrap()).await.unwrap();
    for _ in 0..31 {
        post(&app, "posting", secret()).await.assert_error(401, "invalid_client");
    }
    post(&app, "posting", secret()).await.assert_error(429, "temporarily_unavailable");
}

/// A made-up client must not cost the store a row each.
#[tokio::test]
async fn a_flood_of_made_up_clients_does_not_reach_the_store() {
    let store = Failing::default();
    fill_with_clients(&store).await;
    let app = server(store.clone(), &Clock::manual());
    assert_eq!(post(&app, "posting", secret()).await.status, 200);
    for number in 0..400 {
        let answer = post(&app, &format!("nobody-{number}"), WRONG).await;
        let (status, code) =
            if number < 300 { (401, "invalid_client") } else { (429, "temporarily_unavailable") };
        answer.assert_error(status, code);
    }
    assert_eq!(store.limit_statements(), 2 + 300);
    assert_eq!(post(&app, "posting", secret()).await.status, 200, "who is known there is not held up");
    assert_eq!(post(&app.from("203.0.113.7"), "nobody", WRONG).await.status, 401);
}

#[tokio::test]
async fn who_is_refused_by_the_store_does_not_ask_it_again_until_the_wait_is_over() {
    let store = Failing::default();
    fill(&store).await;
    let (instances, clock) = three(&store);
    for _ in 0..5 {
        assert_eq!(status(&instances[0], "wrong").await, 200);
    }
    assert_eq!(status(&instances[1], "wrong").await, 429);
    let asked = store.limit_statements();
    for _ in 0..20 {
        assert_eq!(status(&instances[1], "wrong").await, 429);
    }
    assert_eq!(store.limit_statements(), asked);
    clock.advance(Duration::from_secs(1));
    assert_eq!(status(&instances[1], PASSWORD).await, 303);
}

/// Each instance goes on by its own count: more guesses, but not without end.
#[tokio::test]
async fn guesses_are_limited_while_the_store_that_counts_them_is_down() {
    let store = Failing::default();
    fill(&store).await;
    let (instances, clock) = three(&store);
    store.fail(Role::Limits);
    for instance in &instances {
        assert_eq!(status(instance, PASSWORD).await, 303);
        for _ in 0..5 {
            assert_eq!(status(instance, "wrong").await, 200);
        }
        assert_eq!(status(instance, PASSWORD).await, 429);
    }
    store.fail(Role::None);
    clock.advance(Duration::from_secs(1));
    assert_eq!(status(&instances[0], PASSWORD).await, 303);
}

/// What is counted of known browsers is shared as well, and they are still apart from strangers.
#[tokio::test]
async fn a_known_browser_has_the_same_attempts_at_every_instance() {
    let store = store().await;
    let ([mut owner, second, third], _) = three(&store);
    assert_eq!(owner.log_in("bob", PASSWORD).await.status, 303);
    owner.cookies.retain(|name, _| !name.contains("session"));
    for _ in 0..5 {
        assert_eq!(status(&second, "wrong").await, 200);
    }
    assert_eq!(status(&third, PASSWORD).await, 429);
    let known_at = |instance: &Visitor| {
        let mut known = instance.someone_else();
        known.cookies.clone_from(&owner.cookies);
        known
    };
    assert_eq!(known_at(&third).log_in("bob", PASSWORD).await.status, 303);
    for guess in 0..5 {
        let mut known = known_at([&second, &third][guess % 2]);
        assert_eq!(known.log_in("bob", "wrong").await.status, 200);
    }
    assert_eq!(known_at(&second).log_in("bob", PASSWORD).await.status, 429);
}

/// Neither the name nor the address can be read from the file, and nothing of a password.
#[tokio::test]
async fn what_the_store_keeps_of_guesses_names_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("oauth.db");
    let store = SqliteStore::open(&file).await.unwrap();
    fill(&store).await;
    let (instances, _) = three(&store);
    for _ in 0..3 {
        let answer = instances[0].someone_else().log_in("somebody-else", "a-wrong-password").await;
        assert_eq!(answer.status, 200);
    }
    let pool = sqlx::SqlitePool::connect(file.to_str().unwrap()).await.unwrap();
    let rows: i64 = sqlx::query_scalar("SELECT count(*) FROM oauth_limits").fetch_one(&pool).await.unwrap();
    assert_eq!(rows, 2, "by address, and by name");
    pool.close().await;
    store.close().await;
    let bytes = std::fs::read(&file).unwrap();
    let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(holds("oauth_limits") && holds("web.example"));
    for text in ["somebody-else", ADDRESS, "a-wrong-password"] {
        assert!(!holds(text), "{text}");
    }
}

#[tokio::test]
async fn the_report_says_whether_guesses_are_shared() {
    let site =
        Site { issuer: ISSUER.to_owned(), validator: Accounts(store().await), pages: LoginPages::new() };
    assert!(site.report().limits_are_shared);
    assert!(site.report().to_string().contains("for all instances that share it"));
}
