//! A server that is written by hand, and what its start and its report say.

use std::time::Duration;

use oauth_core::prelude::*;
use oauth_core::server::{Feature, PushedAuthorizationRequests, Route, ServerConfig};
use oauth_core::store::{AnyPushedRequestStore, PushedRequestStore as _};
use oauth_tests::{App, basic, clients};

use crate::world::{People, form};

#[validator]
struct Accounts {
    #[store]
    store: MemoryStore,
}

#[validator]
struct Forgetful {
    #[clients]
    clients: MemoryStore,
    #[tokens]
    tokens: MemoryStore,
    #[codes]
    codes: MemoryStore,
}

struct ByHand<V, const SECONDS: u64>(V);

impl<V: RequestValidator<Codes: oauth_core::store::CodeStore>, const SECONDS: u64> AuthorizationServer
    for ByHand<V, SECONDS>
{
    type Validator = V;
    type AccessTokens = Opaque;
    type RefreshTokens = Opaque;
    type IdTokens = NoIdTokens;
    type Interaction = People;
    type Grants = (AuthorizationCode,);
    const ISSUER: Issuer = Issuer::Literal("https://auth.example.com");
    const CONFIG: ServerConfig = ServerConfig::new(&[Scope::new("profile")]).pushed_authorization_requests(
        PushedAuthorizationRequests::new().required().expires_in(Duration::from_secs(SECONDS)),
    );

    fn validator(&self) -> &V {
        &self.0
    }
    fn access_tokens(&self) -> &Opaque {
        &Opaque::DEFAULT
    }
    fn refresh_tokens(&self) -> &Opaque {
        &Opaque::DEFAULT
    }
    fn id_tokens(&self) -> &NoIdTokens {
        &NoIdTokens
    }
    fn interaction(&self) -> &People {
        &People
    }
}

#[tokio::test]
async fn a_server_by_hand_takes_them() {
    let store = MemoryStore::new();
    for client in clients() {
        store.save_client(client).await.unwrap();
    }
    let app = App::of(ByHand::<_, 90>(Accounts { store }));
    let pushed = app.post("/par", &basic("web"), &form(&[])).await;
    assert_eq!(pushed.json()["expires_in"], 90);
    let answer = app.authorize(&[("client_id", "web"), ("request_uri", &pushed.member("request_uri"))]).await;
    assert!(answer.params().contains_key("code"));
}

#[test]
fn a_start_says_what_is_wrong() {
    let store = MemoryStore::new();
    let forgetful = Forgetful { clients: store.clone(), tokens: store.clone(), codes: store.clone() };
    let error = ByHand::<_, 3600>(forgetful).start().unwrap_err().to_string();
    assert!(error.contains("pushed authorization requests need a store (RFC 9126 §2.2)"), "{error}");
    assert!(error.contains("`expires_in = \"1h\"` is too long"), "{error}");
    let error = ByHand::<_, 0>(Accounts { store }).start().unwrap_err().to_string();
    assert!(error.contains("is zero"), "{error}");
}

#[test]
fn a_validator_knows_whether_it_keeps_them() {
    let store = MemoryStore::new();
    let lent: Option<&dyn AnyPushedRequestStore> = None;
    assert!(lent.is_none());
    const { assert!(Accounts::KEEPS_PUSHED_REQUESTS && !Forgetful::KEEPS_PUSHED_REQUESTS) };
    let forgetful = Forgetful { clients: store.clone(), tokens: store.clone(), codes: store.clone() };
    assert!(forgetful.pushed_requests().is_none());
    assert!(Accounts { store }.pushed_requests().is_some());
}

#[test]
fn the_report_tells() {
    let report = ByHand::<_, 90>(Accounts { store: MemoryStore::new() }).report();
    assert!(report.has(Feature::PushedAuthorizationRequests) && report.pushed_requests_are_required);
    assert_eq!(report.path(Route::PUSHED_AUTHORIZATION_REQUEST), Some("/par"));
    let text = report.to_string();
    assert!(text.contains("pushed_authorization_request_endpoint"), "{text}");
    assert!(text.contains("pushed request, until it is loaded (required)  1m30s"), "{text}");
}

/// Of a record, what somebody typed or was promised in confidence is not printed.
#[tokio::test]
async fn a_record_prints_no_values() {
    let store = MemoryStore::new();
    let now = oauth_core::time::UnixTime::now();
    let request = oauth_core::store::PushedRequest {
        client_id: "web".into(),
        parameters: vec![("login_hint".into(), "alice@example.com".into())],
        pushed_at: now,
        load_until: now + Duration::from_mins(1),
        kept_until: now + Duration::from_mins(1),
    };
    let printed = format!("{request:?}");
    assert!(printed.contains("login_hint") && !printed.contains("alice"), "{printed}");
    store.save_pushed_request(oauth_core::secret::TokenHash::of("x"), request).await.unwrap();
    assert!(!format!("{store:?}").contains("alice"));
}
