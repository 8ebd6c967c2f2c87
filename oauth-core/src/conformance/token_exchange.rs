//! Token exchange, RFC 8693.

use http::StatusCode;

use super::answer::Answer;
use super::suite::{Suite, TestClient, Tokens};
use super::{Check, Stop};
use crate::client::GrantType;
use crate::frame::Route;
use crate::server::Feature;

const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";
const REFUSED: &str = "`may_exchange` of the validator refuses the client that got the token, or a hook does: tell the suite by \
                       `fixture.token_exchange(…)` what a good exchange has beside its tokens";
const ANYBODY: &str = "`may_exchange` of the validator lets a client exchange a token that it has nothing to do with: ask \
                       `exchange.requester_is_party()`, or name the pairs that you trust";
const LENIENT: &str = "a layer answers in place of the token endpoint";
const WIDENED: &str = "`validate_scopes` of the validator adds scopes";
const ALIVE: &str = "`revoke` or `revoke_token` leaves tokens of the family alive, or the store loses `Authorization::family`";

/// A form that exchanges this token.
async fn exchange(
    suite: &Suite,
    client: &TestClient,
    token: &str,
    more: &[(&str, &str)],
) -> Result<Answer, Stop> {
    let mut form = vec![
        ("grant_type", GrantType::TOKEN_EXCHANGE_NAME),
        ("subject_token", token),
        ("subject_token_type", ACCESS_TOKEN),
    ];
    let told = suite.fixture.token_exchange.as_ref().map(|parameters| parameters()).unwrap_or_default();
    let told: Vec<_> = told.iter().map(|(name, value)| (*name, value.as_str())).collect();
    form.extend(told.iter().chain(more).copied());
    suite.post(Route::TOKEN, client, &form).await
}

/// A token of a person's for the suite's client.
async fn subject(suite: &Suite) -> Result<Tokens, Stop> {
    suite.need(Feature::AuthorizationCode)?;
    suite.tokens(&suite.web).await
}

/// The token that it is exchanged for. Only the application knows where clients may go: what nobody told, is not tested.
async fn exchanged(suite: &Suite, subject: &Tokens) -> Result<Tokens, Stop> {
    let answer = exchange(suite, &suite.web, &subject.access_token, &[]).await?;
    if suite.fixture.token_exchange.is_none() && answer.status == StatusCode::BAD_REQUEST {
        let what = "an exchange that the policy allows, of which `fixture.token_exchange(…)` tells it";
        return Err(Stop::NotTried(what.to_owned()));
    }
    answer.expect(answer.status == StatusCode::OK, "status 200, for the exchange is a good one", REFUSED)?;
    Tokens::of(answer)
}

pub(super) async fn rfc8693_section_2_2_1_a_token_is_exchanged_for_another(suite: &Suite) -> Check {
    let subject = subject(suite).await?;
    let new = exchanged(suite, &subject).await?;
    let kind = new.response.get("issued_token_type").is_some_and(|kind| kind == ACCESS_TOKEN);
    new.answer.expect(kind, format!("`issued_token_type`, {ACCESS_TOKEN}"), LENIENT)?;
    let is_another = new.access_token != subject.access_token;
    new.answer.expect(
        is_another,
        "another token than the subject token",
        "a hook returns the token that came",
    )
}

/// §2.2.1: it "is typically not issued when the exchange is of one temporary credential […] for a different temporary credential".
pub(super) async fn rfc8693_section_2_2_1_an_exchange_yields_no_refresh_token(suite: &Suite) -> Check {
    let new = exchanged(suite, &subject(suite).await?).await?;
    let expected = "no refresh_token, which would outlive what it was made from";
    new.answer.expect(new.refresh_token.is_none(), expected, "a hook adds it to the answer")
}

pub(super) async fn rfc8693_section_2_1_the_subject_token_and_its_type_are_required(suite: &Suite) -> Check {
    let token = subject(suite).await?.access_token;
    for (token, kind) in [(token.as_str(), ""), ("", ACCESS_TOKEN), ("", "")] {
        let form = [
            ("grant_type", GrantType::TOKEN_EXCHANGE_NAME),
            ("subject_token", token),
            ("subject_token_type", kind),
        ];
        let form: Vec<_> = form.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        let answer = suite.post(Route::TOKEN, &suite.web, &form).await?;
        answer.error(400, "invalid_request", LENIENT)?;
    }
    Ok(())
}

