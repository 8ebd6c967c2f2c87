//! Tokens that are bound to keys of clients, RFC 9449.

use http::{HeaderValue, StatusCode};
use serde_json::{Value, json};

use super::answer::Answer;
use super::client_assertion::USED_TWICE;
use super::prover::{Prover, with_proof};
use super::race::{is_ok, one_wins, race, rounds};
use super::suite::{IssuedCode, REDIRECT_URI, Suite, TestClient, Tokens, pkce, random_id};
use super::{Check, Failure, Stop};
use crate::client::Client;
use crate::frame::Route;

const LIKELY: &str = "a layer in front of the endpoints takes the header `DPoP` away, or the hook that issues tokens drops `cnf`";
const LENIENT: &str = "a hook issues the token by itself, and what the request proved is not asked";
const UNKEPT: &str = "the store loses `Authorization::confirmation` or `AuthorizationGrant::dpop_jkt`: keep records as they are";

async fn redeem(suite: &Suite, client: &TestClient, code: &IssuedCode, proof: &str) -> Result<Answer, Stop> {
    Ok(suite.send(with_proof(suite, client, &code.form(), proof).await?).await)
}

/// The tokens of a client, bound to this key.
async fn tokens(suite: &Suite, client: &TestClient, prover: &Prover) -> Result<Tokens, Stop> {
    let code = suite.code(client).await?;
    Tokens::of(redeem(suite, client, &code, &prover.proof(suite, None).await?).await?)
}

pub(super) async fn rfc9449_section_5_a_proof_binds_the_access_token(suite: &Suite) -> Check {
    let prover = Prover::new()?;
    let tokens = tokens(suite, &suite.web, &prover).await?;
    let token_type = tokens.response.get("token_type").and_then(Value::as_str);
    tokens.answer.expect(token_type == Some("DPoP"), "the token_type DPoP", LIKELY)
}

pub(super) async fn rfc9449_section_6_2_introspection_tells_the_key(suite: &Suite) -> Check {
    let (prover, api) = (Prover::new()?, suite.api().await?);
    let tokens = tokens(suite, &suite.web, &prover).await?;
    let (_, answer) = suite.is_active(&api, &tokens.access_token).await?;
    let told = answer.success(LIKELY)?;
    let jkt = told.get("cnf").and_then(|cnf| cnf.get("jkt")).and_then(Value::as_str);
    answer.expect(jkt == Some(prover.jkt().as_str()), "cnf with the thumbprint of the key", UNKEPT)
}

pub(super) async fn rfc9449_section_5_the_refresh_token_of_a_public_client_is_bound(suite: &Suite) -> Check {
    let (client, prover) = (suite.public().await?, Prover::new()?);
    let tokens = tokens(suite, &client, &prover).await?;
    let form = [("grant_type", "refresh_token"), ("refresh_token", tokens.refresh_token()?)];
    suite.post(Route::TOKEN, &client, &form).await?.error(400, "invalid_grant", UNKEPT)?;
    let other = Prover::new()?;
    let stolen = with_proof(suite, &client, &form, &other.proof(suite, None).await?).await?;
    suite.send(stolen).await.error(400, "invalid_grant", UNKEPT)?;
    let own = with_proof(suite, &client, &form, &prover.proof(suite, None).await?).await?;
    suite.send(own).await.success(LIKELY).map(|_| ())
}

pub(super) async fn rfc9449_section_5_2_a_client_that_always_binds_sends_a_proof(suite: &Suite) -> Check {
    let id = random_id("bound");
    let client =
        Client::public(&id).redirect_uri(REDIRECT_URI).scope(suite.scope()).dpop_bound_access_tokens();
    suite.save(suite.with_grants(client, false)).await?;
    let client = TestClient { id, secret: None, key: None, redirect_uri: REDIRECT_URI };
    let code = suite.code(&client).await?;
    let likely = "the store of clients does not keep `dpop_bound_access_tokens`";
    suite.redeem(&client, &code).await?.error(400, "invalid_request", likely)?;
    // Nothing was used up.
    let good = Prover::new()?.proof(suite, None).await?;
    redeem(suite, &client, &code, &good).await?.success(LIKELY).map(|_| ())
}

