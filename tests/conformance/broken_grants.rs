//! Grants that believe too much are caught.

use oauth_core::jose::KeySet;
use oauth_core::prelude::*;

use crate::outcomes::{assert_caught, assert_says, failures};

#[validator(custom)]
#[derive(Debug)]
struct Gullible {
    #[store]
    store: MemoryStore,
    partners: KeySet,
}

#[validator]
impl Gullible {
    /// A key of one partner speaks for all of them.
    fn validate_jwt_bearer_token(
        &self,
        assertion: &UnverifiedAssertion<'_>,
        _request: &mut Request,
    ) -> Result<AcceptedAssertion> {
        let verified = assertion.verify(&self.partners)?;
        let subject = verified.subject.clone();
        Ok(verified.for_subject(subject))
    }
}

/// Whoever asks gets a token.
#[extension_grant("urn:example:grant-type:please")]
#[derive(Debug)]
struct Please;

impl ExtensionGrant<Gullible> for Please {
    async fn approve(_: &Gullible, _request: &mut Request) -> Result<GrantApproval> {
        Ok(GrantApproval::of_user("alice"))
    }
}

#[authorization_server(grants(jwt_bearer, Please), scopes("profile"), issuer = "https://auth.example.com")]
#[derive(Debug)]
struct Server {
    #[validator]
    accounts: Gullible,
}

#[tokio::test(flavor = "multi_thread")]
async fn grants_that_believe_everyone_are_caught() {
    let failures = failures(async |fixture| {
        let partner = SigningKey::generate(Algorithm::ES256)?;
        let partners = [partner.clone().into()].into_iter().collect();
        fixture.trusted_issuer("https://partner.example", partner, "alice");
        fixture.extension_grant::<Please>(|| vec![("magic_word", "please".to_owned())]);
        Ok(Server { accounts: Gullible { store: MemoryStore::default(), partners } })
    })
    .await;
    let stranger = "rfc7523_section_3_a_stranger_is_not_believed";
    let guessed = "rfc6749_section_4_5_what_proves_the_right_is_not_guessed";
    assert_eq!(
        failures.keys().collect::<Vec<_>>(),
        [&guessed, &"rfc6749_section_4_5_what_proves_the_right_is_required", &stranger]
    );
    assert_says(&failures[stranger], &["RFC 7523 §3", "invalid_grant", "`assertion.issuer()`"]);
    assert_says(&failures[guessed], &["RFC 6749 §4.5", "magic_word=", "`approve` of the grant"]);
}

/// Nobody is trusted where no hook says so, and the failure tells how to say it.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_trusts_nobody_is_told_how_to_name_whom() {
    let failures = failures(async |_| {
        Ok(Server { accounts: Gullible { store: MemoryStore::default(), partners: KeySet::default() } })
    })
    .await;
    let rule = "rfc7523_section_2_1_an_assertion_yields_a_token";
    assert_caught(&failures, &[rule]);
    assert_says(&failures[rule], &["fixture.trusted_issuer(…)"]);
}