/// §2.1, of `actor_token_type`: "REQUIRED when the "actor_token" parameter is present in the request but MUST NOT be included
/// otherwise."
pub(super) async fn rfc8693_section_2_1_an_actor_token_and_its_type_come_together(suite: &Suite) -> Check {
    let token = subject(suite).await?.access_token;
    for more in [("actor_token", token.as_str()), ("actor_token_type", ACCESS_TOKEN)] {
        let answer = exchange(suite, &suite.web, &token, &[more]).await?;
        answer.error(400, "invalid_request", LENIENT)?;
    }
    Ok(())
}

/// §2.2.2: "If either the "subject_token" or "actor_token" are invalid for any reason, […] the value of the "error" parameter MUST be
/// the "invalid_request" error code."
pub(super) async fn rfc8693_section_2_2_2_a_token_that_nobody_issued_is_refused(suite: &Suite) -> Check {
    suite.need(Feature::AuthorizationCode)?;
    for token in ["guessed", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbGljZSJ9."] {
        let answer = exchange(suite, &suite.web, token, &[]).await?;
        answer.error(
            400,
            "invalid_request",
            "`validate_bearer_token` of the validator believes any token",
        )?;
    }
    Ok(())
}

/// §5: without authentication, "anyone possessing the compromised token" could exchange it.
pub(super) async fn rfc8693_section_5_who_exchanges_authenticates(suite: &Suite) -> Check {
    let (token, public) = (subject(suite).await?.access_token, suite.public().await?);
    exchange(suite, &public, &token, &[]).await?.error(400, "unauthorized_client", LENIENT)
}

/// §1.1: whoever comes by a token must not make it one of their own.
pub(super) async fn rfc8693_section_1_1_a_client_that_has_nothing_to_do_with_it_is_refused(
    suite: &Suite,
) -> Check {
    let subject = subject(suite).await?;
    // A good exchange: what refuses the other client is who it is.
    exchanged(suite, &subject).await?;
    let other = suite.confidential("other").await?;
    let answer = exchange(suite, &other, &subject.access_token, &[]).await?;
    let errors = [
        (400, "invalid_target"),
        (400, "unauthorized_client"),
        (400, "invalid_request"),
        (400, "invalid_grant"),
        (403, "access_denied"),
        (400, "access_denied"),
    ];
    answer.one_of_errors(&errors, ANYBODY)
}

pub(super) async fn rfc8693_section_2_1_an_exchange_does_not_widen_the_scope(suite: &Suite) -> Check {
    suite.need(Feature::AuthorizationCode)?;
    // These two are for who logs in, and no exchange has them.
    let is_of_login = |name: &&str| matches!(*name, "openid" | "offline_access");
    let names: Vec<_> =
        suite.report.scopes.iter().map(|scope| scope.name).filter(|it| !is_of_login(it)).collect();
    let [first, .., last] = names.as_slice() else {
        return Err(Stop::NotEnabled("several scopes".to_owned()));
    };
    let subject = suite.tokens_for(&suite.web, first).await?;
    exchanged(suite, &subject).await?;
    let answer = exchange(suite, &suite.web, &subject.access_token, &[("scope", last)]).await?;
    answer.error(400, "invalid_scope", WIDENED)
}

/// A token that is revoked takes what was made from it along.
pub(super) async fn an_exchanged_token_dies_with_what_it_was_made_from(suite: &Suite) -> Check {
    let (subject, api) = (subject(suite).await?, suite.api().await?);
    let new = exchanged(suite, &subject).await?.access_token;
    let (is_active, answer) = suite.is_active(&api, &new).await?;
    answer.expect(is_active, "an active token, before the other is revoked", REFUSED)?;
    let token = subject.refresh_token()?;
    let revoked = suite.post(Route::REVOCATION, &suite.web, &[("token", token)]).await?;
    revoked.expect(revoked.status == StatusCode::OK, "status 200", LENIENT)?;
    let (is_active, answer) = suite.is_active(&api, &new).await?;
    answer.expect(!is_active, "`active` false, once its grant is revoked", ALIVE)
}
