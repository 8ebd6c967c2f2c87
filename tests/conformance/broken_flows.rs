//! Flows that give to whom they should not, or by the wrong way, are caught.

use std::sync::Arc;

use oauth_core::authorization::ResponseMode;
use oauth_core::interaction::{Context, Decision};
use oauth_core::openid::SubjectType;
use oauth_core::prelude::*;
use oauth_core::store;
use oauth_tests::{Alice, Provider};

use crate::op::Op;
use crate::outcomes::{assert_caught, assert_failed, assert_says, failures};

#[validator(custom)]
#[derive(Debug, Default)]
struct AnyResponseType {
    #[store]
    store: MemoryStore,
}

#[validator]
impl AnyResponseType {
    fn validate_response_type(&self, _: &Client, _: ResponseType, _: &mut Request) -> Result<()> {
        Ok(())
    }
}

/// Checks the response types of hybrid flows and of `none`.
#[tokio::test(flavor = "multi_thread")]
async fn a_validator_that_allows_any_response_type_is_caught() {
    let failures = failures(async |_| Ok(Provider::new(AnyResponseType::default()))).await;
    let rule = "oidc_core_section_3_3_2_2_the_response_type_must_be_the_clients";
    assert_failed(&failures, &[rule, "oauth_multiple_response_types_section_4_it_must_be_the_clients"]);
    assert_says(
        &failures[rule],
        &["OpenID Connect Core §3.3.2.2", "`validate_response_type` of the validator"],
    );
}

/// It sends people on by itself, as if there were one response mode.
#[derive(Debug)]
struct Redirecting;

impl<V: Sync> Interaction<V> for Redirecting {
    async fn decide(
        &self,
        _: &Context<'_, V>,
        authorization: &AuthorizationRequest,
        _: &Request,
    ) -> Result<Decision> {
        if authorization.response_mode != ResponseMode::FormPost {
            return Ok(Decision::approve("alice"));
        }
        let mut response = oauth_core::http::Response::default();
        *response.status_mut() = http::StatusCode::SEE_OTHER;
        let location = format!("{}?code=mine&state=a+state", authorization.redirect_uri);
        response.headers_mut().insert("location", location.parse().unwrap());
        Ok(Decision::Respond(response))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interaction_that_knows_no_response_modes_is_caught() {
    let failures = failures(async |fixture| Ok(Op::new(fixture, MemoryStore::default(), Redirecting))).await;
    let rule = "oauth_form_post_section_2_the_response_is_a_form_for_the_redirect_uri";
    assert_failed(
        &failures,
        &[
            rule,
            "oauth_form_post_section_2_the_page_is_not_kept",
            "oauth_form_post_section_2_what_was_sent_is_text_and_no_markup",
        ],
    );
    assert_says(&failures[rule], &["OAuth 2.0 Form Post Response Mode §2", "return `Decision::Approve`"]);
}

/// It was written before there were pairwise identifiers.
#[derive(Debug, Default)]
struct OldClients(MemoryStore);

impl ClientStore for OldClients {
    async fn client(&self, client_id: &str) -> store::Result<Option<Arc<Client>>> {
        let client = self.0.client(client_id).await?;
        Ok(client.map(|client| {
            let mut client = (*client).clone();
            client.subject_type = SubjectType::Public;
            Arc::new(client)
        }))
    }
    async fn save_client(&self, client: Client) -> store::Result<()> {
        self.0.save_client(client).await
    }
    async fn is_origin_registered(&self, origin: &str) -> store::Result<bool> {
        self.0.is_origin_registered(origin).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_loses_the_subject_type_is_caught() {
    let failures = failures(async |fixture| Ok(Op::new(fixture, OldClients::default(), Alice))).await;
    let rule = "oidc_core_section_8_1_sectors_know_a_person_by_different_names";
    assert_caught(&failures, &[rule]);
    assert_says(&failures[rule], &["OpenID Connect Core §8.1", "does not keep `subject_type`"]);
    assert_eq!(failures.len(), 1, "{failures:#?}");
}

/// Everybody is one character, which is in the pairwise name of this key by chance.
#[derive(Debug)]
struct Eight;

impl<V: Sync> Interaction<V> for Eight {
    async fn decide(&self, _: &Context<'_, V>, _: &AuthorizationRequest, _: &Request) -> Result<Decision> {
        Ok(Decision::approve("8"))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_short_subject_may_be_in_a_pairwise_name_by_chance() {
    let failures = failures(async |fixture| Ok(Op::new(fixture, MemoryStore::default(), Eight))).await;
    assert_failed(&failures, &[]);
}