pub(super) async fn rfc9449_section_4_3_a_proof_is_for_this_request(suite: &Suite) -> Check {
    let (prover, code) = (Prover::new()?, suite.code(&suite.web).await?);
    for changed in [
        ("htm", json!("GET")),
        ("htu", json!(format!("{}/other", suite.origin))),
        ("htu", json!("https://other.example/token")),
        ("jti", json!("")),
        ("jti", Value::Null),
        ("iat", Value::Null),
    ] {
        let proof = prover.proof(suite, Some(changed)).await?;
        redeem(suite, &suite.web, &code, &proof).await?.error(400, "invalid_dpop_proof", LENIENT)?;
    }
    let good = prover.proof(suite, None).await?;
    redeem(suite, &suite.web, &code, &good).await?.success(LIKELY).map(|_| ())
}

pub(super) async fn rfc9449_section_4_3_a_proof_is_signed_by_the_key_that_it_shows(suite: &Suite) -> Check {
    let (prover, other, code) = (Prover::new()?, Prover::new()?, suite.code(&suite.web).await?);
    let claims = prover.with_nonce(suite, Prover::claims(suite)?).await?;
    let forged = prover.sign(&claims, &other).await?;
    redeem(suite, &suite.web, &code, &forged).await?.error(400, "invalid_dpop_proof", LENIENT)?;
    let mut twice = with_proof(suite, &suite.web, &code.form(), &forged).await?;
    let good = prover.proof(suite, None).await?;
    let good = HeaderValue::try_from(good).map_err(|cause| Failure::setup(cause.to_string()))?;
    twice.headers_mut().append("dpop", good);
    suite.send(twice).await.error(400, "invalid_dpop_proof", LENIENT)
}

pub(super) async fn rfc9449_section_10_a_code_is_bound_to_its_key(suite: &Suite) -> Check {
    let (client, prover) = (&suite.web, Prover::new()?);
    let (verifier, challenge) = pkce();
    let (scope, jkt) = (suite.scope(), prover.jkt());
    let mut params = client.authorization(&challenge, &scope);
    params.push(("dpop_jkt", &jkt));
    let answer = suite.authorize(&params).await?;
    let code = answer.params(client.redirect_uri)?.remove("code");
    let code = code.ok_or_else(|| answer.fail("a code in the redirect", LIKELY))?;
    let code = IssuedCode { code, verifier, redirect_uri: client.redirect_uri.to_owned() };
    suite.redeem(client, &code).await?.error(400, "invalid_grant", UNKEPT)?;
    let others = Prover::new()?.proof(suite, None).await?;
    redeem(suite, client, &code, &others).await?.error(400, "invalid_grant", UNKEPT)?;
    let own = prover.proof(suite, None).await?;
    redeem(suite, client, &code, &own).await?.success(LIKELY).map(|_| ())
}

pub(super) async fn rfc9449_section_11_1_a_proof_works_once(suite: &Suite) -> Check {
    let prover = Prover::new()?;
    let (one, two) = (suite.code(&suite.web).await?, suite.code(&suite.web).await?);
    let proof = prover.proof(suite, None).await?;
    redeem(suite, &suite.web, &one, &proof).await?.success(LIKELY)?;
    redeem(suite, &suite.web, &two, &proof).await?.error(400, "invalid_dpop_proof", USED_TWICE)
}

pub(super) async fn rfc9449_section_11_1_a_proof_works_once_however_many_try_at_once(suite: &Suite) -> Check {
    Suite::need_repeatable_requests(&suite.web)?;
    let prover = Prover::new()?;
    for tasks in rounds() {
        let proof = prover.proof(suite, None).await?;
        let form = [("grant_type", "client_credentials")];
        let answers = race(suite, tasks, &with_proof(suite, &suite.web, &form, &proof).await?).await;
        one_wins(&answers, is_ok, "token", USED_TWICE)?;
    }
    Ok(())
}

pub(super) async fn rfc9449_section_7_2_a_bound_token_is_no_bearer_token(suite: &Suite) -> Check {
    let tokens = tokens(suite, &suite.web, &Prover::new()?).await?;
    let path = suite.path(Route::USERINFO)?;
    let authorization = format!("Bearer {}", tokens.access_token);
    let headers = [(http::header::AUTHORIZATION, authorization.as_str())];
    let answer = suite.request(http::Method::GET, path, &headers, "").await?;
    let is_refused = answer.status == StatusCode::UNAUTHORIZED;
    answer.expect(is_refused, "status 401", "`validate_bearer_token` of the validator drops `cnf`")
}
