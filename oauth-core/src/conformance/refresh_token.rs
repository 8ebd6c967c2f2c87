//! The refresh token grant, with rotation.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use http::StatusCode;
use serde_json::Value;

use super::draws::{DRAWS, Drawn};
use super::race::{race, rounds};
use super::suite::{Suite, Tokens};
use super::{Check, Stop};
use crate::frame::Route;
use crate::scope::ScopeSet;
use crate::secret::SecretString;
use crate::server::Feature;

const NOT_ATOMIC: &str = "`rotate_refresh_token` of the store of tokens looks whether the token was rotated and marks it in a \
                          second step: do both in one atomic step, such as a conditional `UPDATE`";
const UNBOUND: &str = "`validate_refresh_token` of the validator does not compare the client";

pub(super) async fn rfc6749_section_6_a_refresh_token_yields_a_token(suite: &Suite) -> Check {
    let tokens = suite.tokens(&suite.web).await?;
    let refreshed = Tokens::of(suite.refresh(&suite.web, tokens.refresh_token()?).await?)?;
    let is_another = refreshed.access_token != tokens.access_token;
    refreshed.answer.expect(
        is_another,
        "another access token",
        "the generator of access tokens repeats itself",
    )
}

pub(super) async fn rfc6749_section_1_5_a_refresh_token_is_no_access_token(suite: &Suite) -> Check {
    let tokens = suite.tokens(&suite.web).await?;
    tokens.answer.expect(
        tokens.refresh_token()? != tokens.access_token,
        "a refresh token that is no access token",
        "one generator makes both, and repeats itself: what a resource server sees must not be able to refresh",
    )
}

/// RFC 9700 §2.2.2: refresh tokens for public clients "MUST be sender-constrained or use refresh token rotation".
pub(super) async fn rfc9700_section_4_14_2_refresh_tokens_of_public_clients_rotate(suite: &Suite) -> Check {
    let client = suite.public().await?;
    let tokens = suite.tokens(&client).await?;
    let rotated = Tokens::of(suite.refresh(&client, tokens.refresh_token()?).await?)?;
    let is_another = rotated.refresh_token()? != tokens.refresh_token()?;
    rotated.answer.expect(is_another, "another refresh token", "a grant of your own replaces `RefreshToken`")
}

pub(super) async fn rfc9700_section_4_14_2_a_reused_refresh_token_revokes_its_family(suite: &Suite) -> Check {
    let client = suite.public().await?;
    let first = suite.tokens(&client).await?;
    let second = Tokens::of(suite.refresh(&client, first.refresh_token()?).await?)?;
    let third = Tokens::of(suite.refresh(&client, second.refresh_token()?).await?)?;
    // Its successor was used: no response was lost, but someone has a copy.
    let likely =
        "`rotate_refresh_token` of the store of tokens forgets rotated tokens, or does not answer `Reused`";
    suite.refresh(&client, first.refresh_token()?).await?.error(400, "invalid_grant", likely)?;
    let likely = "`rotate_refresh_token` answers `Unknown` where it must answer `Reused`, or `revoke` does not reach \
                  the last refresh token";
    suite.refresh(&client, third.refresh_token()?).await?.error(400, "invalid_grant", likely)?;
    if suite.need(Feature::Introspection).is_ok() {
        let (is_active, answer) = suite.is_active(&suite.web, &third.access_token).await?;
        answer.expect(!is_active, "active: false for the access tokens of the family", likely)?;
    }
    Ok(())
}

/// A thief of a copy need not ask for what was granted.
pub(super) async fn rfc9700_section_4_14_2_a_reused_refresh_token_is_noticed_whatever_it_asks_for(
    suite: &Suite,
) -> Check {
    let client = suite.public().await?;
    let first = suite.tokens(&client).await?;
    let second = Tokens::of(suite.refresh(&client, first.refresh_token()?).await?)?;
    let third = Tokens::of(suite.refresh(&client, second.refresh_token()?).await?)?;
    let form = [
        ("grant_type", "refresh_token"),
        ("refresh_token", first.refresh_token()?),
        ("scope", "x-nobody-declared-this"),
    ];
    let answer = suite.post(Route::TOKEN, &client, &form).await?;
    let likely =
        "`refresh_token` of the store of tokens does not say that a token was rotated (`is_rotated`)";
    answer.error(400, "invalid_grant", likely)?;
    let likely = "`revoke` of the store of tokens does not reach the last refresh token";
    suite.refresh(&client, third.refresh_token()?).await?.error(400, "invalid_grant", likely)
}

/// Within the grace all that try get the one successor; without a grace only the first gets it.
pub(super) async fn rfc9700_section_4_14_2_a_token_is_rotated_once_however_many_try_at_once(
    suite: &Suite,
) -> Check {
    let client = suite.public().await?;
    Suite::need_repeatable_requests(&client)?;
    for tasks in rounds() {
        let tokens = suite.tokens(&client).await?;
        let form = [("grant_type", "refresh_token"), ("refresh_token", tokens.refresh_token()?)];
        let answers = race(suite, tasks, &suite.form(Route::TOKEN, &client, &form).await?).await;
        let mut successors = BTreeSet::new();
        let mut winners = 0;
        for answer in answers {
            if answer.status != StatusCode::OK {
                answer.error(400, "invalid_grant", "the store fails when two rotate a token at once")?;
                continue;
            }
            let json = answer.success("")?;
            successors.insert(json.get("refresh_token").and_then(Value::as_str).map(str::to_owned));
            winners += 1;
            answer.expect(
                successors.len() == 1,
                "one successor, however many ask: this answer has another one than an earlier answer",
                NOT_ATOMIC,
            )?;
            let has_grace = suite.need(Feature::RefreshGrace).is_ok();
            answer.expect(
                has_grace || winners == 1,
                "exactly one answer with a token: there is no grace",
                NOT_ATOMIC,
            )?;
        }
        tokens.answer.expect(
            winners > 0,
            "one of those who use this refresh token at once to get its successor",
            "every rotation fails while others run: the store's step is not atomic, but fails halfway",
        )?;
    }
    Ok(())
}

