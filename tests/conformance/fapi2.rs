//! Servers of the FAPI 2.0 Security Profile.

use std::collections::BTreeSet;

use oauth_core::conformance::{BoxError, Fixture, Outcome};
use oauth_core::prelude::*;
use oauth_core::server::{Feature, Rule};

use crate::mutants::{Base, record};

#[validator]
#[derive(Debug)]
pub(crate) struct People {
    #[store]
    store: MemoryStore,
}

#[token_generator(jwt, issuer = "https://auth.example.com", algorithm = "ES256")]
#[derive(Debug)]
pub(crate) struct Signed {
    #[signing_key]
    keys: KeyRing,
}

/// An OpenID provider of everything that the profile allows.
#[authorization_server(
    profile = "fapi2",
    grants(authorization_code, refresh_token, client_credentials),
    scopes("openid", "accounts" = "See your accounts", "payments")
)]
#[derive(Debug)]
pub(crate) struct Bank {
    #[validator]
    people: People,
    #[access_token]
    tokens: Signed,
    #[interaction]
    pages: LoginPages,
}

impl Bank {
    pub(crate) async fn new(fixture: &mut Fixture) -> std::result::Result<Self, BoxError> {
        let store = MemoryStore::default();
        store.save_user(fixture.user()?).await?;
        let keys = KeyRing::new(SigningKey::generate(Algorithm::ES256)?);
        Ok(Self { people: People { store }, tokens: Signed { keys }, pages: LoginPages::new() })
    }
}

mod bank {
    use super::Bank;

    oauth_core::conformance!(Bank, |fixture| Bank::new(fixture).await?);
}

/// Opaque tokens, nonces for every proof, and a database.
mod with_nonces {
    use super::{BoxError, Fixture, MemoryStore, People};
    use oauth_core::prelude::*;

    #[authorization_server(
        profile = "fapi2",
        grants(authorization_code, refresh_token),
        scopes("accounts"),
        dpop(nonces = "required"),
        pushed_authorization_requests(expires_in = "90s"),
        token_endpoint_auth_methods("private_key_jwt"),
        issuer = "https://auth.example.com/bank"
    )]
    #[derive(Debug)]
    struct Strict {
        #[validator]
        people: People,
        #[interaction]
        pages: LoginPages,
    }

    async fn strict(fixture: &mut Fixture) -> std::result::Result<Strict, BoxError> {
        let store = MemoryStore::default();
        store.save_user(fixture.user()?).await?;
        Ok(Strict { people: People { store }, pages: LoginPages::new() })
    }

    oauth_core::conformance!(Strict, |fixture| strict(fixture).await?);
}

/// A rule that never runs would prove nothing.
#[tokio::test(flavor = "multi_thread")]
async fn every_rule_of_the_profile_is_asked() {
    let is_of_profile = |rule: &Rule| rule.needs.contains(&Feature::Fapi2);
    for (rule, recorded) in record(Base::Bank).await.rules.iter().filter(|(rule, _)| is_of_profile(rule)) {
        assert!(matches!(recorded.outcome, Outcome::Passed), "{}: {recorded:?}", rule.name);
    }
}

/// Of the rules of every server, the profile leaves out those that it has no use for.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_profile_has_no_use_for_is_said() {
    let outcomes = record(Base::Bank).await.rules.iter().map(|(_, recorded)| &recorded.outcome);
    let left_out: BTreeSet<_> = outcomes
        .filter_map(|outcome| match outcome {
            Outcome::NotEnabled(what) => Some(what.as_str()),
            _ => None,
        })
        .collect();
    for what in
        ["public clients", "authorization requests that are not pushed", "a grace for lost refresh responses"]
    {
        assert!(left_out.contains(what), "{what:?} is not in {left_out:#?}");
    }
}
