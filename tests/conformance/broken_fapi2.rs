//! Servers of the FAPI 2.0 Security Profile that their hooks and stores break are caught.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use oauth_core::conformance::{BoxError, Fixture};
use oauth_core::prelude::*;
use oauth_core::secret::TokenHash;
use oauth_core::store::{
    Attempt, AuthorizationGrant, CodeRedemption, CodeStore, LoadedRequest, PeekedCode, PushedRequest,
    PushedRequestStore, Result as StoreResult,
};
use oauth_core::time::UnixTime;

use crate::outcomes::{assert_caught, assert_failed, assert_says, failures};

/// A server of the profile with this validator, and how it is made.
macro_rules! broken {
    ($module:ident: $validator:ident, $value:expr) => {
        mod $module {
            use super::*;

            #[authorization_server(
                profile = "fapi2",
                grants(authorization_code, refresh_token),
                scopes("accounts"),
                issuer = "https://auth.example.com"
            )]
            #[derive(Debug)]
            pub(super) struct Server {
                #[validator]
                validator: $validator,
                #[interaction]
                pages: LoginPages,
            }

            pub(super) async fn server(fixture: &mut Fixture) -> std::result::Result<Server, BoxError> {
                let store = MemoryStore::default();
                store.save_user(fixture.user()?).await?;
                Ok(Server { validator: $value(store), pages: LoginPages::new() })
            }
        }
    };
}

/// It lets in whomever an assertion or the form names.
#[validator(custom)]
#[derive(Debug)]
pub(crate) struct Gullible {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Gullible {
    async fn authenticate_client(&self, request: &mut Request) -> Result<Arc<Client>> {
        let assertion = request.body().get("client_assertion").and_then(|assertion| {
            let payload = URL_SAFE_NO_PAD.decode(assertion.split('.').nth(1)?).ok()?;
            let claims: serde_json::Value = serde_json::from_slice(&payload).ok()?;
            Some(claims.get("iss")?.as_str()?.to_owned())
        });
        let named = assertion.or_else(|| request.body().get("client_id").map(str::to_owned));
        let client = self.store.client(&named.ok_or_else(Error::invalid_client)?).await?;
        client.ok_or_else(Error::invalid_client)
    }
}

broken!(gullible: Gullible, |store| Gullible { store });

/// What the profile says of registrations holds all the same.
#[tokio::test(flavor = "multi_thread")]
async fn a_validator_that_believes_every_assertion_is_caught() {
    let failures = failures(gullible::server).await;
    let audience = "fapi2_section_5_3_2_1_an_assertion_names_the_issuer_alone";
    assert_caught(
        &failures,
        &[
            audience,
            "fapi2_section_5_3_2_1_an_assertion_from_beyond_a_minute_ahead_is_refused",
            "fapi2_section_5_3_2_1_an_assertion_that_expired_minutes_ago_is_refused",
            "fapi2_section_5_3_2_1_an_assertion_has_a_subject",
            "fapi2_section_5_4_1_an_assertion_is_signed_with_ps256_and_not_with_rs256",
            "fapi2_section_5_3_2_2_nobody_pushes_without_authentication",
            "fapi2_section_5_3_2_1_who_refreshes_authenticates",
        ],
    );
    for kept in [
        "fapi2_section_5_3_2_1_public_clients_are_refused",
        "fapi2_section_5_3_2_2_clients_with_redirects_over_http_are_refused",
    ] {
        assert!(!failures.contains_key(kept), "{:#?}", failures[kept]);
    }
    assert_says(&failures[audience], &["FAPI 2.0 §5.3.2.1", "`authenticate_client`"]);
}

/// Refuses what comes from another clock.
#[validator(custom)]
#[derive(Debug)]
pub(crate) struct Punctual {
    #[store]
    store: MemoryStore,
}

#[validator]
impl Punctual {
    async fn authenticate_client(&self, request: &mut Request) -> Result<Arc<Client>> {
        let claims = request.body().get("client_assertion").and_then(|assertion| {
            let payload = URL_SAFE_NO_PAD.decode(assertion.split('.').nth(1)?).ok()?;
            serde_json::from_slice::<serde_json::Value>(&payload).ok()
        });
        let is_ahead =
            |name| claims.as_ref().and_then(|it| it[name].as_u64()) > Some(request.now().as_secs() + 5);
        if is_ahead("iat") || is_ahead("nbf") {
            return Err(Error::invalid_client());
        }
        oauth_tests::Accounts(self.store.clone()).authenticate_client(request).await
    }
}

broken!(punctual: Punctual, |store| Punctual { store });

#[tokio::test(flavor = "multi_thread")]
async fn a_validator_that_allows_no_other_clock_is_caught() {
    let failures = failures(punctual::server).await;
    assert_failed(&failures, &["fapi2_section_5_3_2_1_an_assertion_from_ten_seconds_ahead_is_taken"]);
}

/// A store that keeps codes for an hour, and finds pushed requests whenever they were pushed.
#[derive(Debug)]
pub(crate) struct Forgetful(MemoryStore);

impl CodeStore for Forgetful {
    async fn save_code(&self, code: TokenHash, mut grant: AuthorizationGrant) -> StoreResult<()> {
        grant.expires_at = grant.expires_at + Duration::from_hours(1);
        grant.dpop_jkt = None;
        self.0.save_code(code, grant).await
    }
    async fn peek_code(&self, code: &TokenHash, now: UnixTime) -> StoreResult<Option<PeekedCode>> {
        self.0.peek_code(code, now).await
    }
    async fn take_code(
        &self,
        code: &TokenHash,
        attempt: Attempt,
        now: UnixTime,
    ) -> StoreResult<CodeRedemption> {
        self.0.take_code(code, attempt, now).await
    }
}

impl PushedRequestStore for Forgetful {
    async fn save_pushed_request(&self, reference: TokenHash, mut request: PushedRequest) -> StoreResult<()> {
        request.load_until = request.kept_until;
        self.0.save_pushed_request(reference, request).await
    }
    async fn load_pushed_request(
        &self,
        reference: &TokenHash,
        client_id: &str,
        now: UnixTime,
    ) -> StoreResult<Option<LoadedRequest>> {
        self.0.load_pushed_request(reference, client_id, now).await
    }
    async fn take_pushed_request(
        &self,
        reference: &TokenHash,
        attempt: Attempt,
        now: UnixTime,
    ) -> StoreResult<CodeRedemption> {
        self.0.take_pushed_request(reference, attempt, now).await
    }
}

#[validator]
#[derive(Debug)]
pub(crate) struct Forgetting {
    #[codes]
    #[pushed_requests]
    forgetful: Forgetful,
    #[store]
    store: MemoryStore,
}

broken!(forgetting: Forgetting, |store: MemoryStore| Forgetting {
    forgetful: Forgetful(store.clone()),
    store,
});

#[tokio::test(flavor = "multi_thread")]
async fn a_store_that_forgets_when_things_end_is_caught() {
    assert_failed(
        &failures(forgetting::server).await,
        &[
            "fapi2_section_5_3_2_1_a_code_of_a_minute_ago_is_refused",
            "fapi2_section_5_3_2_1_a_proof_that_is_pushed_binds_the_code",
            "fapi2_section_5_3_2_2_a_pushed_request_expires_in_less_than_ten_minutes",
            "rfc9449_section_10_a_code_is_bound_to_its_key",
        ],
    );
}
