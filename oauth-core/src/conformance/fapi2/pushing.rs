//! Pushed authorization requests, which are the only ones.

use http::StatusCode;
use serde_json::Value;

use crate::conformance::answer::Answer;
use crate::conformance::fixture::Decision;
use crate::conformance::prover::{Prover, prove};
use crate::conformance::pushed_authorization::{push, query};
use crate::conformance::suite::{IssuedCode, Suite, TestClient, Tokens, encode, pkce};
use crate::conformance::{Check, Stop};
use crate::frame::Route;

const LIKELY: &str =
    "a hook of the validator refuses, or the store of pushed requests fails: see the log of `oauth_core`";
const LENIENT: &str = "a layer in front of the endpoints adds what the request lacks";
const UNKEPT: &str = "the store loses parameters of the pushed request or `AuthorizationGrant::dpop_jkt`: keep records as they are";

pub(in crate::conformance) async fn fapi2_section_5_3_2_2_the_metadata_demands_pushed_requests(
    suite: &Suite,
) -> Check {
    let answer = suite.get(suite.path(Route::METADATA)?).await?;
    let likely = "the application serves a metadata document of its own";
    let is_demanded =
        answer.json(likely)?.get("require_pushed_authorization_requests") == Some(&Value::Bool(true));
    answer.expect(is_demanded, "`require_pushed_authorization_requests`: true", likely)
}

pub(in crate::conformance) async fn fapi2_section_5_3_2_2_a_request_that_was_not_pushed_is_refused(
    suite: &Suite,
) -> Check {
    let ((_, challenge), scope) = (pkce(), suite.scope());
    let params = encode(suite.web.authorization(&challenge, &scope));
    let answer = suite.browse_as_it_is(&params, Decision::Allow).await?;
    let likely = "a layer in front of the endpoints pushes requests by itself";
    // OIDF takes an error in the redirect and a page alike.
    match answer.location() {
        Some(_) => answer.redirected_error(suite.web.redirect_uri, "invalid_request", likely),
        None => answer.page_without_redirect(likely),
    }
}

pub(in crate::conformance) async fn fapi2_section_5_3_2_2_nobody_pushes_without_authentication(
    suite: &Suite,
) -> Check {
    let stranger = TestClient { key: None, ..suite.web.clone() };
    let answer = push(suite, &stranger, &[]).await?;
    let likely =
        "`authenticate_client` or `client_authentication_required` of the validator lets everyone pass";
    answer.one_of_errors(&[(401, "invalid_client"), (400, "invalid_client")], likely)
}

pub(in crate::conformance) async fn fapi2_section_5_3_2_2_nothing_but_a_code_is_asked_for(
    suite: &Suite,
) -> Check {
    for response_type in ["token", "code id_token", "id_token", "none"] {
        let answer = push(suite, &suite.web, &[("response_type", response_type)]).await?;
        let allowed =
            [(400, "unsupported_response_type"), (400, "unauthorized_client"), (400, "invalid_request")];
        answer.one_of_errors(&allowed, LENIENT)?;
    }
    Ok(())
}

pub(in crate::conformance) async fn fapi2_section_5_3_2_2_a_challenge_is_pushed(suite: &Suite) -> Check {
    for more in [
        [("code_challenge", ""), ("code_challenge_method", "")],
        [
            ("code_challenge", "a-verifier-that-is-shown-to-everybody-as-it-is-"),
            ("code_challenge_method", "plain"),
        ],
    ] {
        push(suite, &suite.web, &more).await?.error(400, "invalid_request", LENIENT)?;
    }
    Ok(())
}

pub(in crate::conformance) async fn fapi2_section_5_3_2_2_a_redirect_uri_is_pushed(suite: &Suite) -> Check {
    push(suite, &suite.web, &[("redirect_uri", "")]).await?.error(400, "invalid_request", LENIENT)
}

pub(in crate::conformance) async fn fapi2_section_5_3_2_2_a_pushed_request_expires_in_less_than_ten_minutes(
    suite: &Suite,
) -> Check {
    let answer = push(suite, &suite.web, &[]).await?;
    let request_uri = Suite::request_uri(&answer)?;
    let lifetime = answer.json(LIKELY)?.get("expires_in").and_then(Value::as_u64).unwrap_or_default();
    answer.expect((1..600).contains(&lifetime), "`expires_in` of 1 to 599 seconds", LIKELY)?;
    suite.wait(lifetime + 1);
    let path = suite.path(Route::AUTHORIZATION)?;
    let answer = suite.get(&format!("{path}?{}", query(&suite.web, &request_uri))).await?;
    answer.page_without_redirect("`load_pushed_request` of the store finds what has expired")
}

/// The answer to a good request that is pushed with this proof.
async fn push_with(
    suite: &Suite,
    prover: &Prover,
    challenge: &str,
    more: &[(&str, &str)],
) -> Result<Answer, Stop> {
    let (route, scope) = (Route::PUSHED_AUTHORIZATION_REQUEST, suite.scope());
    let mut form = suite.web.authorization(challenge, &scope);
    form.retain(|(name, _)| *name != "client_id");
    form.extend(more);
    let mut request = suite.form(route, &suite.web, &form).await?;
    let claims = prover.with_nonce(suite, Prover::claims_for(suite, "POST", suite.path(route)?)).await?;
    prove(&mut request, &prover.sign(&claims, prover).await?)?;
    Ok(suite.send(request).await)
}

pub(in crate::conformance) async fn fapi2_section_5_3_2_1_a_proof_that_is_pushed_binds_the_code(
    suite: &Suite,
) -> Check {
    let (prover, (verifier, challenge)) = (Prover::new()?, pkce());
    let request_uri = Suite::request_uri(&push_with(suite, &prover, &challenge, &[]).await?)?;
    let answer = suite.browse_as_it_is(&query(&suite.web, &request_uri), Decision::Allow).await?;
    let code = answer.params(suite.web.redirect_uri)?.remove("code");
    let code = code.ok_or_else(|| answer.fail("a code in the redirect", LIKELY))?;
    let code = IssuedCode { code, verifier, redirect_uri: suite.web.redirect_uri.to_owned() };
    // The suite's own key is another.
    let refused = [(400, "invalid_grant"), (400, "invalid_dpop_proof")];
    suite.redeem(&suite.web, &code).await?.one_of_errors(&refused, UNKEPT)?;
    let own = prover.proof(suite, None).await?;
    let own = crate::conformance::prover::with_proof(suite, &suite.web, &code.form(), &own).await?;
    Tokens::of(suite.send(own).await).map(drop)
}

pub(in crate::conformance) async fn fapi2_section_5_3_2_1_a_proof_that_is_pushed_is_of_the_key_that_is_named(
    suite: &Suite,
) -> Check {
    let (prover, other, (_, challenge)) = (Prover::new()?, Prover::new()?, pkce());
    let refused = [(400, "invalid_request"), (400, "invalid_dpop_proof")];
    let answer = push_with(suite, &prover, &challenge, &[("dpop_jkt", &other.jkt())]).await?;
    answer.one_of_errors(&refused, LENIENT)?;
    let answer = push_with(suite, &prover, &challenge, &[("dpop_jkt", &prover.jkt())]).await?;
    answer.expect(answer.status == StatusCode::CREATED, "status 201", LIKELY)
}
