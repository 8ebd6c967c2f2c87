//! Servers that give clients which come by themselves what is not theirs are caught.

use std::sync::Arc;

use oauth_core::grant::token_exchange::{ExchangeApproval, TokenExchangePolicy, TokenExchangeRequest};
use oauth_core::http::Fetcher;
use oauth_core::prelude::*;
use oauth_core::secret::TokenHash;
use oauth_core::store::{ClientStore, Registration, RegistrationStore, Result as StoreResult};
use oauth_core::time::UnixTime;
use oauth_tests::Alice;
use serde_json::{Map, Value};

use crate::outcomes::{assert_failed, assert_says, failures};

/// Believes whatever clients say.
#[validator(custom)]
#[derive(Debug)]
struct Gullible {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Gullible {
    fn validate_scopes(&self, _: &Client, _: &ScopeSet, _: &mut Request) -> Result<()> {
        Ok(())
    }

    fn validate_grant_type(&self, _: &Client, _: &GrantType, _: &mut Request) -> Result<()> {
        Ok(())
    }

    fn validate_initial_access_token(&self, _: &str, _: &mut Request) -> Result<bool> {
        Ok(true)
    }

    /// The claims, and not who signed them.
    fn validate_software_statement(&self, _: &str, _: &mut Request) -> Result<Option<Map<String, Value>>> {
        Ok(Some(Map::new()))
    }
}

impl TokenExchangePolicy for Gullible {
    async fn may_exchange(&self, _: &TokenExchangeRequest, _: &Request) -> Result<ExchangeApproval> {
        Ok(ExchangeApproval::delegation())
    }
}

#[authorization_server(
    grants(authorization_code, refresh_token, client_credentials, token_exchange),
    scopes("profile", "admin"),
    issuer = "https://auth.example.com",
    client_id_metadata_documents,
    registration,
    unverified_scopes("profile"),
    shared_validator
)]
#[derive(Debug)]
struct Open {
    #[validator]
    accounts: Gullible,
    #[interaction]
    alice: Alice,
    #[fetcher]
    fetcher: Fetcher,
}

#[tokio::test(flavor = "multi_thread")]
async fn a_validator_that_believes_strangers_is_caught() {
    let failures = failures(async |fixture| {
        let accounts = Gullible { store: MemoryStore::default() };
        Ok(Open { accounts, alice: Alice, fetcher: fixture.fetcher()? })
    })
    .await;
    let scopes = "rfc7591_section_2_strangers_get_no_other_scopes_than_were_named";
    let exchange = "rfc8693_section_1_1_a_client_that_has_nothing_to_do_with_it_is_refused";
    let statement = "rfc7591_section_2_3_a_statement_of_nobody_vouches_for_nothing";
    let grants = "rfc7591_section_2_strangers_get_no_grant_without_a_person";
    assert_failed(
        &failures,
        &[
            scopes,
            "strangers_with_a_document_get_no_other_scopes_than_were_named",
            statement,
            grants,
            exchange,
            // It is the same hook for every client.
            "rfc6749_section_5_2_the_grant_must_be_the_clients",
        ],
    );
    assert_says(&failures[scopes], &["RFC 7591 §2", "invalid_scope", "`validate_scopes` of the validator"]);
    assert_says(
        &failures[exchange],
        &["RFC 8693 §1.1", "`may_exchange` of the validator", "requester_is_party()"],
    );
    assert_says(&failures[statement], &["RFC 7591 §2.3", "`validate_software_statement` of the validator"]);
    assert_says(&failures[grants], &["RFC 7591 §2", "unauthorized_client", "`validate_grant_type`"]);
}

#[authorization_server(
    grants(authorization_code, refresh_token),
    scopes("profile"),
    issuer = "https://auth.example.com",
    registration(initial_access_token)
)]
#[derive(Debug)]
struct ByToken {
    #[validator]
    accounts: Gullible,
    #[interaction]
    alice: Alice,
}

