//! The pages that people meet: those of the interaction, whoever wrote them, and those with an error.

use http::StatusCode;
use serde_json::Value;

use super::answer::Answer;
use super::authorization::any_request;
use super::fixture::Decision;
use super::metadata::authorization_uri;
use super::suite::{Suite, encode, pkce};
use super::{Check, Stop};
use crate::frame::Route;

const LIKELY: &str = "a layer replaces the headers of the pages, or a page of your own stands in front of them: `interaction::page(…)` \
                      has the headers that a page needs";

/// Checks what is shown on the way to an answer, to whoever signs out, and to whoever has a device.
async fn each_page(suite: &Suite, check: impl Fn(&Answer) -> Check) -> Check {
    let refused = suite.look(&authorization_uri(suite, &[("client_id", "")])?).await?;
    refused.expect(refused.status == StatusCode::BAD_REQUEST, "a page with status 400", LIKELY)?;
    let (_, challenge) = pkce();
    let params = any_request(suite, &challenge);
    // Where these lead is the business of other rules.
    if let Ok(query) = suite.pushed_if_required(&encode(params.iter().copied())).await {
        let _ = suite.look(&format!("{}?{query}", suite.path(Route::AUTHORIZATION)?)).await;
    }
    let _ = suite.authorize(&params).await;
    let _ = walk_device(suite).await;
    if let Ok(path) = suite.path(Route::END_SESSION) {
        let _ = suite.walk(path, Decision::Allow).await;
    }
    let pages = std::mem::take(&mut *suite.pages.lock());
    pages.iter().try_for_each(check)
}

async fn walk_device(suite: &Suite) -> Result<(), Stop> {
    let answer = suite.post(Route::DEVICE_AUTHORIZATION, &suite.web, &[]).await?;
    let told = answer.json(LIKELY)?;
    let uri = told.get("verification_uri_complete").and_then(Value::as_str).unwrap_or_default();
    if let Some(path) = uri.strip_prefix(&suite.origin) {
        suite.walk(path, Decision::Allow).await?;
    }
    Ok(())
}

pub(super) async fn rfc6749_section_10_13_pages_are_not_framed(suite: &Suite) -> Check {
    each_page(suite, |page| {
        page.expect(
            page.is_protected_from_framing(),
            "X-Frame-Options: DENY, or frame-ancestors 'none' in Content-Security-Policy: others could have people click what they \
             do not see",
            LIKELY,
        )
    })
    .await
}

/// The one header is for browsers that know policies, the other for those that do not: "this technique SHOULD be combined with
/// others".
pub(super) async fn rfc9700_section_4_16_pages_say_so_to_old_and_new_browsers(suite: &Suite) -> Check {
    each_page(suite, |page| {
        page.expect(
            page.has_frame_ancestors() && !page.header("x-frame-options").is_empty(),
            "Content-Security-Policy with frame-ancestors, and X-Frame-Options",
            LIKELY,
        )
    })
    .await
}

pub(super) async fn rfc9700_section_4_2_4_pages_send_no_referrer(suite: &Suite) -> Check {
    let answer = suite.get(&authorization_uri(suite, &[("state", "secret")])?).await?;
    answer.expect(
        answer.header("referrer-policy") == "no-referrer",
        "Referrer-Policy: no-referrer",
        "a layer replaces the headers of the pages",
    )
}

/// Whoever uses the browser next goes back to the page, with the name of the last person on it.
pub(super) async fn no_cache_keeps_a_page(suite: &Suite) -> Check {
    each_page(suite, |page| page.expect(page.is_kept_by_no_cache(), "Cache-Control: no-store", LIKELY)).await
}
