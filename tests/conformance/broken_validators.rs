//! Validators that let pass what must not are caught.

use std::sync::Arc;

use oauth_core::prelude::*;
use oauth_tests::TestServer;

use crate::outcomes::{assert_caught, assert_failed, assert_says, failures};

#[validator(custom)]
#[derive(Debug, Default)]
struct AnyRedirectUri {
    #[store]
    store: MemoryStore,
}

#[validator]
impl AnyRedirectUri {
    fn validate_redirect_uri(
        &self,
        _client: &Client,
        _redirect_uri: &str,
        _request: &mut Request,
    ) -> Result<()> {
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_validator_that_accepts_any_redirect_uri_is_caught() {
    let failures = failures(async |_| Ok(TestServer::<_> { validator: AnyRedirectUri::default() })).await;
    let rule = "rfc6749_section_4_1_2_1_an_unregistered_redirect_uri_is_not_redirected_to";
    assert_failed(
        &failures,
        &[
            rule,
            "oauth_form_post_section_2_nothing_is_posted_to_a_stranger",
            "rfc8252_section_7_3_the_port_of_a_loopback_redirect_uri_is_free",
            "rfc9700_section_2_1_redirect_uris_are_compared_exactly",
        ],
    );
    let words =
        ["RFC 6749 §4.1.2.1", "attacker.example", "no Location", "`validate_redirect_uri` of the validator"];
    assert_says(&failures[rule], &words);
}

/// It has two tokens, and takes turns.
#[validator(custom)]
#[derive(Debug, Default)]
struct TwoTokens {
    #[store]
    store: MemoryStore,
    turns: [std::sync::atomic::AtomicUsize; 2],
}

impl TwoTokens {
    fn next(&self, kind: usize) -> String {
        let turn = self.turns[kind].fetch_add(1, std::sync::atomic::Ordering::Relaxed) % 2;
        format!("token-{turn}-of-two-of-the-kind-{kind}")
    }
}

#[validator]
impl TwoTokens {
    #[token_generator]
    fn generate_access_token(&self, _: &Request) -> Result<String> {
        Ok(self.next(0))
    }

    #[token_generator(refresh)]
    fn generate_refresh_token(&self, _: &Request) -> Result<String> {
        Ok(self.next(1))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_validator_whose_tokens_come_again_is_caught() {
    let failures = failures(async |_| Ok(TestServer::<_> { validator: TwoTokens::default() })).await;
    let rules = [
        "rfc6749_section_10_10_each_token_is_another",
        "rfc6749_section_10_10_each_token_of_a_code_is_another",
        "rfc6749_section_10_10_each_refresh_token_is_another",
    ];
    assert_caught(&failures, &rules);
    // The store notices first.
    assert_says(&failures[rules[0]], &["RFC 6749 §10.10", "500 Internal Server Error"]);
    assert_says(&failures[rules[2]], &["RFC 6749 §10.10", "500 Internal Server Error"]);
}

/// It finds the client and does not look at its secret.
#[validator(custom)]
#[derive(Debug, Default)]
struct AnySecret {
    #[store]
    store: MemoryStore,
}

#[validator]
impl AnySecret {
    async fn authenticate_client(&self, request: &mut Request) -> Result<Arc<Client>> {
        let named = request.body().get("client_id").map(str::to_owned).or_else(|| {
            use base64::Engine as _;
            let header = request.headers().get("authorization")?.to_str().ok()?;
            let decoded = base64::engine::general_purpose::STANDARD.decode(header.get(6..)?).ok()?;
            let (client_id, _) = std::str::from_utf8(&decoded).ok()?.split_once(':')?;
            form_urlencoded::parse(client_id.as_bytes()).next().map(|(name, _)| name.into_owned())
        });
        let client = self.store.client(&named.ok_or_else(Error::invalid_client)?).await?;
        client.ok_or_else(Error::invalid_client)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_validator_that_accepts_any_secret_is_caught() {
    assert_failed(
        &failures(async |_| Ok(TestServer::<_> { validator: AnySecret::default() })).await,
        &[
            "rfc6749_section_2_3_1_the_body_authenticates",
            "rfc6749_section_2_3_one_method_a_request",
            "rfc6749_section_3_2_1_a_confidential_client_must_authenticate",
            "rfc6749_section_5_2_a_wrong_secret_is_refused",
            "rfc6749_section_5_2_an_unknown_client_looks_like_a_wrong_secret",
            "rfc7009_section_2_1_clients_authenticate",
            // It does not know assertions, which the metadata offers.
            "rfc7523_section_2_2_an_assertion_authenticates",
            "rfc7523_section_3_an_assertion_works_once",
            "rfc7523_section_3_an_assertion_works_once_however_many_try_at_once",
            "rfc7591_section_2_the_method_is_the_registered_one",
            "rfc7662_section_2_1_callers_authenticate",
        ],
    );
}

/// It lets in whomever something signed names, beside those whom the default lets in.
#[validator(custom)]
#[derive(Debug, Default)]
struct AnyAssertion {
    #[store]
    store: MemoryStore,
}

#[validator]
impl AnyAssertion {
    async fn authenticate_client(&self, request: &mut Request) -> Result<Arc<Client>> {
        let named = request.body().get("client_assertion").and_then(|assertion| {
            use base64::Engine as _;
            let payload = assertion.split('.').nth(1)?;
            let payload = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(payload).ok()?;
            let claims: serde_json::Value = serde_json::from_slice(&payload).ok()?;
            Some(claims.get("sub")?.as_str()?.to_owned())
        });
        match named {
            Some(named) => self.store.client(&named).await?.ok_or_else(Error::invalid_client),
            None => oauth_tests::Accounts(self.store.clone()).authenticate_client(request).await,
        }
    }
}

#[authorization_server(
    grants(client_credentials),
    issuer = "https://auth.example.com",
    scopes("jobs"),
    token_endpoint_auth_methods("client_secret_basic")
)]
#[derive(Debug)]
struct BasicAlone {
    #[validator]
    accounts: AnyAssertion,
}

#[tokio::test(flavor = "multi_thread")]
async fn a_validator_that_accepts_assertions_where_none_are_offered_is_caught() {
    let failures = failures(async |_| Ok(BasicAlone { accounts: AnyAssertion::default() })).await;
    let rule = "rfc8414_section_2_a_method_that_is_not_offered_is_refused";
    assert_failed(&failures, &[rule]);
    assert_says(&failures[rule], &["RFC 8414 §2", "`authenticate_client`"]);
}

/// It trusts refresh tokens, scopes and grants to whoever asks.
#[validator(custom)]
#[derive(Debug, Default)]
struct Generous {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Generous {
    fn validate_scopes(&self, _client: &Client, _scopes: &ScopeSet, _request: &mut Request) -> Result<()> {
        Ok(())
    }
    fn validate_grant_type(
        &self,
        _client: &Client,
        _grant: &GrantType,
        _request: &mut Request,
    ) -> Result<()> {
        Ok(())
    }
    fn is_within_original_scope(&self, _: &ScopeSet, _: &ScopeSet, _request: &mut Request) -> Result<bool> {
        Ok(true)
    }
    fn revoke_token(&self, _token: &str, _hint: Option<&str>, _request: &mut Request) -> Result<()> {
        Ok(())
    }
    fn is_origin_allowed(&self, _client: &Client, _origin: &str, _request: &mut Request) -> Result<bool> {
        Ok(true)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_validator_that_is_generous_is_caught() {
    assert_failed(
        &failures(async |_| Ok(TestServer::<_> { validator: Generous::default() })).await,
        &[
            "rfc6749_section_5_2_the_grant_must_be_the_clients",
            "rfc6749_section_6_scopes_do_not_grow",
            "rfc7009_section_2_1_a_refresh_token_takes_its_access_tokens_along",
            "rfc7009_section_2_1_a_revoked_refresh_token_is_refused",
            "rfc7009_section_2_1_a_wrong_hint_is_no_obstacle",
            "rfc7009_section_2_2_a_revoked_access_token_is_dead",
            "rfc9700_section_2_6_another_origin_may_not",
        ],
    );
}
