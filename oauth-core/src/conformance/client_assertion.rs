//! Client authentication by JWT, at the token endpoint.

use http::Method;
use http::header::CONTENT_TYPE;
use serde_json::{Value, json};

use super::answer::Answer;
use super::race::{is_ok, one_wins, race, rounds};
use super::suite::{
    ASSERTION_TYPE, FORM, REDIRECT_URI, Suite, assertion_claims, encode, new_key, random_id, request, sign,
};
use super::{Check, Stop};
use crate::client::Client;
use crate::frame::Route;
use crate::jose::SigningKey;
use crate::time::UnixTime;

const REFUSED: &str = "`authenticate_client` of the validator, or the store of clients does not keep `jwks`";
const LENIENT: &str = "`authenticate_client` of the validator lets it pass";
pub(super) const USED_TWICE: &str = "`claim_replay_id` of the store of replay ids looks for the identifier and keeps it in a second step, or \
                          forgets it: do both in one atomic step, such as `INSERT … ON CONFLICT DO NOTHING`";

/// A client that signs.
pub(super) struct Signer {
    pub(super) id: String,
    pub(super) key: SigningKey,
}

impl Signer {
    pub(super) async fn new(suite: &Suite) -> Result<Self, Stop> {
        Self::with(suite, new_key()?).await
    }

    /// A client with this key.
    pub(super) async fn with(suite: &Suite, key: SigningKey) -> Result<Self, Stop> {
        let id = random_id("signer");
        let jwks = json!({ "keys": [key.public_jwk()] }).to_string();
        let client = Client::private_key_jwt(&id, jwks).redirect_uri(REDIRECT_URI).scope(suite.scope());
        suite.save(suite.with_grants(client, true)).await?;
        Ok(Self { id, key })
    }

    /// The claims that a good client asserts, with one claim changed.
    pub(super) fn claims(&self, suite: &Suite, changed: Option<(&str, Value)>) -> Value {
        let mut claims = assertion_claims(suite, &self.id);
        if let (Some((name, value)), Some(claims)) = (changed, claims.as_object_mut()) {
            claims.insert(name.to_owned(), value);
        }
        claims
    }
}

/// A token request that asks for nothing: whoever gets past authentication hears of its grant type.
fn form(suite: &Suite, assertion: &str) -> Result<http::Request<bytes::Bytes>, Stop> {
    let form = [
        ("grant_type", "urn:example:nothing"),
        ("client_assertion_type", ASSERTION_TYPE),
        ("client_assertion", assertion),
    ];
    request(Method::POST, suite.path(Route::TOKEN)?, &[(CONTENT_TYPE, FORM)], &encode(form))
}

/// A request that an authenticated client succeeds with, so that its assertion is used up.
fn revoke(suite: &Suite, assertion: &str) -> Result<http::Request<bytes::Bytes>, Stop> {
    let form =
        [("token", "nothing"), ("client_assertion_type", ASSERTION_TYPE), ("client_assertion", assertion)];
    request(Method::POST, suite.path(Route::REVOCATION)?, &[(CONTENT_TYPE, FORM)], &encode(form))
}

pub(super) async fn ask(suite: &Suite, assertion: &str) -> Result<Answer, Stop> {
    Ok(suite.send(form(suite, assertion)?).await)
}

pub(super) async fn rfc7523_section_2_2_an_assertion_authenticates(suite: &Suite) -> Check {
    let signer = Signer::new(suite).await?;
    let assertion = sign(&signer.key, &signer.claims(suite, None)).await?;
    ask(suite, &assertion).await?.error(400, "unsupported_grant_type", REFUSED)
}

pub(super) async fn rfc7523_section_3_an_assertion_is_for_this_server_and_not_expired(
    suite: &Suite,
) -> Check {
    let signer = Signer::new(suite).await?;
    let long_ago = UnixTime::now().as_secs() - 3600;
    for changed in [
        ("aud", json!("https://other.example")),
        ("aud", Value::Null),
        ("exp", json!(long_ago)),
        ("exp", Value::Null),
        ("iss", json!("another")),
        ("sub", json!(suite.web.id)),
    ] {
        let assertion = sign(&signer.key, &signer.claims(suite, Some(changed))).await?;
        ask(suite, &assertion).await?.error(401, "invalid_client", LENIENT)?;
    }
    Ok(())
}

pub(super) async fn rfc7523_section_3_the_signature_is_the_clients(suite: &Suite) -> Check {
    let signer = Signer::new(suite).await?;
    let forged = sign(&new_key()?, &signer.claims(suite, None)).await?;
    ask(suite, &forged).await?.error(401, "invalid_client", LENIENT)?;
    let good = sign(&signer.key, &signer.claims(suite, None)).await?;
    let (input, _) = good.rsplit_once('.').unwrap_or_default();
    ask(suite, &format!("{input}.")).await?.error(401, "invalid_client", LENIENT)
}

pub(super) async fn rfc7523_section_3_an_assertion_works_once(suite: &Suite) -> Check {
    let signer = Signer::new(suite).await?;
    let assertion = sign(&signer.key, &signer.claims(suite, None)).await?;
    let first = suite.send(revoke(suite, &assertion)?).await;
    first.expect(first.status == http::StatusCode::OK, "200", REFUSED)?;
    suite.send(revoke(suite, &assertion)?).await.error(401, "invalid_client", USED_TWICE)
}

pub(super) async fn rfc7523_section_3_an_assertion_works_once_however_many_try_at_once(
    suite: &Suite,
) -> Check {
    let signer = Signer::new(suite).await?;
    for tasks in rounds() {
        let assertion = sign(&signer.key, &signer.claims(suite, None)).await?;
        let answers = race(suite, tasks, &revoke(suite, &assertion)?).await;
        one_wins(&answers, is_ok, "client that is authenticated", USED_TWICE)?;
    }
    Ok(())
}
