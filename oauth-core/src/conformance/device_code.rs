//! The device authorization grant.

use std::time::Instant;

use http::StatusCode;
use serde_json::{Map, Value};

use super::answer::Answer;
use super::fixture::Decision;
use super::race::{is_ok, one_wins, race, rounds};
use super::suite::{Suite, TestClient, Tokens};
use super::{Check, Stop};
use crate::client::GrantType;
use crate::frame::Route;
use crate::secret::SecretString;

const LIKELY: &str =
    "a hook of the validator refuses, or the store of devices fails: see the log of `oauth_core`";
const USED_TWICE: &str = "`take_device_code` of the store of devices looks whether the code was used and marks it in a second step, \
                          or not at all: do both in one atomic step";

/// The answer that a device is told.
struct Waiting {
    device_code: String,
    told: Map<String, Value>,
    answer: Answer,
}

async fn device(suite: &Suite, client: &TestClient) -> Result<Waiting, Stop> {
    let answer = suite.post(Route::DEVICE_AUTHORIZATION, client, &[("scope", &suite.scope())]).await?;
    let told = answer.success(LIKELY)?;
    let device_code = told.get("device_code").and_then(Value::as_str).filter(|code| !code.is_empty());
    let device_code = device_code.ok_or_else(|| answer.fail("`device_code`", LIKELY))?.to_owned();
    Ok(Waiting { device_code, told, answer })
}

fn poll_form(device_code: &str) -> [(&str, &str); 2] {
    [("grant_type", GrantType::DEVICE_CODE_NAME), ("device_code", device_code)]
}

async fn poll(suite: &Suite, client: &TestClient, device_code: &str) -> Result<Answer, Stop> {
    suite.post(Route::TOKEN, client, &poll_form(device_code)).await
}

/// A device whose person has decided, at the built-in pages.
async fn decided(suite: &Suite, client: &TestClient, decision: Decision) -> Result<Waiting, Stop> {
    if suite.credentials().is_none() {
        let missing =
            "a person for the pages of devices: save `fixture.user()` where the server finds its users";
        return Err(Stop::NotTried(missing.to_owned()));
    }
    let device = device(suite, client).await?;
    let uri = device.told.get("verification_uri_complete").and_then(Value::as_str).unwrap_or_default();
    let Some(path) = uri.strip_prefix(&suite.origin) else {
        return Err(Stop::NotTried("pages for devices below the issuer".to_owned()));
    };
    let page = suite.walk(path, decision).await?;
    page.expect(page.status == StatusCode::OK, "the last page for devices, with status 200", LIKELY)?;
    Ok(device)
}

pub(super) async fn rfc8628_section_3_2_a_device_gets_its_codes(suite: &Suite) -> Check {
    let device = device(suite, &suite.web).await?;
    for name in ["user_code", "verification_uri"] {
        let is_there = device.told.get(name).and_then(Value::as_str).is_some_and(|value| !value.is_empty());
        device.answer.expect(is_there, format!("`{name}`, which is REQUIRED"), LIKELY)?;
    }
    let lifetime = device.told.get("expires_in").and_then(Value::as_u64);
    device.answer.expect(lifetime.is_some_and(|seconds| seconds > 0), "`expires_in`, in seconds", LIKELY)
}

pub(super) async fn rfc8628_section_3_5_while_nobody_has_approved_it_waits(suite: &Suite) -> Check {
    let device = device(suite, &suite.web).await?;
    let likely = "the store of devices gives tokens for codes that nobody approved";
    poll(suite, &suite.web, &device.device_code).await?.error(400, "authorization_pending", likely)
}

pub(super) async fn rfc8628_section_3_5_who_polls_too_often_slows_down(suite: &Suite) -> Check {
    let device = device(suite, &suite.web).await?;
    let interval = device.told.get("interval").and_then(Value::as_u64).unwrap_or(5);
    let started = Instant::now();
    poll(suite, &suite.web, &device.device_code).await?.error(400, "authorization_pending", LIKELY)?;
    let likely = "`poll_device_code` of the store of devices does not keep when the device polled";
    let second = poll(suite, &suite.web, &device.device_code).await?;
    // On a machine that took this long, the second poll was in time.
    if started.elapsed().as_secs() + 1 >= interval { Ok(()) } else { second.error(400, "slow_down", likely) }
}

pub(super) async fn rfc8628_section_3_5_an_approved_device_gets_its_token_once(suite: &Suite) -> Check {
    let device = decided(suite, &suite.web, Decision::Allow).await?;
    Tokens::of(poll(suite, &suite.web, &device.device_code).await?)?;
    poll(suite, &suite.web, &device.device_code).await?.error(400, "invalid_grant", USED_TWICE)
}

pub(super) async fn rfc8628_section_3_5_one_token_however_many_poll_at_once(suite: &Suite) -> Check {
    for tasks in rounds() {
        let device = decided(suite, &suite.web, Decision::Allow).await?;
        let form = suite.form(Route::TOKEN, &suite.web, &poll_form(&device.device_code)).await?;
        let answers = race(suite, tasks, &form).await;
        one_wins(&answers, is_ok, "answer with a token", USED_TWICE)?;
    }
    Ok(())
}

pub(super) async fn rfc8628_section_3_5_who_refuses_is_obeyed(suite: &Suite) -> Check {
    let device = decided(suite, &suite.web, Decision::Deny).await?;
    let likely = "`decide_device_code` of the store of devices loses the refusal";
    poll(suite, &suite.web, &device.device_code).await?.error(400, "access_denied", likely)
}

pub(super) async fn rfc8628_section_3_4_a_device_code_is_its_clients(suite: &Suite) -> Check {
    let device = device(suite, &suite.web).await?;
    let other = suite.confidential("other").await?;
    let likely = "`poll_device_code` of the store of devices does not compare the client";
    poll(suite, &other, &device.device_code).await?.error(400, "invalid_grant", likely)
}

pub(super) async fn rfc8628_section_3_4_an_unknown_device_code_is_refused(suite: &Suite) -> Check {
    let unknown = SecretString::random();
    let likely = "`poll_device_code` of the store of devices finds codes that were never saved";
    poll(suite, &suite.web, unknown.expose()).await?.error(400, "invalid_grant", likely)
}

pub(super) async fn rfc8628_section_3_4_the_device_code_is_required(suite: &Suite) -> Check {
    let form = [("grant_type", GrantType::DEVICE_CODE_NAME)];
    suite.post(Route::TOKEN, &suite.web, &form).await?.error(400, "invalid_request", LIKELY)
}

pub(super) async fn rfc8628_section_3_1_a_confidential_client_authenticates(suite: &Suite) -> Check {
    let stranger = TestClient { secret: Some("not the secret at all".to_owned()), ..suite.web.clone() };
    let answer = suite.post(Route::DEVICE_AUTHORIZATION, &stranger, &[]).await?;
    answer.error(401, "invalid_client", "`authenticate_client` of the validator lets everyone pass")
}
