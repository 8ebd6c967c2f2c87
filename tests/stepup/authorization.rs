//! RFC 9470 §5: authorization requests with `acr_values` and `max_age`.

use oauth_core::interaction::Approval;
use oauth_core::prelude::*;
use oauth_core::server::ServerConfig;
use oauth_tests::{Accounts, App, CHALLENGE, Provider, relying_parties};

use crate::world::{CALLBACK, Where, World};

const UNMET: &str = "unmet_authentication_requirements";

#[tokio::test]
async fn the_login_is_of_a_class_that_was_asked_for_or_there_is_no_code() {
    let world = World::new(Where::Beside).await;
    for (asked, acr, is_met) in [
        ("phr", "phr", true),
        ("phr phrh", "phrh", true),
        ("phrh phr", "phrh", true),
        ("unknown phr", "phr", true),
        ("phr", "pwd", false),
        ("phr", "", false),
        ("phr", "phrh", false),
        ("unknown phr", "unknown", false),
    ] {
        let answer = world.authorize(Some((acr, 0)), &[("acr_values", asked)]).await;
        if is_met {
            assert!(answer.params().contains_key("code"), "{asked} {acr}");
        } else if acr == "unknown" {
            // What the interaction says, it says: the client asked for that, too.
            assert!(answer.params().contains_key("code"), "{asked} {acr}");
        } else {
            answer.assert_redirected_error(CALLBACK, UNMET);
        }
    }
    // Who asks for nothing gets what there is.
    assert!(world.authorize(Some(("", 0)), &[]).await.params().contains_key("code"));
    assert!(world.authorize(Some(("", 0)), &[("acr_values", "")]).await.params().contains_key("code"));
}

#[tokio::test]
async fn nobody_logs_in_for_a_class_that_the_server_does_not_support() {
    let world = World::new(Where::Beside).await;
    for asked in ["gold", "gold silver", "PHR"] {
        let answer = world.authorize(None, &[("acr_values", asked)]).await;
        answer.assert_redirected_error(CALLBACK, UNMET);
    }
    let page = world.authorize(None, &[("acr_values", "gold phr")]).await;
    assert_eq!((page.status.as_u16(), page.header("x-test-asked")), (200, "gold phr"));
}

#[tokio::test]
async fn max_age_is_honoured_by_a_server_without_openid() {
    let world = World::new(Where::Beside).await;
    let old = world.authorize(Some(("phr", 100)), &[("max_age", "60")]).await;
    old.assert_redirected_error(CALLBACK, "login_required");
    assert!(world.authorize(Some(("phr", 60)), &[("max_age", "60")]).await.params().contains_key("code"));
}

/// OpenID Connect Core §3.1.2.1: where the server names none that it supports, "acr" is a "Voluntary Claim".
#[tokio::test]
async fn acr_values_are_a_wish_where_the_server_supports_none() {
    let store = MemoryStore::default();
    for client in relying_parties() {
        store.save_client(client).await.unwrap();
    }
    let app = App::of(Provider::new(Accounts(store)));
    let request = [
        ("response_type", "code"),
        ("client_id", "code-only"),
        ("redirect_uri", "https://code-only.example/cb"),
        ("scope", "openid"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
        ("acr_values", "gold"),
    ];
    assert!(app.authorize(&request).await.params().contains_key("code"));
}

struct Silver;

impl<V: Sync> Interaction<V> for Silver {
    async fn decide(
        &self,
        context: &Context<'_, V>,
        asked: &AuthorizationRequest,
        _: &Request,
    ) -> Result<Decision> {
        let mut approval = Approval::new("alice", context.now());
        approval.acr = Some("silver".to_owned());
        assert_eq!(
            asked.openid.accepts_acr(Some("silver")),
            !asked.openid.claims.id_token.contains_key("acr")
        );
        Ok(Decision::Approve(approval))
    }
}

#[validator]
struct People {
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(authorization_code),
    scopes("openid"),
    issuer = "https://auth.example.com",
    acr_values("silver", "gold")
)]
struct OpenId {
    #[validator]
    accounts: People,
    #[interaction]
    login: Silver,
    #[id_token]
    keys: IdTokenKeys,
}

const CONFIG: ServerConfig = <OpenId as AuthorizationServer>::CONFIG;

#[tokio::test]
async fn an_essential_acr_that_is_not_met_or_not_supported_is_refused() {
    assert_eq!(CONFIG.acr_values, ["silver", "gold"]);
    let keys = IdTokenKeys::new(SigningKey::generate(Algorithm::RS256).unwrap());
    let store = MemoryStore::new();
    let client = Client::public("app").redirect_uri("https://app.example/cb").scope("openid");
    store.save_client(client.build().unwrap()).await.unwrap();
    let app = App::of(OpenId { accounts: People { store }, login: Silver, keys });
    let request = async |name: &str, value: &str| {
        let request = [
            ("response_type", "code"),
            ("client_id", "app"),
            ("redirect_uri", "https://app.example/cb"),
            ("scope", "openid"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
            (name, value),
        ];
        app.authorize(&request).await
    };
    assert!(request("acr_values", "silver gold").await.params().contains_key("code"));
    for essential in ["gold", "platinum"] {
        let claims = format!(r#"{{"id_token":{{"acr":{{"essential":true,"value":"{essential}"}}}}}}"#);
        request("claims", &claims).await.assert_redirected_error("https://app.example/cb", UNMET);
    }
}
