//! Servers that offer some client authentication methods: the suite's clients authenticate by those.

use std::collections::BTreeMap;

use oauth_core::conformance::{Outcome, run};
use oauth_core::prelude::*;

#[validator]
#[derive(Debug)]
struct Accounts {
    #[store]
    store: MemoryStore,
}

/// Knows the secrets of its clients. The suite cannot tell it of one.
#[validator(custom)]
#[derive(Debug)]
struct Vault {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Vault {
    fn get_client_secret(&self, client: &Client, _: &mut Request) -> Result<Option<SecretString>> {
        Ok(Some(SecretString::new(format!("the secret of the client {}", client.client_id))))
    }
}

/// A server with these arguments, and its tests.
macro_rules! server {
    ($module:ident: $validator:ident [$($arguments:tt)*]) => {
        mod $module {
            use super::*;

            #[authorization_server(issuer = "https://auth.example.com", scopes("profile", "calendar"), $($arguments)*)]
            #[derive(Debug)]
            pub(super) struct Server {
                #[validator]
                accounts: $validator,
                #[interaction]
                pages: LoginPages,
            }

            impl Server {
                pub(super) async fn new(
                    fixture: &mut oauth_core::conformance::Fixture,
                ) -> std::result::Result<Self, oauth_core::conformance::BoxError> {
                    let store = MemoryStore::default();
                    store.save_user(fixture.user()?).await?;
                    Ok(Self { accounts: $validator { store }, pages: LoginPages::new() })
                }
            }

            oauth_core::conformance!(Server, |fixture| Server::new(fixture).await?);
        }
    };
}

server!(secrets_in_the_body: Accounts [
    grants(authorization_code, refresh_token, client_credentials),
    token_endpoint_auth_methods("client_secret_post", "none")
]);
server!(keys_alone: Accounts [
    grants(authorization_code, refresh_token, client_credentials),
    token_endpoint_auth_methods("private_key_jwt")
]);
server!(public_clients_alone: Accounts [
    grants(authorization_code, refresh_token),
    token_endpoint_auth_methods("none"),
    endpoints(introspection = off)
]);

server!(signed_secrets_alone: Vault [
    grants(authorization_code, refresh_token, client_credentials),
    token_endpoint_auth_methods("client_secret_jwt")
]);
server!(signed_secrets_and_public_clients: Vault [
    grants(authorization_code, refresh_token, client_credentials),
    token_endpoint_auth_methods("client_secret_jwt", "none")
]);

async fn passed<S: AuthorizationServer>(
    build: impl AsyncFn(
        &mut oauth_core::conformance::Fixture,
    ) -> std::result::Result<S, oauth_core::conformance::BoxError>,
) -> BTreeMap<&'static str, bool> {
    let outcomes = run(build).await.into_iter();
    outcomes.map(|(rule, outcome)| (rule.name, matches!(outcome, Outcome::Passed))).collect()
}

/// Checks that what is offered is tried, and what is not is seen to be refused.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_offered_is_what_is_tried() {
    const OTHERS: &str = "rfc8414_section_2_a_method_that_is_not_offered_is_refused";
    const CODE: &str = "rfc6749_section_4_1_4_a_code_yields_a_token";
    const BASIC: &str = "rfc6749_section_2_3_1_basic_authenticates";
    const POST: &str = "rfc6749_section_2_3_1_the_body_authenticates";
    const KEY: &str = "rfc7523_section_2_2_an_assertion_authenticates";
    let body = passed(secrets_in_the_body::Server::new).await;
    let keys = passed(keys_alone::Server::new).await;
    let public = passed(public_clients_alone::Server::new).await;
    for outcomes in [&body, &keys, &public] {
        assert!(outcomes[OTHERS] && outcomes[CODE] && !outcomes[BASIC], "{outcomes:#?}");
    }
    assert!(body[POST] && !body[KEY]);
    assert!(keys[KEY] && !keys[POST]);
    assert!(!public[KEY] && !public[POST]);
}

/// Checks that what the suite's clients would need is said, and nothing fails for the lack of it.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_suite_cannot_do_is_no_failure() {
    const UNUSABLE: &str = "a client authentication method that it can use";
    for (rule, outcome) in run(signed_secrets_alone::Server::new).await {
        assert!(
            matches!(&outcome, Outcome::NotTried(what) if what == UNUSABLE),
            "{}: {outcome:?}",
            rule.name
        );
    }
    let outcomes = run(signed_secrets_and_public_clients::Server::new).await;
    let outcomes: BTreeMap<_, _> = outcomes.into_iter().map(|(rule, outcome)| (rule.name, outcome)).collect();
    let failed: Vec<_> =
        outcomes.iter().filter(|(_, outcome)| matches!(outcome, Outcome::Failed(_))).collect();
    assert!(failed.is_empty(), "{failed:#?}");
    let public = &outcomes["rfc6749_section_4_1_3_a_public_client_redeems_a_code"];
    assert!(matches!(public, Outcome::Passed), "{public:?}");
    for stops in [
        "rfc6749_section_3_2_1_a_confidential_client_must_authenticate",
        "rfc6749_section_4_4_3_a_client_gets_a_token_for_itself",
        "rfc7009_section_2_2_a_revoked_access_token_is_dead",
        "rfc7662_section_2_2_an_active_token_is_described",
    ] {
        let what = &outcomes[stops];
        assert!(matches!(what, Outcome::NotTried(what) if what == UNUSABLE), "{stops}: {what:?}");
    }
}