#[tokio::test(flavor = "multi_thread")]
async fn a_validator_that_takes_any_initial_access_token_is_caught() {
    let failures = failures(async |fixture| {
        fixture.initial_access_token(|| "initial".to_owned());
        Ok(ByToken { accounts: Gullible { store: MemoryStore::default() }, alice: Alice })
    })
    .await;
    let rule = "rfc7591_section_3_who_has_no_initial_access_token_is_refused";
    assert!(failures.contains_key(rule), "{failures:#?}");
    assert_says(&failures[rule], &["RFC 7591 §3", "invalid_token", "`validate_initial_access_token`"]);
}

/// Looks and then writes, and deletes nothing.
#[derive(Debug, Clone, Default)]
struct Careless(MemoryStore);

impl Careless {
    async fn is_token(&self, client_id: &str, token: &TokenHash) -> StoreResult<bool> {
        let found = RegistrationStore::registration(&self.0, client_id).await?;
        Ok(found.is_some_and(|(_, kept)| kept.token == *token))
    }
}

impl ClientStore for Careless {
    async fn client(&self, client_id: &str) -> StoreResult<Option<Arc<Client>>> {
        self.0.client(client_id).await
    }

    async fn save_client(&self, client: Client) -> StoreResult<()> {
        self.0.save_client(client).await
    }

    async fn is_origin_registered(&self, origin: &str) -> StoreResult<bool> {
        self.0.is_origin_registered(origin).await
    }
}

impl RegistrationStore for Careless {
    async fn register_client(
        &self,
        client: Client,
        registration: Registration,
        most: u64,
        now: UnixTime,
    ) -> StoreResult<bool> {
        self.0.register_client(client, registration, most, now).await
    }

    async fn registration(&self, client_id: &str) -> StoreResult<Option<(Arc<Client>, Registration)>> {
        RegistrationStore::registration(&self.0, client_id).await
    }

    async fn replace_registration(
        &self,
        token: &TokenHash,
        client: Client,
        registration: Registration,
    ) -> StoreResult<bool> {
        if !self.is_token(&client.client_id, token).await? {
            return Ok(false);
        }
        tokio::task::yield_now().await;
        let Some((_, kept)) = RegistrationStore::registration(&self.0, &client.client_id).await? else {
            return Ok(false);
        };
        // The client stays as it was.
        let same = self.0.client(&client.client_id).await?.map_or(client, Arc::unwrap_or_clone);
        self.0.replace_registration(&kept.token, same, registration).await?;
        Ok(true)
    }

    async fn delete_registration(&self, client_id: &str, token: &TokenHash) -> StoreResult<bool> {
        self.is_token(client_id, token).await
    }

    async fn keep_registration(&self, client_id: &str, until: UnixTime) -> StoreResult<()> {
        self.0.keep_registration(client_id, until).await
    }
}

#[validator]
#[derive(Debug)]
struct Members {
    #[clients]
    clients: Careless,
    #[store]
    store: MemoryStore,
}

#[authorization_server(
    grants(authorization_code, refresh_token),
    scopes("profile"),
    issuer = "https://auth.example.com",
    registration,
    unverified_scopes("profile")
)]
#[derive(Debug)]
struct Kept {
    #[validator]
    members: Members,
    #[interaction]
    alice: Alice,
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_loses_what_happens_to_registrations_is_caught() {
    let failures = failures(async |_| {
        let members = Members { clients: Careless::default(), store: MemoryStore::default() };
        Ok(Kept { members, alice: Alice })
    })
    .await;
    let raced = "rfc7592_section_2_2_one_of_several_replacements_counts";
    let deleted = "rfc7592_section_2_3_a_client_that_was_deleted_is_gone";
    let replaced = "rfc7592_section_2_2_a_replacement_replaces_all";
    assert_failed(&failures, &[raced, deleted, replaced]);
    assert_says(&failures[raced], &["RFC 7592 §2.2", "at once", "`replace_registration` of the store"]);
    assert_says(&failures[deleted], &["RFC 7592 §2.3", "`delete_registration` of the store"]);
    assert_says(&failures[replaced], &["RFC 7592 §2.2", "`replace_registration` of the store"]);
}
