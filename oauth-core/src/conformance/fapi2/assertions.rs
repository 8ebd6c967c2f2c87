//! Clients, and the assertions that they authenticate with.

use serde_json::{Value, json};

use crate::client::{ApplicationType, Client};
use crate::conformance::answer::Answer;
use crate::conformance::client_assertion::{Signer, ask};
use crate::conformance::suite::{REDIRECT_URI, Suite, TestClient, new_key, random_id, sign};
use crate::conformance::{Check, Failure, Stop};
use crate::frame::Route;
use crate::jose::{Algorithm, SigningKey};

const REFUSED: &str = "`authenticate_client` of the validator, or a clock that is off";
const LENIENT: &str = "`authenticate_client` of the validator checks assertions by itself: call the default";

/// Expects to hear that the grant is unknown: who does has been authenticated.
fn expect_authenticated(answer: &Answer) -> Check {
    answer.error(400, "unsupported_grant_type", REFUSED)
}

fn expect_refused(answer: &Answer) -> Check {
    answer.one_of_errors(&[(401, "invalid_client"), (400, "invalid_client")], LENIENT)
}

/// The answer to an assertion in which one claim is another; `null`: it is left out.
async fn asked_with(suite: &Suite, signer: &Signer, name: &str, value: Value) -> Result<Answer, Stop> {
    let mut claims = signer.claims(suite, None);
    if let Some(claims) = claims.as_object_mut() {
        if value.is_null() {
            claims.remove(name);
        } else {
            claims.insert(name.to_owned(), value);
        }
    }
    ask(suite, &sign(&signer.key, &claims).await?).await
}

pub(in crate::conformance) async fn fapi2_section_5_3_2_1_an_assertion_names_the_issuer_alone(
    suite: &Suite,
) -> Check {
    let (signer, issuer) = (Signer::new(suite).await?, suite.report.issuer.as_str());
    let url = |path: &str| format!("{}{path}", suite.origin);
    let mut others = vec![json!([issuer]), json!([issuer, "https://other.example"])];
    for route in [Route::TOKEN, Route::PUSHED_AUTHORIZATION_REQUEST] {
        others.extend(suite.path(route).ok().map(|path| json!(url(path))));
        others.extend(suite.path(route).ok().map(|path| json!([issuer, url(path)])));
    }
    for aud in others {
        expect_refused(&asked_with(suite, &signer, "aud", aud).await?)?;
    }
    expect_authenticated(&asked_with(suite, &signer, "aud", json!(issuer)).await?)
}

pub(in crate::conformance) async fn fapi2_section_5_3_2_1_an_assertion_from_ten_seconds_ahead_is_taken(
    suite: &Suite,
) -> Check {
    let (signer, ahead) = (Signer::new(suite).await?, suite.now().as_secs() + 10);
    for name in ["iat", "nbf"] {
        expect_authenticated(&asked_with(suite, &signer, name, json!(ahead)).await?)?;
    }
    Ok(())
}

pub(in crate::conformance) async fn fapi2_section_5_3_2_1_an_assertion_from_beyond_a_minute_ahead_is_refused(
    suite: &Suite,
) -> Check {
    let (signer, ahead) = (Signer::new(suite).await?, suite.now().as_secs() + 61);
    for name in ["iat", "nbf"] {
        expect_refused(&asked_with(suite, &signer, name, json!(ahead)).await?)?;
    }
    Ok(())
}

pub(in crate::conformance) async fn fapi2_section_5_3_2_1_an_assertion_that_expired_minutes_ago_is_refused(
    suite: &Suite,
) -> Check {
    let (signer, past) = (Signer::new(suite).await?, suite.now().as_secs() - 300);
    expect_refused(&asked_with(suite, &signer, "exp", json!(past)).await?)
}

pub(in crate::conformance) async fn fapi2_section_5_3_2_1_an_assertion_has_a_subject(suite: &Suite) -> Check {
    let signer = Signer::new(suite).await?;
    expect_refused(&asked_with(suite, &signer, "sub", Value::Null).await?)
}

/// The key is one, whatever it signs with.
pub(in crate::conformance) async fn fapi2_section_5_4_1_an_assertion_is_signed_with_ps256_and_not_with_rs256(
    suite: &Suite,
) -> Check {
    let key = SigningKey::generate(Algorithm::RS256).map_err(|cause| Failure::setup(cause.to_string()))?;
    let with = |algorithm| key.clone().with_algorithm(algorithm);
    let probabilistic = with(Algorithm::PS256).map_err(|cause| Failure::setup(cause.to_string()))?;
    let signer = Signer::with(suite, probabilistic).await?;
    expect_authenticated(&asked_with(suite, &signer, "iat", json!(suite.now().as_secs())).await?)?;
    let claims = signer.claims(suite, None);
    expect_refused(&ask(suite, &sign(&key, &claims).await?).await?)?;
    // It is refused, too, where it is what the client registered.
    let signer = Signer::with(suite, key).await?;
    expect_refused(&asked_with(suite, &signer, "iat", json!(suite.now().as_secs())).await?)
}

pub(in crate::conformance) async fn fapi2_section_5_3_2_1_public_clients_are_refused(suite: &Suite) -> Check {
    let id = random_id("public");
    let client = Client::public(&id).redirect_uri(REDIRECT_URI).scope(suite.scope());
    suite.save(suite.with_grants(client, false)).await?;
    let client = TestClient { id, secret: None, key: None, redirect_uri: REDIRECT_URI };
    for route in [Route::TOKEN, Route::PUSHED_AUTHORIZATION_REQUEST] {
        if suite.path(route).is_ok() {
            let form = [("grant_type", "authorization_code"), ("code", "none")];
            expect_refused(&suite.post(route, &client, &form).await?)?;
        }
    }
    Ok(())
}

/// §5.3.2.2, no. 8, excepts "native clients that use loopback interface redirection".
pub(in crate::conformance) async fn fapi2_section_5_3_2_2_clients_with_redirects_over_http_are_refused(
    suite: &Suite,
) -> Check {
    for (application_type, is_refused) in [(ApplicationType::Web, true), (ApplicationType::Native, false)] {
        let (id, key) = (random_id("loopback"), new_key()?);
        let jwks = json!({ "keys": [key.public_jwk()] }).to_string();
        let client = Client::private_key_jwt(&id, jwks).redirect_uri("http://127.0.0.1:8080/callback");
        let client = client.application_type(application_type).scope(suite.scope());
        suite.save(suite.with_grants(client, true)).await?;
        let signer = Signer { id, key };
        let answer = ask(suite, &sign(&signer.key, &signer.claims(suite, None)).await?).await?;
        if is_refused {
            expect_refused(&answer)?;
        } else {
            expect_authenticated(&answer)?;
        }
    }
    Ok(())
}
