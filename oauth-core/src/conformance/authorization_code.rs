//! The authorization code grant, with PKCE.

use http::StatusCode;

use super::draws::{DRAWS, Drawn};
use super::race::{race, rounds};
use super::suite::{IssuedCode, REDIRECT_URI, Suite, Tokens, encode, pkce};
use super::{Check, Stop};
use crate::frame::Route;
use crate::scope::ScopeSet;
use crate::secret::SecretString;

const USED_TWICE: &str = "`take_code` of the store of codes, or your `redeem_authorization_code`, looks whether the code was used and marks it \
                          in a second step, or not at all: do both in one atomic step, such as a conditional `UPDATE`";
const UNBOUND: &str =
    "the store of codes, or a hook of the validator, changes the grant that was saved with the code";

pub(super) async fn rfc6749_section_4_1_4_a_code_yields_a_token(suite: &Suite) -> Check {
    let tokens = suite.tokens(&suite.web).await?;
    let response = &tokens.response;
    let expected = if suite.binds_every_token() { "DPoP" } else { "Bearer" };
    let is_expected = response
        .get("token_type")
        .and_then(|kind| kind.as_str())
        .is_some_and(|kind| kind.eq_ignore_ascii_case(expected));
    let likely = "a hook of the validator changes the token response";
    tokens.answer.expect(is_expected, format!("token_type {expected} (RFC 6749 §5.1)"), likely)?;
    let lifetime = response.get("expires_in").and_then(serde_json::Value::as_u64);
    tokens.answer.expect(lifetime.is_some_and(|seconds| seconds > 0), "expires_in, in seconds", likely)
}

pub(super) async fn rfc6749_section_4_1_3_a_public_client_redeems_a_code(suite: &Suite) -> Check {
    let client = suite.public().await?;
    suite.tokens(&client).await.map(|_| ())
}

/// RFC 6749 §5.1: `scope` is "OPTIONAL, if identical to the scope requested by the client; otherwise, REQUIRED".
pub(super) async fn rfc6749_section_3_3_the_scope_is_what_was_granted(suite: &Suite) -> Check {
    for scope in suite.report.scopes.iter().map(|scope| scope.name) {
        let tokens = suite.tokens_for(&suite.web, scope).await?;
        let Some(granted) = tokens.response.get("scope") else { continue };
        let granted = granted.as_str().and_then(|granted| ScopeSet::parse(granted).ok()).unwrap_or_default();
        let is_within = granted.iter().all(|granted| granted == scope);
        tokens.answer.expect(
            is_within,
            format!("no more than the scope {scope}, which was all that the request asked for"),
            "the interaction or a hook of the validator adds scopes",
        )?;
    }
    Ok(())
}

pub(super) async fn rfc6749_section_4_1_2_a_code_works_once(suite: &Suite) -> Check {
    let code = suite.code(&suite.web).await?;
    Tokens::of(suite.redeem(&suite.web, &code).await?)?;
    suite.redeem(&suite.web, &code).await?.error(400, "invalid_grant", USED_TWICE)
}

const NOT_REVOKED: &str = "`peek_code` of the store of codes forgets a used code before it would have expired, or `revoke` of the \
                           store of tokens does not reach every token";

pub(super) async fn rfc6749_section_4_1_2_a_replayed_code_revokes_its_access_token(suite: &Suite) -> Check {
    let code = suite.code(&suite.web).await?;
    let tokens = Tokens::of(suite.redeem(&suite.web, &code).await?)?;
    let (is_active, answer) = suite.is_active(&suite.web, &tokens.access_token).await?;
    answer.expect(
        is_active,
        "active: true for a token just issued",
        "the store of tokens does not keep it",
    )?;
    suite.redeem(&suite.web, &code).await?.error(400, "invalid_grant", USED_TWICE)?;
    let (is_active, answer) = suite.is_active(&suite.web, &tokens.access_token).await?;
    answer.expect(!is_active, "active: false once its code was used again", NOT_REVOKED)
}

pub(super) async fn rfc6749_section_4_1_2_a_replayed_code_revokes_its_refresh_token(suite: &Suite) -> Check {
    let code = suite.code(&suite.web).await?;
    let tokens = Tokens::of(suite.redeem(&suite.web, &code).await?)?;
    let refresh_token = tokens.refresh_token()?;
    suite.redeem(&suite.web, &code).await?.error(400, "invalid_grant", USED_TWICE)?;
    suite.refresh(&suite.web, refresh_token).await?.error(400, "invalid_grant", NOT_REVOKED)
}