pub(super) async fn rfc9700_section_4_14_2_a_lost_response_is_repeated(suite: &Suite) -> Check {
    let client = suite.public().await?;
    let tokens = suite.tokens(&client).await?;
    let started = Instant::now();
    let lost = Tokens::of(suite.refresh(&client, tokens.refresh_token()?).await?)?;
    let again = suite.refresh(&client, tokens.refresh_token()?).await?;
    // Times of stores are whole seconds.
    if started.elapsed() + Duration::from_secs(1) >= suite.report.lifetimes.refresh_token_grace {
        return Err(Stop::NotTried("a grace that is longer than this test took".to_owned()));
    }
    let again = Tokens::of(again)?;
    again.answer.expect(
        again.refresh_token()? == lost.refresh_token()?,
        "the same successor again, within the grace",
        "`rotate_refresh_token` of the store of tokens does not keep what was sealed",
    )?;
    Tokens::of(suite.refresh(&client, again.refresh_token()?).await?).map(|_| ())
}

pub(super) async fn rfc6749_section_6_a_refresh_token_is_its_clients(suite: &Suite) -> Check {
    let tokens = suite.tokens(&suite.web).await?;
    let other = suite.confidential("other").await?;
    suite.refresh(&other, tokens.refresh_token()?).await?.error(400, "invalid_grant", UNBOUND)?;
    let public = suite.public().await?;
    suite.refresh(&public, tokens.refresh_token()?).await?.error(400, "invalid_grant", UNBOUND)?;
    // Whoever tried, it still is its client's.
    Tokens::of(suite.refresh(&suite.web, tokens.refresh_token()?).await?).map(|_| ())
}

pub(super) async fn rfc6749_section_6_scopes_may_shrink(suite: &Suite) -> Check {
    let tokens = suite.tokens(&suite.web).await?;
    let mut refresh_token = tokens.refresh_token()?.to_owned();
    for scope in suite.report.scopes.iter().map(|scope| scope.name) {
        let form =
            [("grant_type", "refresh_token"), ("refresh_token", refresh_token.as_str()), ("scope", scope)];
        let narrowed = Tokens::of(suite.post(Route::TOKEN, &suite.web, &form).await?)?;
        let granted = narrowed.response.get("scope").and_then(Value::as_str);
        narrowed.answer.expect(
            granted.is_none_or(|granted| granted == scope),
            format!("the scope {scope} alone (the refresh token keeps all that was granted)"),
            "a hook of the validator changes the scopes of a refresh request",
        )?;
        narrowed.refresh_token()?.clone_into(&mut refresh_token);
    }
    Ok(())
}

pub(super) async fn rfc6749_section_6_scopes_do_not_grow(suite: &Suite) -> Check {
    let mut scopes = suite.report.scopes.iter().map(|scope| scope.name);
    let granted = scopes.next().unwrap_or_default();
    let tokens = suite.tokens_for(&suite.web, granted).await?;
    let refresh_token = tokens.refresh_token()?.to_owned();
    let more = scopes.chain(["x-nobody-declared-this"]).map(|other| format!("{granted} {other}"));
    for scope in more.map(|scope| scope.trim_start().to_owned()) {
        if ScopeSet::parse(&scope).is_err() {
            continue;
        }
        let form =
            [("grant_type", "refresh_token"), ("refresh_token", refresh_token.as_str()), ("scope", &scope)];
        let answer = suite.post(Route::TOKEN, &suite.web, &form).await?;
        let likely = "`is_within_original_scope` of the validator allows what was not granted";
        answer.error(400, "invalid_scope", likely)?;
    }
    Ok(())
}

pub(super) async fn rfc6749_section_5_2_an_unknown_refresh_token_is_refused(suite: &Suite) -> Check {
    let unknown = SecretString::random();
    let likely = "`validate_refresh_token` of the validator accepts tokens that were never issued";
    suite.refresh(&suite.web, unknown.expose()).await?.error(400, "invalid_grant", likely)
}

pub(super) async fn rfc6749_section_6_the_refresh_token_is_required(suite: &Suite) -> Check {
    let answer = suite.post(Route::TOKEN, &suite.web, &[("grant_type", "refresh_token")]).await?;
    answer.error(400, "invalid_request", "a hook of the validator answers before the token is looked for")
}

pub(super) async fn rfc6749_section_10_10_each_refresh_token_is_another(suite: &Suite) -> Check {
    let mut drawn = Drawn::default();
    for _ in 0..DRAWS {
        let tokens = suite.tokens(&suite.web).await?;
        drawn.add("refresh", tokens.refresh_token()?, &tokens.answer)?;
    }
    Ok(())
}
