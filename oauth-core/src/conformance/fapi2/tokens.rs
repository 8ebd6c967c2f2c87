//! Tokens, and the proofs that they are bound by.

use http::Method;
use http::header::AUTHORIZATION;
use serde_json::{Value, json};

use crate::binding::DpopNonces;
use crate::conformance::prover::{Prover, prove, with_proof};
use crate::conformance::suite::{Suite, TestClient, Tokens, request};
use crate::conformance::{Check, Failure};
use crate::frame::Route;
use crate::jose::{Algorithm, FAPI2_ALGORITHMS, SigningKey};

const LIKELY: &str =
    "a layer in front of the endpoints takes the header `DPoP` away, or a hook of the validator refuses";
const LENIENT: &str = "a hook issues the token by itself, and what the request proved is not asked";

pub(in crate::conformance) async fn fapi2_section_5_3_2_1_a_token_request_has_a_proof(
    suite: &Suite,
) -> Check {
    let code = suite.code(&suite.web).await?;
    let bare = suite.form_without_proof(Route::TOKEN, &suite.web, &code.form()).await?;
    let refused = [(400, "invalid_request"), (400, "invalid_dpop_proof"), (400, "invalid_grant")];
    suite.send(bare).await.one_of_errors(&refused, LENIENT)?;
    // Nothing was used up.
    Tokens::of(suite.redeem(&suite.web, &code).await?).map(drop)
}

pub(in crate::conformance) async fn fapi2_section_5_3_2_1_a_proof_is_ten_seconds_ahead_and_no_more_than_sixty(
    suite: &Suite,
) -> Check {
    let (prover, code, now) = (Prover::new()?, suite.code(&suite.web).await?, suite.now().as_secs());
    // With a nonce it does not matter how long ago a proof was made (RFC 9449 §11.1).
    let by_nonce = suite.report.dpop.is_some_and(|dpop| dpop.nonces == DpopNonces::Required);
    let past = (!by_nonce).then_some(now - 3600);
    for iat in [now + 61, now + 3600].into_iter().chain(past) {
        let far = prover.proof(suite, Some(("iat", json!(iat)))).await?;
        let far = with_proof(suite, &suite.web, &code.form(), &far).await?;
        let refused = [(400, "invalid_dpop_proof"), (400, "use_dpop_nonce")];
        suite.send(far).await.one_of_errors(&refused, LENIENT)?;
    }
    let near = prover.proof(suite, Some(("iat", json!(now + 10)))).await?;
    Tokens::of(suite.send(with_proof(suite, &suite.web, &code.form(), &near).await?).await).map(drop)
}

pub(in crate::conformance) async fn fapi2_section_5_4_1_a_proof_is_not_signed_with_es384(
    suite: &Suite,
) -> Check {
    let code = suite.code(&suite.web).await?;
    for (algorithm, is_taken) in [(Algorithm::ES384, false), (Algorithm::EdDSA, true)] {
        let key = SigningKey::generate(algorithm).map_err(|cause| Failure::setup(cause.to_string()))?;
        let proof = Prover(key).proof(suite, None).await?;
        let answer = suite.send(with_proof(suite, &suite.web, &code.form(), &proof).await?).await;
        if is_taken {
            Tokens::of(answer)?;
        } else {
            answer.error(400, "invalid_dpop_proof", LENIENT)?;
        }
    }
    Ok(())
}

/// No. 9. OIDF uses the first token again half a minute later; the answer may repeat it or leave it out.
pub(in crate::conformance) async fn fapi2_section_5_3_2_1_refresh_tokens_stay_as_they_are(
    suite: &Suite,
) -> Check {
    let tokens = suite.tokens(&suite.web).await?;
    let first = tokens.refresh_token()?;
    let likely = "the store of tokens, or a hook of the validator, changes refresh tokens by itself";
    for _ in 0..2 {
        let again = Tokens::of(suite.refresh(&suite.web, first).await?)?;
        let is_kept = again.refresh_token.as_deref().is_none_or(|refresh_token| refresh_token == first);
        again.answer.expect(is_kept, "the same refresh_token, or none", likely)?;
        suite.wait(31);
    }
    Ok(())
}

pub(in crate::conformance) async fn fapi2_section_5_3_2_1_who_refreshes_authenticates(
    suite: &Suite,
) -> Check {
    let tokens = suite.tokens(&suite.web).await?;
    let stranger = TestClient { key: None, ..suite.web.clone() };
    let answer = suite.refresh(&stranger, tokens.refresh_token()?).await?;
    let likely =
        "`authenticate_client` or `client_authentication_required` of the validator lets everyone pass";
    answer.one_of_errors(&[(401, "invalid_client"), (400, "invalid_client")], likely)
}

pub(in crate::conformance) async fn fapi2_section_5_4_1_published_keys_are_for_ps256_es256_or_ed25519(
    suite: &Suite,
) -> Check {
    let answer = suite.get(suite.path(Route::JWKS)?).await?;
    let likely = "the application serves keys of its own";
    let document: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let keys = document.get("keys").and_then(Value::as_array);
    let is_of_profile = |key: &Value| {
        let named = key.get("alg").and_then(Value::as_str);
        FAPI2_ALGORITHMS.iter().any(|algorithm| named == Some(algorithm.as_str()))
    };
    let are_all = keys.is_some_and(|keys| keys.iter().all(is_of_profile));
    answer.expect(are_all, "keys with `alg` PS256, ES256, EdDSA or Ed25519", likely)
}

/// RFC 9110 §11.1: the scheme is case-insensitive.
pub(in crate::conformance) async fn fapi2_section_5_3_4_the_scheme_of_a_token_is_in_any_case(
    suite: &Suite,
) -> Check {
    let tokens = suite.tokens(&suite.web).await?;
    let path = suite.path(Route::USERINFO)?;
    for scheme in ["DPoP", "dpop", "dPoP"] {
        let proof = suite.prover.with_token(suite, "GET", path, &tokens.access_token).await?;
        let authorization = format!("{scheme} {}", tokens.access_token);
        let mut request = request(Method::GET, path, &[(AUTHORIZATION, &authorization)], "")?;
        prove(&mut request, &proof)?;
        let answer = suite.send(request).await;
        answer.expect(answer.status == http::StatusCode::OK, "status 200", LIKELY)?;
    }
    Ok(())
}