pub(super) async fn rfc6749_section_4_1_2_a_code_is_redeemed_once_however_many_try_at_once(
    suite: &Suite,
) -> Check {
    Suite::need_repeatable_requests(&suite.web)?;
    for tasks in rounds() {
        let code = suite.code(&suite.web).await?;
        let answers = race(suite, tasks, &suite.form(Route::TOKEN, &suite.web, &code.form()).await?).await;
        let mut winners = answers.iter().filter(|answer| answer.status == StatusCode::OK);
        // §4.1.2: a second redemption revokes what the first is about to get, so there may be no winner.
        if let (Some(winner), others) = (winners.next(), winners.count()) {
            let expected = format!("at most one answer with a token, not {}", others + 1);
            winner.expect(others == 0, expected, USED_TWICE)?;
        }
        for answer in answers.iter().filter(|answer| answer.status != StatusCode::OK) {
            answer.error(400, "invalid_grant", "the store fails when two redeem a code at once")?;
        }
    }
    Ok(())
}

pub(super) async fn rfc6749_section_4_1_3_a_code_is_its_clients(suite: &Suite) -> Check {
    let other = suite.confidential("other").await?;
    let code = suite.code(&suite.web).await?;
    suite.redeem(&other, &code).await?.error(400, "invalid_grant", UNBOUND)
}

pub(super) async fn rfc6749_section_4_1_3_the_redirect_uri_is_the_same(suite: &Suite) -> Check {
    let code = suite.code(&suite.web).await?;
    let elsewhere = IssuedCode { redirect_uri: "https://client.example/other".to_owned(), ..code };
    suite.redeem(&suite.web, &elsewhere).await?.error(400, "invalid_grant", UNBOUND)
}

pub(super) async fn rfc7636_section_4_6_the_verifier_must_match(suite: &Suite) -> Check {
    let code = suite.code(&suite.web).await?;
    let (verifier, _) = pkce();
    let forged = IssuedCode { verifier, ..code };
    suite.redeem(&suite.web, &forged).await?.error(400, "invalid_grant", UNBOUND)
}

pub(super) async fn rfc7636_section_4_6_the_verifier_is_required(suite: &Suite) -> Check {
    let code = suite.code(&suite.web).await?;
    let form: Vec<_> = code.form().into_iter().filter(|(name, _)| *name != "code_verifier").collect();
    suite.post(Route::TOKEN, &suite.web, &form).await?.error(400, "invalid_grant", UNBOUND)
}

/// Otherwise someone could take the challenge out of the authorization request.
pub(super) async fn rfc9700_section_4_8_2_a_verifier_without_a_challenge_is_refused(suite: &Suite) -> Check {
    let mut params = suite.web.authorization("", "");
    params.retain(|(name, _)| !name.starts_with("code_challenge"));
    let answer = suite.authorize(&params).await?;
    let Some(code) = answer.params(REDIRECT_URI)?.remove("code") else {
        return Err(Stop::NotEnabled("a client that the validator exempts from PKCE".to_owned()));
    };
    let (verifier, _) = pkce();
    let code = IssuedCode { code, verifier, redirect_uri: REDIRECT_URI.to_owned() };
    suite.redeem(&suite.web, &code).await?.error(400, "invalid_grant", UNBOUND)
}

pub(super) async fn rfc6749_section_5_2_an_unknown_code_is_refused(suite: &Suite) -> Check {
    let secret = || SecretString::random().expose().to_owned();
    let code = IssuedCode { code: secret(), verifier: secret(), redirect_uri: REDIRECT_URI.to_owned() };
    let likely = "`peek_code` of the store of codes finds codes that were never saved";
    suite.redeem(&suite.web, &code).await?.error(400, "invalid_grant", likely)
}

pub(super) async fn rfc6749_section_4_1_3_the_code_is_required(suite: &Suite) -> Check {
    let form = [("grant_type", "authorization_code"), ("redirect_uri", REDIRECT_URI)];
    let answer = suite.post(Route::TOKEN, &suite.web, &form).await?;
    answer.error(400, "invalid_request", "a hook of the validator answers before the code is looked for")?;
    let empty = encode([("code", "")]);
    let with_empty = [form.as_slice(), &[("code", "")]].concat();
    let answer = suite.post(Route::TOKEN, &suite.web, &with_empty).await?;
    answer.error(
        400,
        "invalid_request",
        &format!("`{empty}` must be as if it were not there (RFC 6749 §3.2)"),
    )
}

pub(super) async fn rfc6749_section_10_10_each_token_of_a_code_is_another(suite: &Suite) -> Check {
    let mut drawn = Drawn::default();
    for _ in 0..DRAWS {
        let tokens = suite.tokens(&suite.web).await?;
        drawn.add("access", &tokens.access_token, &tokens.answer)?;
    }
    Ok(())
}
